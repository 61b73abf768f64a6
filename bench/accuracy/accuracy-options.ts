import { parseArgs } from 'node:util';
import { runsFile } from './known-runs.js';
import type { AccuracyTable } from './tables.js';

/** What the command line of `bench:accuracy` asks for. */
export interface AccuracyOptions {
  readonly tables: readonly AccuracyTable[];
  /** Numbers from 1. */
  readonly splits: readonly number[];
  /** Where the lines are kept. */
  readonly file: string;
  /** After this time no split starts. */
  readonly minutes: number;
}

/** Throws for an unknown option, table or number. */
export function accuracyOptions(words: readonly string[], every: readonly AccuracyTable[]): AccuracyOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...words],
    options: { tables: text, splits: text, to: text, for: text },
  });
  const names = values.tables?.split(',') ?? every.map(({ name }) => name);
  const tables = names.map((name) => {
    const table = every.find((one) => one.name === name);
    if (table === undefined)
      throw new Error(`no table ${name}: there are ${every.map((one) => one.name).join(', ')}`);
    return table;
  });
  const minutes = Number(values.for ?? Number.POSITIVE_INFINITY);
  if (!(minutes > 0)) throw new Error('--for takes a number of minutes above 0');
  return { tables, splits: splitNumbers(values.splits ?? '1-10'), file: values.to ?? runsFile, minutes };
}

/** From text like `1-3,7`. */
function splitNumbers(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    const [low, high] = [Number(first), Number(last)];
    if (!(low >= 1 && high >= low)) throw new Error(`--splits takes numbers such as 1-3,7; found ${text}`);
    return Array.from({ length: high - low + 1 }, (_, i) => low + i);
  });
}
