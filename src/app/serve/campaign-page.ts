import { setTimeout as wait } from 'node:timers/promises';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { version } from '../../platform/version.js';
import type { CampaignView, ViewRequest } from '../../views/campaign-views/campaign-view.js';
import type { CampaignNote } from '../../views/campaigns/campaign-note.js';
import {
  frameEnd,
  frameStart,
  progressInWords,
  progressLine,
  progressText,
  waitingPart,
} from '../../views/pages/campaign-frame.js';
import {
  type DrawnPage,
  drawServedReport,
  drawView,
  servedReportStart,
} from '../../views/pages/drawn-page.js';
import { html } from '../../views/report/html.js';
import { reportContents } from '../../views/report/report-contents.js';
import { costOf } from './cost-of.js';
import type { Drawable, Drawings, ShownDrawing } from './drawings.js';
import type { LiveCampaigns } from './live-campaigns.js';
import type { ReadCampaign, ReadReport } from './read-campaign.js';

/** Milliseconds that a page waits for its campaign to be read, before it begins without it. */
const PATIENCE = 400;

/** A page of a campaign that is asked for. */
export interface CampaignPageRequest {
  readonly campaigns: LiveCampaigns;
  readonly drawings: Drawings;
  readonly folder: string;
  /** What to show; undefined for the report. */
  readonly view: CampaignView | undefined;
  readonly query: URLSearchParams;
  /** The id of the drawing that the page has already. */
  readonly shown: string | undefined;
}

/**
 * A page of a campaign in parts: its frame, its progress, and what has to be drawn. Null if there is no such campaign.
 * Throws a FitfirstError if the campaign cannot be read; if that shows late, the page says so.
 */
export async function campaignPage(request: CampaignPageRequest): Promise<AsyncIterable<string> | null> {
  const { campaigns, folder } = request;
  const note = await campaigns.note(folder);
  const report = request.view === undefined ? await campaigns.report(folder) : null;
  const contents = report === null ? null : reportContents(report.text);
  if (report !== null && contents !== null) return recordedParts(request, note, report, contents);
  const reading = campaigns.read(folder);
  const early = await Promise.race([reading, wait(PATIENCE, undefined, { ref: false })]);
  if (early === null) return null;
  const { view, query } = request;
  const filter = view?.filtered == null ? undefined : { filter: query.get('q') ?? '', of: view.filtered };
  const frame = frameStart({
    folder,
    view: view?.name ?? 'campaign',
    title: view?.title ?? null,
    selection: filter,
    name: early?.campaign.facts?.name ?? folder,
    note,
  });
  return partsOf(request, frame, reading);
}

/** A page whose report is there. `contents` is what the page shows of it. */
async function* recordedParts(
  { folder, shown }: CampaignPageRequest,
  note: CampaignNote,
  { overview, progress, sha256, version: seen }: ReadReport,
  contents: string,
): AsyncGenerator<string> {
  const { name, trials, metric } = overview;
  yield frameStart({ folder, view: 'campaign', title: null, name, note });
  yield progressLine(progressInWords('concluded', trials.asked, metric.name, progress), seen);
  const main = sha256 === shown ? null : contents;
  yield frameEnd({ id: sha256, choices: '', main, isOld: false, next: null });
}

async function* partsOf(
  request: CampaignPageRequest,
  frame: string,
  reading: Promise<ReadCampaign | null>,
): AsyncGenerator<string> {
  yield frame;
  try {
    const read = await reading;
    if (read === null) throw new FitfirstError('CAMPAIGN_MISSING', 'The campaign was deleted or moved.');
    yield progressLine(progressText(read.campaign, read.progress, read.isRunning), read.version);
    const key = keyOf(request);
    const asked = viewRequestOf(request, read);
    if (!request.drawings.has(key))
      yield waitingPart(request.view === undefined ? servedReportStart(asked) : null);
    yield endOf(request.shown, await request.drawings.show(key, drawableOf(request, read, asked)));
  } catch (error) {
    if (!(error instanceof FitfirstError)) throw error;
    yield html`<main data-live>${error.message.split('\n').map((line) => html`<p>${line}</p>\n`)}</main>
</div></body></html>\n`.text;
  }
}

/** What the choices of a person make of a page: the same address shows the same. */
const keyOf = ({ view, query }: CampaignPageRequest): string => `${view?.name ?? 'campaign'}?${query}`;

function viewRequestOf(
  { folder, query }: CampaignPageRequest,
  { campaign, timing }: ReadCampaign,
): ViewRequest {
  return { folder, campaign, timing, query, costOf: costOf(campaign) };
}

function drawableOf({ view }: CampaignPageRequest, read: ReadCampaign, asked: ViewRequest): Drawable {
  const { timing, isRunning } = read;
  return {
    of: timing,
    settled: read.progress.settled,
    isRunning,
    *draw(): Generator<undefined, DrawnPage> {
      // Drawing keeps everything else waiting, so what is there is sent first.
      yield;
      return yield* view === undefined ? drawServedReport(asked, version) : drawView(view, asked);
    },
  };
}

function endOf(shown: string | undefined, { drawing, isCurrent, next }: ShownDrawing): string {
  const { id, choices, main, settled } = drawing;
  return frameEnd({
    id,
    choices,
    main: id === shown ? null : main,
    isOld: !isCurrent,
    next: next && { ...next, settled },
  });
}
