import type { MissingValues } from './cell.js';
import type { UnitReader } from './unit.js';

/** The counts and texts of a column while it is read. */
export class KeptColumn {
  numbers = 0;
  texts = 0;
  missing = 0;
  overflowed = false;
  /** Created with the first text: a table may have a hundred thousand columns of numbers. */
  codes: Map<string, number> | null = null;

  constructor(
    readonly index: number,
    readonly slot: number,
    /** The maximum number of distinct texts that are kept. */
    readonly maxTexts: number,
    /** Values that stand for a missing cell; null for none. */
    readonly missingValues: MissingValues | null,
    /** Reads numbers with the unit of the column; null if it has none. */
    readonly withoutUnit: UnitReader | null,
  ) {}

  codeOf(text: string): number {
    this.codes ??= new Map();
    const known = this.codes.get(text);
    if (known !== undefined) return known;
    if (this.codes.size === this.maxTexts) {
      this.overflowed = true;
      return this.maxTexts;
    }
    const code = this.codes.size + 1;
    // Copied, because a substring keeps the whole text in memory.
    this.codes.set(Buffer.from(text).toString(), code);
    return code;
  }
}
