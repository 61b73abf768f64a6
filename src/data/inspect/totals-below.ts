import type { CellValue } from '../table/column-writer.js';
import { allColumns, forEachRow, type Table, type TableColumn, valueAt } from '../table/table.js';
import { type LineToSkip, shown } from './top-of-table.js';

/** More lines are no totals. */
const MAX_LINES = 3;
const WORDS = [
  '(grand |sub)?totals?',
  'sums?|averages?|means?|counts?',
  '(gesamt)?summe|(ins)?gesamt|mittelwert|durchschnitt',
  'totale|totaal|somme|suma',
];
const TOTAL = new RegExp(`^(${WORDS.join('|')})\\s?:?$`, 'i');

/**
 * The rows at the end of a table that hold totals or nothing: they have a word such as `Total` in a column where no
 * other row has it, and at least one empty cell. As a row, a total would be by far the largest value of its column.
 */
export function totalsBelow(table: Table): LineToSkip[] {
  const columns = allColumns(table);
  const found: LineToSkip[] = [];
  const block = table.blocks.at(-1);
  if (block === undefined) return found;
  for (let row = block.rows - 1; row > 0 && found.length < MAX_LINES; row--) {
    const values = columns.map((column) => valueAt(block, column, row * table.stride + column.slot));
    const cells = values.flatMap((value) => (value === null ? [] : [String(value)]));
    const line = block.lines[row] ?? 0;
    if (cells.length === 0) found.push({ line, because: 'is empty' });
    else if (cells.length < columns.length && hasOwnTotal(table, columns, values))
      found.push({ line, because: `is a total below the rows: ${shown({ cells, line })}` });
    else break;
  }
  return found.reverse();
}

/** Whether a row has a word for a total where no other row has it. */
function hasOwnTotal(table: Table, columns: readonly TableColumn[], values: readonly CellValue[]): boolean {
  return columns.some((column, i) => {
    const value = values[i];
    if (typeof value !== 'string' || !TOTAL.test(value)) return false;
    let count = 0;
    forEachRow(table, (block, offset) => {
      if (valueAt(block, column, offset + column.slot) === value) count++;
    });
    return count === 1;
  });
}
