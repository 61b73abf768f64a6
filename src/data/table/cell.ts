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

/** The maximum absolute value of a number in a cell. The sum of many squares of such numbers is still finite. */
const MAX_NUMBER = 1e150;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const MISSING: Cell = { kind: 'missing' };

/** Parses a cell. Numbers are decimal, as in `5`, `+3`, `-0`, `.28`, `1.`, `1e5`; a negative zero is a zero. */
export function parseCell(raw: string): Cell {
  const text = raw.trim();
  if (MISSING_WORDS.has(text)) return MISSING;
  if (!NUMBER.test(text)) return { kind: 'text', text };
  const value = Number(text);
  if (Math.abs(value) > MAX_NUMBER) return { kind: 'unusable', text };
  return { kind: 'number', value: value === 0 ? 0 : value };
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
