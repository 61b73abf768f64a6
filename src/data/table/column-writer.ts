import { type SourceColumn, widthOf } from '../dataset.js';
import { categoryOfNumber } from './cell.js';

/** What stands in a cell; null where it is missing. */
export type CellValue = number | string | null;

/** Turns the cells of a column into inputs, as a data set has them: before missing ones are filled, and not standardised. */
export class ColumnWriter {
  /** The place of each category; null for columns that have none, of which a table may have a hundred thousand. */
  readonly #indices: ReadonlyMap<string, number> | null;

  constructor(readonly column: SourceColumn) {
    this.#indices =
      'categories' in column ? new Map(column.categories.map((name, index) => [name, index])) : null;
  }

  /**
   * Writes the inputs of a cell into `x`, where those of its row, all 0 yet, start at `offset`. NaN stands for what
   * is to be filled. False where the column has no place for the value: a text among numbers, or an unknown
   * category, of which a one-hot column has only zeros, and the others NaN.
   */
  write(value: CellValue, x: Float64Array, offset: number): boolean {
    const { column } = this;
    const at = offset + column.input;
    if (column.kind === 'indicator') {
      x[at] = value === null ? 1 : 0;
      return true;
    }
    if (value === null) {
      x.fill(Number.NaN, at, at + widthOf(column));
      return true;
    }
    if (column.kind === 'number') {
      x[at] = typeof value === 'number' ? value : Number.NaN;
      return typeof value === 'number';
    }
    const index = this.#indices?.get(typeof value === 'number' ? categoryOfNumber(value) : value);
    if (column.kind === 'ordinal') x[at] = index ?? Number.NaN;
    else if (index !== undefined) x[at + index] = 1;
    return index !== undefined;
  }
}
