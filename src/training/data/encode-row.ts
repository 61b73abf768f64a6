import { categoryOfNumber, parseCell } from './cell.js';
import { type SourceColumn, widthOf } from './dataset.js';
import type { Preparation } from './preparation.js';
import { dataError, quoted } from './wording.js';

/** Where the cells of a row are, and how to name their places in a message (`new.csv:12:3`). */
interface RawRow {
  readonly cellOf: (column: SourceColumn) => string;
  readonly placeOf: (column: SourceColumn) => string;
}

/**
 * The inputs of one row of text, as a data set has them: numbers as read, one-hot categories, NaN where a
 * cell is missing. Throws DATA_INVALID for a text in a column of numbers, a missing cell that nothing stands
 * in for, and an unknown category where that is an error.
 */
export function encodeRow(preparation: Preparation, row: RawRow): Float64Array {
  const { columns } = preparation;
  const inputs = new Float64Array(columns.reduce((sum, column) => sum + widthOf(column), 0));
  for (const column of columns) encodeCell(preparation, column, row, inputs);
  return inputs;
}

function encodeCell(preparation: Preparation, column: SourceColumn, row: RawRow, inputs: Float64Array): void {
  const cell = parseCell(row.cellOf(column));
  const refused = (found: string, expected: string): Error =>
    dataError(`${row.placeOf(column)}  found ${found} in ${quoted(column.name)}, expected ${expected}.`);
  if (cell.kind === 'unusable') throw refused(quoted(cell.text), 'a smaller number');
  if (cell.kind === 'missing') {
    if (preparation.fill === null) {
      throw refused('a missing cell', 'a value: the network was trained without missing cells');
    }
    inputs.fill(Number.NaN, column.input, column.input + widthOf(column));
    return;
  }
  if (column.kind === 'number') {
    if (cell.kind === 'text') throw refused(quoted(cell.text), 'a number');
    inputs[column.input] = cell.value;
    return;
  }
  const category = cell.kind === 'number' ? categoryOfNumber(cell.value) : cell.text;
  const place = column.categories.indexOf(category);
  if (place !== -1) inputs[column.input + place] = 1;
  else if (preparation.unseen === 'error') {
    throw refused(
      `the category ${quoted(category)}`,
      `one of the ${column.categories.length} of the training file`,
    );
  }
}
