/** The value of a cell of a table. */
type Cell =
  | { readonly kind: 'missing' }
  | { readonly kind: 'number'; readonly value: number }
  /** A number that is too large to compute with. */
  | { readonly kind: 'unusable'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string };

/** Texts of a missing cell, without white space around them. Any other word is a value. */
export const MISSING_WORDS: ReadonlySet<string> = new Set([
  '',
  '?',
  'NA',
  'N/A',
  'NaN',
  'nan',
  'null',
  'NULL',
]);

/** Values of a column that stand for a missing cell in addition to MISSING_WORDS: texts, and numbers by their value. */
export interface MissingValues {
  readonly texts: ReadonlySet<string>;
  readonly numbers: ReadonlySet<number>;
}

/** null if there are none. */
export function missingValuesOf(values: readonly string[] | undefined): MissingValues | null {
  if (values === undefined || values.length === 0) return null;
  const cells = values.map((value) => parseCell(value));
  return {
    texts: new Set(cells.flatMap((cell) => (cell.kind === 'text' ? [cell.text] : []))),
    numbers: new Set(cells.flatMap((cell) => (cell.kind === 'number' ? [cell.value] : []))),
  };
}

/** The maximum absolute value of a number in a cell. The sum of many squares of such numbers is still finite. */
const MAX_NUMBER = 1e150;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const MISSING: Cell = { kind: 'missing' };

/**
 * Parses a cell. Numbers are decimal, as in `5`, `+3`, `-0`, `.28`, `1.`, `1e5`; a negative zero is a zero. Cells with
 * a value in `missing` are missing.
 */
export function parseCell(raw: string, missing: MissingValues | null = null): Cell {
  const text = raw.trim();
  if (MISSING_WORDS.has(text)) return MISSING;
  if (!NUMBER.test(text)) return missing?.texts.has(text) ? MISSING : { kind: 'text', text };
  const value = Number(text);
  if (Math.abs(value) > MAX_NUMBER) return { kind: 'unusable', text };
  return missing?.numbers.has(value) ? MISSING : { kind: 'number', value: value === 0 ? 0 : value };
}

/** A number as a category: its shortest form, so that `1`, `1.0` and `01` are equal. */
export function categoryOfNumber(value: number): string {
  return String(value);
}

/**
 * A number from a binary format: a negative zero is a zero, and a number that is too large to compute with is NaN.
 */
export function usableNumber(value: number): number {
  return Math.abs(value) <= MAX_NUMBER ? value + 0 : Number.NaN;
}
