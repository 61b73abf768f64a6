import type { Campaign, PlannedBatch } from '../../campaign/campaign.js';
import { continuesPlan } from '../../campaign/campaign.js';
import type { Finding } from '../../campaign/finding.js';
import type { ColumnsTexts } from '../../campaign/tables/trial-columns.js';
import type { TrialsChunk } from '../../campaign/tables/trials.js';
import type { Trial, TrialKey } from '../../campaign/trial.js';
import type { AttemptsChunk } from '../../views/model/attempts/attempt-columns.js';
import type { AttemptsFrame } from '../../views/model/attempts/timed-attempts.js';
import type { AttemptFailure, Timing } from '../../views/model/timing.js';
import { bytesToBase64, numbersToBase64 } from './packed-numbers.js';

/** Chunks in a line: few enough that formatting a line keeps nobody waiting. */
const CHUNKS_PER_LINE = 4;

/** Batches with one reason, of which only the first has findings. Trials are given by their places in the table. */
export interface SnapshotPlan {
  readonly stage: string;
  readonly because: string;
  readonly findings: readonly Finding[];
  readonly batches: (readonly [trials: readonly number[], speculative: readonly number[]])[];
}

/** The part of a snapshot that is not a list of trials or attempts. */
export type SnapshotFrame = Pick<Campaign, 'facts' | 'conclusion'> & {
  readonly trials: number;
  readonly texts: ColumnsTexts;
  readonly attempts: AttemptsFrame;
  readonly asked: readonly number[];
  readonly findings: readonly Finding[];
  readonly plans: readonly SnapshotPlan[];
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
 * A trial that is not in columns: its spec, stage, number and attempts, its state, and its reports: their numbers as
 * base64, in the order of `Reports.numbers`; or objects, if the reports differ in their metrics.
 */
export type SnapshotTrial = readonly [
  spec: unknown,
  stage: string,
  number: number | null,
  attempts: number,
  state: object,
  names: readonly string[] | null,
  reports: string | readonly unknown[],
];

/** A chunk of trials. A cell is 0 for one that waits in the columns, 1 for one that finished there, or the trial. */
export type SnapshotTrials = readonly [
  keys: readonly string[],
  cells: readonly (0 | 1 | SnapshotTrial)[],
  parameters: readonly unknown[],
  rows: string,
  reports: string,
  extras: readonly unknown[],
];

/** A chunk of attempts. */
export type SnapshotAttempts = readonly [keys: string, rows: string, times: string];

/** The lines of a snapshot after its head, each without its newline: the frame, then trials, then attempts. */
export function* snapshotLines(campaign: Campaign, timing: Timing): Generator<string> {
  const places = new Map<TrialKey, number>();
  for (const key of campaign.trials.keys()) places.set(key, places.size);
  const placeOf = (key: TrialKey): number => places.get(key) ?? -1;
  yield JSON.stringify(frameOf(campaign, timing, placeOf));
  yield* inLines(campaign.trials.chunks(), trialsFields);
  yield* inLines(timing.attempts.chunks(), attemptsFields);
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
    texts: trials.texts,
    attempts: timing.attempts.frame,
    asked: asked.toArray().map(placeOf),
    findings: findings.toArray(),
    plans: plansOf(batches, placeOf),
    timing: {
      ...{ started, resumed, before, workers, lasting, last, concluded },
      open: [...timing.open].map(([key, attempt]) => [placeOf(key), attempt] as const),
      attemptFailures: timing.attemptFailures.toArray(),
      failures: timing.failures.valueSeq().toArray(),
    },
  };
}

function plansOf(batches: Iterable<PlannedBatch>, placeOf: (key: TrialKey) => number): SnapshotPlan[] {
  const plans: SnapshotPlan[] = [];
  let before: PlannedBatch | undefined;
  for (const batch of batches) {
    const { stage, because, findings } = batch;
    if (!continuesPlan(before, batch)) plans.push({ stage, because, findings, batches: [] });
    plans.at(-1)?.batches.push([batch.trials.map(placeOf), batch.speculative.map(placeOf)]);
    before = batch;
  }
  return plans;
}

function trialsFields({ keys, cells, parameters, rows, reports, extras }: TrialsChunk): SnapshotTrials {
  const fields = cells.map((cell) => (cell === 'waiting' ? 0 : cell === 'finished' ? 1 : trialFields(cell)));
  return [keys, fields, parameters, bytesToBase64(rows), numbersToBase64(reports), extras];
}

function trialFields({ key: _, spec, stage, number, attempts, reports, ...state }: Trial): SnapshotTrial {
  const numbers = reports.numbers();
  return numbers === null
    ? [spec, stage, number, attempts, state, null, reports.toArray()]
    : [spec, stage, number, attempts, state, numbers.names, numbersToBase64(numbers.values)];
}

function attemptsFields({ keys, rows, times }: AttemptsChunk): SnapshotAttempts {
  return [bytesToBase64(keys), bytesToBase64(rows), bytesToBase64(times)];
}

function* inLines<Chunk>(
  chunks: Iterable<Chunk>,
  fields: (chunk: Chunk) => readonly unknown[],
): Generator<string> {
  let line: (readonly unknown[])[] = [];
  for (const chunk of chunks) {
    line.push(fields(chunk));
    if (line.length < CHUNKS_PER_LINE) continue;
    yield JSON.stringify(line);
    line = [];
  }
  if (line.length > 0) yield JSON.stringify(line);
}
