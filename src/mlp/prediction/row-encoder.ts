import { CellDiagnostics } from '../../data/cell-diagnostics.js';
import { inputCount } from '../../data/dataset.js';
import { type Preparation, unseenOf } from '../../data/prepare/preparation.js';
import { notationKeys, notationOf, notationTest } from '../../data/sources/csv/number-notation.js';
import type { NotedSource } from '../../data/sources/row-source.js';
import type { Cells } from '../../data/sources/rows.js';
import { type MissingValues, missingValuesOf, parseCell } from '../../data/table/cell.js';
import { looksLikeFormattedNumber } from '../../data/table/column-kind.js';
import { ColumnWriter } from '../../data/table/column-writer.js';
import { looksLikeMissing } from '../../data/table/missing-words.js';
import { commonUnit, type UnitReader, unitReader } from '../../data/table/unit.js';
import { formatCount } from '../../text/number.js';
import { quote } from '../../text/quote.js';
import type { RowLayout } from './row-layout.js';

/** What was made up for on the way, over all rows. */
interface Encoded {
  /** Cells that were missing and have been filled. */
  filled: number;
  /** Cells with a category that the network does not know, by column: none of a one-hot column's. */
  readonly unknown: Map<string, number>;
  /** The like in ordinal columns, where they were filled as missing cells are. */
  readonly unknownFilled: Map<string, number>;
}

interface EncodedColumn {
  readonly writer: ColumnWriter;
  readonly cell: number;
  /** Whether something stands in for a missing cell. */
  readonly isFilled: boolean;
  /** Values that stand for a missing cell; null for none. */
  readonly missing: MissingValues | null;
  /** Reads numbers with the unit of the column; null if it has none. */
  readonly withoutUnit: UnitReader | null;
}

/** Turns rows of text into a network's raw inputs, as a data set has them: NaN for what is filled. */
export class RowEncoder {
  readonly inputs: number;
  readonly encoded: Encoded = { filled: 0, unknown: new Map(), unknownFilled: new Map() };
  readonly #columns: readonly EncodedColumn[];
  #x = new Float64Array(0);
  #rows = 0;
  #diagnostics = new CellDiagnostics();

  constructor(
    private readonly source: NotedSource,
    private readonly preparation: Preparation,
    private readonly layout: RowLayout,
  ) {
    const { columns, fill } = preparation;
    this.inputs = inputCount(columns);
    this.#columns = columns.map((column, i) => ({
      writer: new ColumnWriter(column),
      cell: layout.cells[i] ?? 0,
      isFilled: (fill?.[column.input] ?? null) !== null,
      missing: missingValuesOf(column.missingValues),
      withoutUnit: column.unit === undefined ? null : unitReader(column.unit, source.notation),
    }));
  }

  /** Takes a row and the line on which it starts. What is wrong with it is said by `taken`. */
  take(cells: Cells, line: number): void {
    const offset = this.#rows * this.inputs;
    if (offset + this.inputs > this.#x.length) {
      const larger = new Float64Array(Math.max(2 * this.#x.length, 256 * this.inputs));
      larger.set(this.#x);
      this.#x = larger;
    }
    this.#x.fill(0, offset, offset + this.inputs);
    this.#rows += 1;
    const { width } = this.layout;
    if (cells.count !== width) {
      const { count } = cells;
      this.#diagnostics.add(
        () =>
          `${this.source.placeOf(line, Math.min(count, width + 1))}  found ${formatCount(count, 'cell')}, ` +
          `expected ${width} as in the first line. Cells with a comma need quotes.`,
      );
      return;
    }
    for (const column of this.#columns) this.#encode(column, cells, line, offset);
  }

  /**
   * The inputs of the rows that were taken since the last time (rows x inputs), in memory that the next rows are
   * written to. Throws DATA_INVALID with the first few of their mistakes: a row of another length, a text where a
   * number is due, a missing cell or a category that is refused.
   */
  taken(): Float64Array {
    const [rows, diagnostics] = [this.#rows, this.#diagnostics];
    this.#rows = 0;
    this.#diagnostics = new CellDiagnostics();
    diagnostics.throwIfAny();
    return this.#x.subarray(0, rows * this.inputs);
  }

  #encode(encoded: EncodedColumn, cells: Cells, line: number, offset: number): void {
    const { writer, cell, isFilled, missing, withoutUnit } = encoded;
    const { kind, name } = writer.column;
    const x = this.#x;
    if (kind === 'number') {
      // Most cells of a table, and no text has to be made of them.
      const number = cells.number(cell);
      if (!Number.isNaN(number) && !missing?.numbers.has(number)) {
        writer.write(number, x, offset);
        return;
      }
    }
    const refuse = (found: string, expected: string): void =>
      this.#diagnostics.add(
        () =>
          `${this.source.placeOf(line, cell + 1)}  found ${found} in ${quote(name)}, expected ${expected}.`,
      );
    const text = cells.text(cell);
    const found = parseCell(withoutUnit?.(text) ?? text, missing);
    if (found.kind === 'unusable') {
      // What is wrong with the cell of an indicator is said of its column.
      if (kind !== 'indicator') refuse(quote(found.text), 'a smaller number');
      return;
    }
    const value = found.kind === 'missing' ? null : found.kind === 'number' ? found.value : found.text;
    const isKnown = writer.write(value, x, offset);
    if (kind === 'indicator') return;
    if (value === null) {
      if (isFilled) this.encoded.filled += 1;
      else refuse('a missing cell', 'a value: the network was trained without missing cells there');
    } else if (!isKnown && kind === 'number') {
      const remedy =
        isFilled && looksLikeMissing(text)
          ? ', or an empty cell for a missing value'
          : formatFlags(text, writer.column.unit);
      refuse(quote(text), `a number${remedy}`);
    } else if (!isKnown) this.#takeUnknown(encoded, String(value), refuse);
  }

  #takeUnknown(
    { writer: { column }, isFilled }: EncodedColumn,
    category: string,
    refuse: (found: string, expected: string) => void,
  ): void {
    if (!('categories' in column)) return;
    const isTaken = column.kind === 'category' || isFilled;
    if (isTaken && unseenOf(this.preparation, column) === 'ignore') {
      const { unknown, unknownFilled } = this.encoded;
      const counts = column.kind === 'ordinal' ? unknownFilled : unknown;
      counts.set(column.name, (counts.get(column.name) ?? 0) + 1);
      return;
    }
    const known = formatCount(column.categories.length, 'category', 'categories');
    refuse(`the category ${quote(category)}`, `one of the ${known} of the training data`);
  }
}

/** The flags with which fitfirst predict would read a number that is written so; empty if there are none. */
function formatFlags(text: string, unit: string | undefined): string {
  const found = commonUnit([text]);
  const number = found?.unit === unit ? (found?.numbers[0] ?? text) : text;
  const notation = notationOf([number]);
  if (!looksLikeFormattedNumber(number) || !notationTest(notation).test(number)) return '';
  const keys = notationKeys(notation);
  if (keys.length === 0 && number === text) return '';
  const flags = (keys.length === 0 ? ['decimal: point'] : keys).map((key) => `--${key.replace(':', '')}`);
  return ` (fitfirst predict ${flags.join(' ')} reads numbers that are written so)`;
}
