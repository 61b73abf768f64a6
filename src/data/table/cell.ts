/** What stands in a cell of a table. */
type Cell =
  | { readonly kind: 'missing' }
  | { readonly kind: 'number'; readonly value: number }
  /** Reads as a number, but one too large to compute with. */
  | { readonly kind: 'unusable'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string };

/** Cells that say that there is no value, after white space is cut off. Any other word is a value. */
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

/** The largest number that a cell may hold (and the smallest, with a minus): its square can still be summed. */
const MAX_NUMBER = 1e150;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const MISSING: Cell = { kind: 'missing' };

/** Reads a cell: decimal numbers as in `5`, `+3`, `-0`, `.28`, `1.`, `1e5`; a negative zero is a zero. */
export function parseCell(raw: string): Cell {
  const text = raw.trim();
  if (MISSING_WORDS.has(text)) return MISSING;
  if (!NUMBER.test(text)) return { kind: 'text', text };
  const value = Number(text);
  if (Math.abs(value) > MAX_NUMBER) return { kind: 'unusable', text };
  return { kind: 'number', value: value === 0 ? 0 : value };
}

/** How a number stands among categories: in its shortest form, so that `1`, `1.0` and `01` are one. */
export function categoryOfNumber(value: number): string {
  return String(value);
}

/** A number that was stored as one, a negative zero as a zero; NaN where it is none, or too large to compute with. */
export function usableNumber(value: number): number {
  return Math.abs(value) <= MAX_NUMBER ? value + 0 : Number.NaN;
}
