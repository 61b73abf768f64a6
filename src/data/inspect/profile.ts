import type { Block } from '../table/block.js';
import { kindOf } from '../table/column-kind.js';
import { looksLikeDate } from '../table/parse-timestamp.js';
import { allColumns, forEachRow, type Table, type TableColumn, valueAt } from '../table/table.js';

/** Different values that are told apart; with more it counts as overflowed. */
const MAX_VALUES = 10_000;

/** What stands in a column. */
export interface ColumnProfile {
  readonly column: TableColumn;
  readonly name: string;
  readonly kind: 'number' | 'category' | 'empty';
  /** Cells that are not missing. */
  readonly present: number;
  readonly missing: number;
  /** Different values, up to 10,000; more where `overflowed`. */
  readonly distinct: number;
  readonly overflowed: boolean;
  /** How often each value stands there; null where `overflowed`. */
  readonly counts: ReadonlyMap<number | string, number> | null;
  /** Numbers only, all of them whole. */
  readonly isWhole: boolean;
  /** Each number is larger than the one above it. */
  readonly isRising: boolean;
  /** Nine of ten values are dates. */
  readonly holdsDates: boolean;
}

/** Looks through all columns of a table. */
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
