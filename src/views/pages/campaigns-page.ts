import { formatSetting } from '../../campaign/format-setting.js';
import { formatAge } from '../../text/duration.js';
import { formatCount, formatNumber, formatWhole } from '../../text/number.js';
import { type CampaignNote, NO_NOTE } from '../campaigns/campaign-note.js';
import type { CampaignOverview, ReadableCampaign } from '../campaigns/campaign-overview.js';
import { type Html, html } from '../report/html.js';
import { pageHtml } from './page.js';

/** How the columns are called, and whether they are sorted as numbers. */
const COLUMNS = [
  ['campaign', 'text'],
  ['state', 'text'],
  ['method', 'text'],
  ['trials', 'number'],
  ['chosen', 'text'],
  ['metric', 'text'],
  ['score', 'number'],
  ['gain of dropout', 'number'],
  ['last event', 'number'],
] as const;

/** The campaigns that the list shows, with their notes by their names, and how many are still to be read. */
interface ShownCampaigns {
  /** Tells lists apart. */
  readonly version: string;
  readonly overviews: readonly CampaignOverview[];
  readonly notes: ReadonlyMap<string, CampaignNote>;
  readonly unread: number;
}

/** The page of all campaigns below a folder. `now` is in milliseconds since 1970. */
export function campaignsPage(
  folder: string,
  { version, overviews: campaigns, notes, unread }: ShownCampaigns,
  now: number,
): string {
  const running = campaigns.filter(({ state }) => state === 'running').length;
  const count = `${formatCount(campaigns.length, 'campaign')}${running > 0 ? `, ${formatWhole(running)} running` : ''}`;
  // The last of them may be read before the page hears of changes.
  const comesBack = unread > 0 && html` data-due="1000" data-old="true"`;
  const others = unread > 0 && `; ${formatWhole(unread)} more ${unread === 1 ? 'is' : 'are'} being read`;
  const body = html`<header data-seen="${version}"><h1>Campaigns</h1>
<p class="method"${comesBack}>${count} in ${folder}${others}</p></header>
<form action="compare" method="get">
<div class="controls"><label>Filter <input type="search" id="filter" autocomplete="off"></label>
<button>Compare the selected</button> <span id="shown" aria-live="polite"></span>
<span id="live" role="status"></span></div>
<main>
<div class="scroll tall" tabindex="0" role="region" aria-label="Campaigns"><table class="campaigns sortable">
<thead><tr>${COLUMNS.map(
    ([name, kind]) =>
      html`<th scope="col" data-name="${name}" data-kind="${kind}"><button type="button">${name}</button></th>`,
  )}</tr></thead>
<tbody>${campaigns.map((one) => campaignRow(one, notes.get(one.folder) ?? NO_NOTE, now))}</tbody></table></div>
</main></form>`;
  return pageHtml({ title: 'Campaigns', body, events: 'events' });
}

/** The row of a campaign in the list. `now` is in milliseconds since 1970. */
export function campaignRow(campaign: CampaignOverview, note: CampaignNote, now: number): Html {
  if (campaign.state === 'unreadable') {
    return html`<tr>${nameCell(campaign.folder, note)}<td class="state-unreadable">unreadable</td>
<td colspan="7">${campaign.problem}</td></tr>\n`;
  }
  const { asked, settled } = campaign.trials;
  const trials =
    asked === settled ? formatWhole(settled) : `${formatWhole(settled)} of ${formatWhole(asked)}`;
  const { gain, lastEvent } = campaign;
  return html`<tr>${nameCell(campaign.folder, note)}
<td class="state-${campaign.state}">${campaign.state.replace('-', ' ')}</td>
<td>${campaign.method}</td>
<td class="number" data-value="${settled}">${trials}</td>
<td>${resultOf(campaign)}</td>
<td>${campaign.metric.name}</td>
${numberCell(campaign.score)}
<td class="number" data-value="${gain?.mean}">${gainText(gain)}</td>
<td data-value="${lastEvent}">${lastEvent === null ? '–' : formatAge(now - lastEvent)}</td></tr>\n`;
}

function nameCell(folder: string, { isStarred, text }: CampaignNote): Html {
  const star = isStarred && html`<span class="starred" role="img" aria-label="starred">★</span> `;
  const note = text !== '' && html`<span class="note-text">${text}</span>`;
  return html`<th scope="row"><label><input type="checkbox" name="folder" value="${folder}" \
aria-label="Compare ${folder}"></label> ${star}\
<a href="campaign?folder=${encodeURIComponent(folder)}">${folder}</a>${note}</th>`;
}

function numberCell(value: number | null): Html {
  return html`<td class="number" data-value="${value}">${value === null ? '–' : formatNumber(value)}</td>`;
}

function resultOf(campaign: ReadableCampaign): string {
  const { chosen, conclusion, best, varied } = campaign;
  if (chosen !== null) return formatSetting(chosen, varied) || 'the only setting';
  if (conclusion === 'nothing-fits') return 'nothing fits';
  if (conclusion !== null) return 'no result';
  return best === null ? 'no result yet' : `best so far: ${best}`;
}

/** A gain with its interval. */
export function gainText(gain: ReadableCampaign['gain']): string {
  if (gain === null) return '–';
  const { mean, low, high } = gain;
  const interval = low === null || high === null ? '' : ` (${formatNumber(low)} to ${formatNumber(high)})`;
  return `${formatNumber(mean)}${interval}`;
}
