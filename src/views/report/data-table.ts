import { formatCount, formatNumber } from '../../text/number.js';
import { type Html, html } from './html.js';

/** A cell: numbers are shown shortened, null is a dash. */
export type TableCell = string | number | null;

/** A row of a table, or what makes it; that is called only if the row is shown. */
type TableRow = readonly TableCell[] | (() => readonly TableCell[]);

/** A report of a large campaign stays small: longer tables are cut to about this many cells. */
const MAX_CELLS = 4000;
const MIN_ROWS = 50;
/** On a phone, shorter texts stay in one line. */
const MAX_ONE_LINE = 24;

/** Rows that a table may have. */
export function maxRows(header: readonly string[]): number {
  return Math.max(MIN_ROWS, Math.floor(MAX_CELLS / header.length));
}

/**
 * The numbers of a picture as a table that opens on demand; screen readers find it in any case. Rows beyond `maxRows`
 * are left out, and a sentence says so; `first` is what it calls the rows that are there, and `all` their number if
 * the caller has left some out.
 */
export function dataTable(
  caption: string,
  header: readonly string[],
  rows: readonly TableRow[],
  { first = 'first', all = rows.length }: { readonly first?: string; readonly all?: number } = {},
): Html | null {
  if (rows.length === 0) return null;
  const shown = rows.slice(0, maxRows(header)).map((row) => (typeof row === 'function' ? row() : row));
  const isCut = shown.length < all;
  return html`<details><summary>${caption}, as a table</summary>${
    isCut &&
    html`<p>The ${first} ${shown.length} of ${formatCount(all, 'row')}. trials.csv has every trial.</p>`
  }${plainTable(caption, header, shown)}</details>`;
}

/** A table that is there at once. */
export function plainTable(
  caption: string,
  header: readonly string[],
  rows: readonly (readonly TableCell[])[],
): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<thead><tr>${header.map((name) => html`<th scope="col"${longClass(name)}>${name}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${row.map(cell)}</tr>\n`)}</tbody></table></div>`;
}

function cell(value: TableCell): Html {
  if (value === null) return html`<td>–</td>`;
  return typeof value === 'number'
    ? html`<td class="number">${formatNumber(value)}</td>`
    : html`<td${longClass(value)}>${value}</td>`;
}

const longClass = (text: string): Html | false => text.length > MAX_ONE_LINE && html` class="long"`;
