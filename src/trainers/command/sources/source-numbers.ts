import type { SourceOptions } from '../../../execution/command-options.js';
import { TrialFailure } from '../../../execution/trial-errors.js';
import { quote } from '../../../text/quote.js';
import { excerpt, type Numbers } from '../reading/report-line.js';

/** What one record of a source says. */
export interface SourceRecord {
  /** As it was given; undefined if it was not. */
  readonly epoch: number | undefined;
  /** Whether it was measured at step 0, before any training; left out if not. */
  readonly isStart?: true;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Takes the epoch and the metrics out of a record. Throws TrialFailure if one of them is no number. */
export function recordOf(numbers: Numbers, options: SourceOptions): SourceRecord {
  const { name: epochName, per } = options.epoch ?? { name: 'epoch', per: 1 };
  const given = Object.hasOwn(numbers, epochName) ? numberOf(epochName, numbers[epochName]) : undefined;
  const epoch = given === undefined || per === 1 ? given : Math.max(1, wholeEpoch(given / per));
  const metrics: [string, number][] = [];
  if (options.metrics === undefined) {
    for (const [name, value] of Object.entries(numbers))
      if (name !== epochName && name !== 'epoch') metrics.push([name, numberOf(name, value)]);
  } else {
    for (const [name, inSource] of Object.entries(options.metrics))
      if (Object.hasOwn(numbers, inSource)) metrics.push([name, numberOf(inSource, numbers[inSource])]);
  }
  const isStart = given === 0 && per !== 1;
  return { epoch, ...(isStart && { isStart }), metrics: Object.fromEntries(metrics) };
}

/** Rounding errors of a division must not make an epoch of their own. */
const TOLERANCE = 1e-6;

/** The epoch in which a share of an epoch lies: 0.5 is in epoch 1, and so is 1. */
export function wholeEpoch(epoch: number): number {
  return Math.ceil(epoch - TOLERANCE);
}

function numberOf(name: string, value: unknown): number {
  if (typeof value === 'number') return value;
  const found = excerpt(JSON.stringify(value) ?? String(value));
  throw new TrialFailure(
    'bad-report',
    `The command reported ${found} as ${quote(name)}, which is no number.`,
  );
}
