import type { Block } from '../table/block.js';
import { kindOf } from '../table/column-kind.js';
import { looksLikeDate } from '../table/parse-timestamp.js';
import { allColumns, forEachRow, type Table, type TableColumn, valueAt } from '../table/table.js';

/** The maximum number of distinct values that are counted. */
const MAX_VALUES = 10_000;

/** What a column holds. */
export interface ColumnProfile {
  readonly column: TableColumn;
  readonly name: string;
  readonly kind: 'number' | 'category' | 'empty';
  /** The number of cells that are not missing. */
  readonly present: number;
  readonly missing: number;
  /** The number of distinct values, up to 10,000; more if `overflowed`. */
  readonly distinct: number;
  readonly overflowed: boolean;
  /** How often each value occurs; null if `overflowed`. */
  readonly counts: ReadonlyMap<number | string, number> | null;
  /** Whether all values are whole numbers. */
  readonly isWhole: boolean;
  /** Whether each number is larger than the one above it. */
  readonly isRising: boolean;
  /** Whether nine of ten values are dates. */
  readonly holdsDates: boolean;
}

/** Profiles all columns of a table. */
export function profileTable(table: Table): ColumnProfile[] {
  const scans = allColumns(table).map((column) => new ColumnScan(column));
  forEachRow(table, (block, offset) => {
    for (const scan of scans) scan.take(block, offset);
  });
  return scans.map((scan) => scan.profile());
}

class ColumnScan {
  readonly #counts = new Map<number | string, number>();
  #overflowed = false;
  #isWhole = true;
  #isRising = true;
  #last = Number.NEGATIVE_INFINITY;

  constructor(readonly column: TableColumn) {}

  take(block: Block, offset: number): void {
    const value = valueAt(block, this.column, offset + this.column.slot);
    if (value === null) return;
    if (typeof value === 'number') {
      if (!Number.isInteger(value)) this.#isWhole = false;
      if (value <= this.#last) this.#isRising = false;
      this.#last = value;
    } else this.#isWhole = false;
    if (this.#overflowed) return;
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
    if (this.#counts.size > MAX_VALUES) this.#overflowed = true;
  }

  profile(): ColumnProfile {
    const { column } = this;
    const present = column.numbers + column.texts;
    const dates = column.distinctTexts.filter(looksLikeDate).length;
    return {
      column,
      name: column.name,
      kind: present === 0 ? 'empty' : kindOf(column),
      present,
      missing: column.missing,
      distinct: this.#counts.size,
      overflowed: this.#overflowed || column.overflowed,
      counts: this.#overflowed || column.overflowed ? null : this.#counts,
      isWhole: this.#isWhole && present > 0,
      isRising: this.#isRising && column.texts === 0,
      holdsDates: dates > 0 && dates >= 0.9 * column.distinctTexts.length,
    };
  }
}
