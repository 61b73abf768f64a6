import { inspect } from 'node:util';

/** What Node.js adds to a promise while asynchronous calls are traced. */
const TRACES = /, \[Symbol\((?:async_id_symbol|trigger_async_id_symbol|kResourceStore)\)\]: [^,} ]+/g;

/**
 * A value of a program as it would be written in code, on one line and short: `[Object: null prototype] {}`, `'text'`.
 */
export function inspectValue(value: unknown): string {
  const text = inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 60 });
  return value instanceof Promise ? text.replace(TRACES, '') : text;
}
