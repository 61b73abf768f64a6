import { formatNumber } from '../../text/number.js';
import { type Html, html } from './html.js';

/** A cell: numbers are shown shortened, null is a dash. */
export type TableCell = string | number | null;

/** The numbers of a picture as a table that opens on demand; screen readers find it in any case. */
export function dataTable(
  caption: string,
  header: readonly string[],
  rows: readonly (readonly TableCell[])[],
): Html | null {
  if (rows.length === 0) return null;
  return html`<details><summary>${caption}, as a table</summary>${plainTable(caption, header, rows)}</details>`;
}

/** A table that is there at once. */
export function plainTable(
  caption: string,
  header: readonly string[],
  rows: readonly (readonly TableCell[])[],
): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<thead><tr>${header.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${row.map(cell)}</tr>\n`)}</tbody></table></div>`;
}

function cell(value: TableCell): Html {
  if (value === null) return html`<td>–</td>`;
  return typeof value === 'number'
    ? html`<td class="number">${formatNumber(value)}</td>`
    : html`<td>${value}</td>`;
}
