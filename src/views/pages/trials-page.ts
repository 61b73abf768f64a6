import type { Campaign } from '../../campaign/campaign.js';
import { formatCount, formatNumber } from '../../text/number.js';
import { type Html, html } from '../report/html.js';
import type { Cell, CsvRow } from '../tables/csv-text.js';
import { trialRows } from '../tables/trials-table.js';
import { pageHtml } from './page.js';

/** Rows that a page may have. A browser sorts and filters them without delay. */
const MAX_ROWS = 5000;

/** The trials of a campaign as `trials.csv` has them, the last ones of a large campaign, to sort, filter and open. */
export function trialsPage(folder: string, campaign: Campaign): string {
  const [names = [], ...all] = trialRows(campaign);
  const header = names.map(String);
  const rows = all.slice(-MAX_ROWS);
  const isNumber = header.map((_, column) => rows.every((row) => typeof row[column] !== 'string'));
  const query = `folder=${encodeURIComponent(folder)}`;
  const cut =
    rows.length < all.length &&
    html`<p>The last ${formatCount(rows.length, 'trial')} of ${all.length}. trials.csv has all of them.</p>`;
  const body = html`<header><h1>Trials of ${campaign.facts?.name ?? folder}</h1>
<p class="method"><a href="./">All campaigns</a> · <a href="campaign?${query}">Report</a> ·
<a href="trials.csv?${query}" download>trials.csv</a> · ${formatCount(all.length, 'trial')}</p>${cut}</header>
<div class="controls"><label>Filter <input type="search" id="filter" autocomplete="off"></label>
<span id="shown" aria-live="polite"></span> <span id="live" role="status"></span></div>
<main><div class="scroll tall" tabindex="0" role="region" aria-label="Trials"><table class="campaigns sortable">
<thead><tr>${header.map(
    (name, column) =>
      html`<th scope="col" data-name="${name}" data-kind="${isNumber[column] ? 'number' : 'text'}">\
<button type="button">${name}</button></th>`,
  )}</tr></thead>
<tbody>${rows.map((row) => rowOf(row, query))}</tbody></table></div></main>`;
  return pageHtml({ title: `Trials of ${folder}`, body, events: `events?${query}` });
}

function rowOf([number = null, ...cells]: CsvRow, query: string): Html {
  return html`<tr><th scope="row" data-value="${Number(number)}">\
<a href="trial?${query}&amp;number=${Number(number)}">${Number(number)}</a></th>${cells.map(cellOf)}</tr>\n`;
}

function cellOf(value: Cell): Html {
  if (value === null) return html`<td data-value="">–</td>`;
  return typeof value === 'number'
    ? html`<td class="number" data-value="${value}">${formatNumber(value)}</td>`
    : html`<td>${String(value)}</td>`;
}
