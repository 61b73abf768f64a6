import { type SourceColumn, widthOf } from '../dataset.js';
import { categoryOfNumber } from './cell.js';

/** The value of a cell; null if it is missing. */
export type CellValue = number | string | null;

/**
 * Encodes the cells of a column as the raw inputs of a data set: missing cells are not yet filled, and nothing is
 * standardised.
 */
export class ColumnWriter {
  /**
   * The index of each category; null for columns without categories, of which a table may have a hundred thousand.
   */
  readonly #indices: ReadonlyMap<string, number> | null;

  constructor(readonly column: SourceColumn) {
    this.#indices =
      'categories' in column ? new Map(column.categories.map((name, index) => [name, index])) : null;
  }

  /**
   * Writes the inputs of a cell into `x`, where the inputs of its row, all still 0, start at `offset`. NaN marks what
   * is to be filled. Returns false if the column has no input for the value: a text among numbers, or an unknown
   * category, which is all zeros in a one-hot column and NaN in others.
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
