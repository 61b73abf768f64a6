import { categoryOfNumber, parseCell } from '../data/cell.js';
import type { Row } from '../data/cells.js';
import { type SourceColumn, widthOf } from '../data/dataset.js';
import { Mistakes } from '../data/mistakes.js';
import type { Preparation } from '../data/preparation.js';
import { counted, placed, quoted } from '../data/wording.js';
import type { RowLayout } from './row-layout.js';

/** What was made up for on the way, over all rows. */
interface Encoded {
  /** Cells that were missing and have been filled. */
  filled: number;
  /** Cells with a category that training did not have, by column. */
  readonly unknown: Map<string, number>;
}

interface EncodedColumn {
  readonly column: SourceColumn;
  readonly cell: number;
  /** The place of each category; null for a column of numbers. */
  readonly places: ReadonlyMap<string, number> | null;
}

/** Turns rows of text into a network's raw inputs: numbers as read, one-hot categories, NaN for what is filled. */
export class RowEncoder {
  readonly inputs: number;
  readonly encoded: Encoded = { filled: 0, unknown: new Map() };
  readonly #columns: readonly EncodedColumn[];

  constructor(
    private readonly path: string,
    private readonly preparation: Preparation,
    private readonly layout: RowLayout,
  ) {
    this.inputs = preparation.columns.reduce((sum, column) => sum + widthOf(column), 0);
    this.#columns = preparation.columns.map((column, i) => ({
      column,
      cell: layout.cells[i] ?? 0,
      places:
        column.kind === 'number' ? null : new Map(column.categories.map((name, place) => [name, place])),
    }));
  }

  /**
   * The inputs of these rows (rows x inputs). Throws DATA_INVALID with the first few of their mistakes: a row of
   * another length, a text where a number is due, a missing cell or a category that is refused.
   */
  encode(rows: readonly Row[]): Float64Array {
    const x = new Float64Array(rows.length * this.inputs);
    const mistakes = new Mistakes();
    rows.forEach((row, r) => {
      const { width } = this.layout;
      if (row.cells.length !== width) {
        mistakes.add(
          () =>
            `${placed(this.path, row.line, Math.min(row.cells.length, width + 1))}  found ${counted(row.cells.length, 'cell')}, ` +
            `expected ${width} as in the first line. Cells that hold a comma need quotes.`,
        );
        return;
      }
      for (const column of this.#columns) this.#encode(column, row, x, r * this.inputs, mistakes);
    });
    mistakes.throwIfAny();
    return x;
  }

  #encode(encoded: EncodedColumn, row: Row, x: Float64Array, offset: number, mistakes: Mistakes): void {
    const { column, cell, places } = encoded;
    const { fill, unseen } = this.preparation;
    const at = offset + column.input;
    const value = parseCell(row.cells[cell] ?? '');
    if (value.kind === 'missing') {
      if (fill === null) {
        this.#refuse(
          encoded,
          row,
          mistakes,
          'a missing cell',
          'a value: the network was trained without missing cells',
        );
      }
      x.fill(Number.NaN, at, at + widthOf(column));
      this.encoded.filled += 1;
    } else if (value.kind === 'unusable') {
      this.#refuse(encoded, row, mistakes, quoted(value.text), 'a smaller number');
    } else if (places === null) {
      if (value.kind === 'number') x[at] = value.value;
      else this.#refuse(encoded, row, mistakes, quoted(value.text), 'a number');
    } else {
      const category = value.kind === 'number' ? categoryOfNumber(value.value) : value.text;
      const place = places.get(category);
      if (place !== undefined) x[at + place] = 1;
      else if (unseen === 'ignore') this.#count(column.name);
      else {
        const known = counted(places.size, 'category', 'categories');
        const found = `the category ${quoted(category)}`;
        this.#refuse(encoded, row, mistakes, found, `one of the ${known} of the training data`);
      }
    }
  }

  #refuse(
    { column, cell }: EncodedColumn,
    row: Row,
    mistakes: Mistakes,
    found: string,
    expected: string,
  ): void {
    mistakes.add(
      () =>
        `${placed(this.path, row.line, cell + 1)}  found ${found} in ${quoted(column.name)}, expected ${expected}.`,
    );
  }

  #count(column: string): void {
    const { unknown } = this.encoded;
    unknown.set(column, (unknown.get(column) ?? 0) + 1);
  }
}
