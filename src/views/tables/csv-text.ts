import { stringify } from 'csv-stringify/sync';

/** What a cell of a table can hold; null is an empty cell. */
export type Cell = string | number | boolean | null;

/** A row of a table, a cell a column. */
export type CsvRow = readonly Cell[];

/**
 * Rows as CSV: numbers in the shortest form that reads back to the same double, those that are not finite as an
 * empty cell, booleans as `true` and `false`, text quoted where it must be, lines ended by `\n`. Text that a
 * spreadsheet would take for a formula gets a leading apostrophe; numbers, negative ones too, never do.
 *
 * The text of some rows is the texts of each of them in turn, so files can be written piece by piece.
 */
export function csvText(rows: Iterable<CsvRow>): string {
  let text = '';
  for (const row of rows) text += row.every(isPlain) ? `${row.join(',')}\n` : anyRow(row);
  return text;
}

/** Text that is never quoted and starts no formula. */
const PLAIN_TEXT = /^[A-Za-z0-9][\w.:-]*$/;

/** Whether a cell is written as it is. Most are, and the library takes ten times as long. */
function isPlain(cell: Cell): boolean {
  return typeof cell === 'number' ? Number.isFinite(cell) : cell === null || PLAIN_TEXT.test(String(cell));
}

function anyRow(row: CsvRow): string {
  return stringify([writable(row)], {
    cast: { boolean: String },
    escape_formulas: true,
    record_delimiter: '\n',
    quoted_match: /^\s|\r|\s$/,
  });
}

function writable(row: CsvRow): Cell[] {
  return row.map((cell) => (typeof cell === 'number' && !Number.isFinite(cell) ? null : cell));
}
