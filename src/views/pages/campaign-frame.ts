import type { Campaign } from '../../campaign/campaign.js';
import { formatSeconds } from '../../text/duration.js';
import { formatCount, formatNumber, formatWhole } from '../../text/number.js';
import type { FilteredTable } from '../campaign-views/campaign-view.js';
import { viewAddress } from '../campaign-views/parts/view-address.js';
import type { CampaignNote } from '../campaigns/campaign-note.js';
import type { Progress } from '../model/progress.js';
import { Html, html } from '../report/html.js';
import { campaignNavigation } from './campaign-navigation.js';
import { noteForm } from './note-form.js';
import { pageStart } from './page.js';

/** What a page of a campaign is about. */
export interface FramedPage {
  readonly folder: string;
  /** The name of the view; `campaign` for the report. */
  readonly view: string;
  /** The title of the view; null for the report. */
  readonly title: string | null;
  readonly selection?: { readonly filter: string; readonly of: FilteredTable } | undefined;
  /** The name of the campaign; its folder as long as it is not known. */
  readonly name: string;
  readonly note: CampaignNote;
}

/** A page of a campaign up to its progress: what needs no time to make. */
export function frameStart({ folder, view, title, selection, name, note }: FramedPage): string {
  const heading = title === null ? html`<h1>${name}</h1>` : html`<h1>${title} <small>${name}</small></h1>`;
  const start = pageStart({
    title: title === null ? name : `${title} of ${name}`,
    events: viewAddress('events', folder),
  });
  return `${start}${
    html`<div class="${title === null ? 'report-page' : 'views-page'}">\
<header data-live>${campaignNavigation({ folder, view, selection })}
${heading}</header>
${noteForm(folder, note)}<span id="live" role="status"></span>\n`.text
  }`;
}

/** A line with the progress of a campaign, in the words of `progressText`, at this version of its journal. */
export function progressLine(text: string, version: string): string {
  return html`<p class="progress" data-live data-seen="${version}">${text}</p>\n`.text;
}

/** The progress of a campaign in words. A page shows it at each event. */
export function progressText(campaign: Campaign, progress: Progress, isRunning: boolean): string {
  const state = campaign.conclusion !== null ? 'concluded' : isRunning ? 'running' : 'not running';
  const metric = campaign.facts?.metric.name ?? '';
  return progressInWords(state, campaign.asked.size, metric, progress);
}

/** The progress of a campaign whose method asked for this number of trials, in words. */
export function progressInWords(
  state: 'concluded' | 'running' | 'not running',
  asked: number,
  metric: string,
  { settled, best }: Progress,
): string {
  const trials =
    asked === settled
      ? `${formatCount(settled, 'trial')} ${settled === 1 ? 'has' : 'have'} ended`
      : `${formatWhole(settled)} of ${formatCount(asked, 'trial')} have ended`;
  const found =
    best === null
      ? ''
      : `; the best ${metric} of a trial of the search is ${formatNumber(best.score)} (trial ${best.trial})`;
  return `${state}: ${trials}${found}`;
}

/** What a page says while its pictures are drawn, after what it knows already. It goes away when they are there. */
export function waitingPart(known: Html | null): string {
  return html`<div class="waiting">${known}<p>The rest of this page is being drawn.</p></div>\n`.text;
}

/** The drawn part of a page. */
export interface DrawnPart {
  /** Tells drawings apart. */
  readonly id: string;
  /** The fields with which a person chooses what is drawn, as markup. */
  readonly choices: string;
  /** The rest, as markup; null if the page has it already. */
  readonly main: string | null;
  /** Whether the part shows an earlier state of the campaign. */
  readonly isOld: boolean;
  /** When the next drawing can be there; null if no run is at work on the campaign: then at once. */
  readonly next: NextDrawing | null;
}

/** How drawings of a running campaign follow each other. */
export interface NextDrawing {
  /** Trials that had ended when this one was drawn. */
  readonly settled: number;
  /** Milliseconds from one drawing to the next. */
  readonly every: number;
  /** Milliseconds until the next one can be there. */
  readonly dueIn: number;
}

/** The rest of a page of a campaign. */
export function frameEnd({ id, choices, main, isOld, next }: DrawnPart): string {
  const due = next !== null && html` data-due="${Math.ceil(next.dueIn)}"${isOld && html` data-old="true"`}`;
  const age = html`<p class="age" data-live${due}>${next !== null && rhythmInWords(next)}</p>\n`;
  const drawn =
    main === null
      ? html`<main data-live data-kept></main>`
      : html`<main data-live data-drawn="${id}">${new Html(main)}</main>`;
  return `${choices}${age.text}${drawn.text}</div>\n</body>\n</html>\n`;
}

/** Empty if drawings follow each other so quickly that nobody would miss one. */
function rhythmInWords({ settled, every }: NextDrawing): string | false {
  if (every < 5000) return false;
  return (
    `What follows was drawn when ${formatCount(settled, 'trial')} had ended. While the campaign runs, it is drawn ` +
    `again about every ${formatSeconds(every / 1000)}, so that trials keep their processor time.`
  );
}
