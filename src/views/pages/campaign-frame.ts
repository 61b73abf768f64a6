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

/** A line with the progress of a campaign. It follows each event. */
export function progressLine(campaign: Campaign, { settled, best }: Progress, isRunning: boolean): string {
  const asked = campaign.asked.size;
  const trials =
    asked === settled
      ? `${formatCount(settled, 'trial')} ${settled === 1 ? 'has' : 'have'} ended`
      : `${formatWhole(settled)} of ${formatCount(asked, 'trial')} have ended`;
  const state = campaign.conclusion !== null ? 'concluded' : isRunning ? 'running' : 'not running';
  const metric = campaign.facts?.metric.name ?? '';
  const found =
    best === null
      ? ''
      : `; the best ${metric} of a trial is ${formatNumber(best.score)} (trial ${best.trial})`;
  return html`<p class="progress" data-live>${state}: ${trials}${found}</p>\n`.text;
}

/** What a page says while its pictures are drawn; it goes away when they are there. */
export const WAITING = '<p class="waiting">The rest of this page is being drawn.</p>\n';

/** The drawn part of a page. */
export interface DrawnPart {
  /** Tells drawings apart. */
  readonly id: string;
  /** The fields with which a person chooses what is drawn, as markup. */
  readonly choices: string;
  /** The rest, as markup; null if the page has it already. */
  readonly main: string | null;
  /** What the part shows if it is not up to date; null if it is. */
  readonly old: OldDrawing | null;
  /** Milliseconds until it is worth to look for a newer drawing; null if the next event says so. */
  readonly dueIn: number | null;
}

/** How old a drawing is. */
export interface OldDrawing {
  readonly milliseconds: number;
  /** Trials that had ended when it was drawn. */
  readonly settled: number;
}

/** The rest of a page of a campaign. */
export function frameEnd({ id, choices, main, old, dueIn }: DrawnPart): string {
  const due = dueIn !== null && html` data-due="${Math.ceil(dueIn)}"`;
  const age = html`<p class="age" data-live${due}>${old !== null && ageInWords(old, dueIn)}</p>\n`;
  const drawn =
    main === null
      ? html`<main data-live data-kept></main>`
      : html`<main data-live data-drawn="${id}">${new Html(main)}</main>`;
  return `${choices}${age.text}${drawn.text}</div>\n</body>\n</html>\n`;
}

function ageInWords({ milliseconds, settled }: OldDrawing, dueIn: number | null): string {
  const next = dueIn === null || dueIn < 2000 ? 'soon' : `in about ${formatSeconds(dueIn / 1000)}`;
  return (
    `Drawn ${formatSeconds(milliseconds / 1000)} ago, when ${formatCount(settled, 'trial')} had ended. ` +
    `It takes long to draw, so the campaign keeps its processor time: it is drawn again ${next}.`
  );
}
