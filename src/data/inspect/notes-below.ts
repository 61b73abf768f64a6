import type { RowSource } from '../sources/row-source.js';
import { type Row, textsOf } from '../sources/rows.js';
import { type LineToSkip, shown } from './top-of-table.js';

/** More lines are no note. */
const MAX_LINES = 20;

/** The lines at the end of a table that have less than half as many cells as its first line, such as a note. */
export async function notesBelow(source: RowSource): Promise<readonly LineToSkip[]> {
  let width = 0;
  let last: Row[] = [];
  for await (const rows of source.read(() => {})) {
    rows.each((cells, line) => {
      if (width === 0) width = cells.count;
      if (2 * cells.count >= width) last = [];
      else if (last.length <= MAX_LINES) last.push({ cells: textsOf(cells), line });
    });
  }
  if (last.length > MAX_LINES) return [];
  return last.map((row) => ({ line: row.line, because: `is a note below the rows: ${shown(row)}` }));
}
