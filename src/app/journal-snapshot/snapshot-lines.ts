import type { Campaign } from '../../campaign/campaign.js';
import type { Finding } from '../../campaign/finding.js';
import type { Trial, TrialKey } from '../../campaign/trial.js';
import type { AttemptFailure, Timing } from '../../views/model/timing.js';
import { numbersToBase64 } from './packed-numbers.js';

/** Trials or attempts in a line: few enough that formatting a line keeps nobody waiting. */
const ITEMS_PER_LINE = 500;

/** The part of a snapshot that is not a list of trials or attempts. Trials are given by their places in the table. */
export type SnapshotFrame = Pick<Campaign, 'facts' | 'conclusion'> & {
  readonly trials: number;
  readonly attempts: number;
  readonly asked: readonly number[];
  readonly findings: readonly Finding[];
  readonly batches: readonly {
    readonly stage: string;
    readonly because: string;
    readonly findings: readonly Finding[];
    readonly trials: readonly number[];
    readonly speculative: readonly number[];
  }[];
  readonly timing: Pick<
    Timing,
    'started' | 'resumed' | 'before' | 'workers' | 'lasting' | 'last' | 'concluded'
  > & {
    readonly open: readonly (readonly [trial: number, attempt: number])[];
    readonly attemptFailures: readonly AttemptFailure[];
    readonly failures: readonly AttemptFailure[];
  };
};

/**
 * A trial: its key, spec, stage, number and attempts, its state, and its reports: their numbers as base64, in the order
 * of `Reports.numbers`; or objects, if the reports differ in their metrics.
 */
export type SnapshotTrial = readonly [
  key: string,
  spec: unknown,
  stage: string,
  number: number | null,
  attempts: number,
  state: object,
  names: readonly string[] | null,
  reports: string | readonly unknown[],
];

/** An attempt, with its trial given by its place. */
export type SnapshotAttempt = readonly [
  trial: number,
  attempt: number,
  worker: number,
  started: number,
  ended: number | null,
  how: string | null,
];

/** The lines of a snapshot after its head, each without its newline: the frame, then trials, then attempts. */
export function* snapshotLines(campaign: Campaign, timing: Timing): Generator<string> {
  const places = new Map<TrialKey, number>();
  for (const { key } of campaign.trials.values()) places.set(key, places.size);
  const placeOf = (key: TrialKey): number => places.get(key) ?? -1;
  yield JSON.stringify(frameOf(campaign, timing, placeOf));
  yield* inLines(campaign.trials.values(), trialFields);
  yield* inLines(
    timing.attempts,
    ({ trial, attempt, worker, started, ended, how }): SnapshotAttempt => [
      placeOf(trial),
      attempt,
      worker,
      started,
      ended,
      how,
    ],
  );
}

function frameOf(
  { facts, conclusion, trials, asked, findings, batches }: Campaign,
  timing: Timing,
  placeOf: (key: TrialKey) => number,
): SnapshotFrame {
  const { started, resumed, before, workers, lasting, last, concluded } = timing;
  return {
    facts,
    conclusion,
    trials: trials.size,
    attempts: timing.attempts.size,
    asked: asked.toArray().map(placeOf),
    findings: findings.toArray(),
    batches: batches.toArray().map((batch) => ({
      stage: batch.stage,
      because: batch.because,
      findings: batch.findings,
      trials: batch.trials.map(placeOf),
      speculative: batch.speculative.map(placeOf),
    })),
    timing: {
      ...{ started, resumed, before, workers, lasting, last, concluded },
      open: [...timing.open].map(([key, attempt]) => [placeOf(key), attempt] as const),
      attemptFailures: timing.attemptFailures.toArray(),
      failures: timing.failures.valueSeq().toArray(),
    },
  };
}

function trialFields({ key, spec, stage, number, attempts, reports, ...state }: Trial): SnapshotTrial {
  const numbers = reports.numbers();
  return numbers === null
    ? [key, spec, stage, number, attempts, state, null, reports.toArray()]
    : [key, spec, stage, number, attempts, state, numbers.names, numbersToBase64(numbers.values)];
}

function* inLines<Item>(
  items: Iterable<Item>,
  fields: (item: Item) => readonly unknown[],
): Generator<string> {
  let line: (readonly unknown[])[] = [];
  for (const item of items) {
    line.push(fields(item));
    if (line.length < ITEMS_PER_LINE) continue;
    yield JSON.stringify(line);
    line = [];
  }
  if (line.length > 0) yield JSON.stringify(line);
}
