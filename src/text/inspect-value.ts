import { inspect } from 'node:util';

/**
 * A value of a program as it would be written in code, on one line and short: `[Object: null prototype] {}`, `'text'`.
 */
export function inspectValue(value: unknown): string {
  return inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 60 });
}
