import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../text/duration.js';

/** What a run can show. */
export const viewNames = ['tui', 'plain', 'json', 'none'] as const;

export type ViewName = (typeof viewNames)[number];

/** The tables that can be exported. */
export const exportTables = ['trials', 'epochs', 'stages', 'importance', 'diagnosis'] as const;

export type ExportTable = (typeof exportTables)[number];

/** The forms in which they are written. */
export const tableFormats = ['csv', 'json', 'jsonl'] as const;

export type TableFormat = (typeof tableFormats)[number];

/** The tools of others that a whole campaign can be exported to: the outlets that a config can name. */
const outletFormats = ['optuna', 'tensorboard', 'mlflow'] as const;

export const exportFormats = [...tableFormats, ...outletFormats];

const MAX_LINES = 1000;

/** Milliseconds of a time such as `30s`. Throws InvalidArgumentError for any other text. */
export function parseMilliseconds(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds !== null) return milliseconds;
  throw new InvalidArgumentError('Expected a time such as 30s, 5m or 1h.');
}

/** A number of workers, or `auto`. Throws InvalidArgumentError for any other text. */
export function parseWorkers(text: string): number | 'auto' {
  if (text === 'auto') return 'auto';
  const workers = Number(text);
  if (Number.isInteger(workers) && workers >= 1 && workers <= 1024) return workers;
  throw new InvalidArgumentError('Expected a whole number from 1 to 1024, or auto.');
}

/** Reads a whole number within bounds. The function throws InvalidArgumentError for any other text. */
export function parseCount(min: number, max: number): (text: string) => number {
  return (text) => {
    const count = Number(text);
    if (Number.isInteger(count) && count >= min && count <= max) return count;
    throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
  };
}

/**
 * Lines to skip: `2` means the first two, and `[1,3]` or `1,3` these lines, counted from 1. Throws
 * InvalidArgumentError for any other text.
 */
export function parseLines(text: string): number[] {
  const inner = /^\[([^[\]]*)\]$/.exec(text)?.[1];
  const lines = (inner ?? text).split(',').map(Number);
  const isCount = inner === undefined && lines.length === 1;
  const [count = Number.NaN] = lines;
  if (isCount && Number.isInteger(count) && count >= 0 && count <= MAX_LINES)
    return Array.from({ length: count }, (_, i) => i + 1);
  if (!isCount && lines.every((line) => Number.isInteger(line) && line >= 1)) return lines;
  throw new InvalidArgumentError(
    `Expected the number of lines above the table, from 0 to ${MAX_LINES}, or lines such as [1,3,40].`,
  );
}

/** A TCP port. Throws InvalidArgumentError for any other text. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError('Expected a port from 1 to 65535.');
}
