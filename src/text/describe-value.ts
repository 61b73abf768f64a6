import { quote } from './quote.js';

/** A value that was found, for a message: `"32" (a text)`, `1.5`, `a list`. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (typeof value === 'string') return `${quote(value)} (a text)`;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object') return 'a mapping';
  return String(value);
}
