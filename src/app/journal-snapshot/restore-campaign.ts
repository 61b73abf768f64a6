import { List, OrderedMap, Map as PersistentMap } from 'immutable';
import type { Campaign } from '../../campaign/campaign.js';
import type { Report } from '../../campaign/report.js';
import { Reports } from '../../campaign/tables/reports.js';
import type { ColumnsChunk } from '../../campaign/tables/trial-columns.js';
import { Trials, type TrialsChunk } from '../../campaign/tables/trials.js';
import type { Trial, TrialKey } from '../../campaign/trial.js';
import type { AttemptsChunk } from '../../views/model/attempts/attempt-columns.js';
import { TimedAttempts } from '../../views/model/attempts/timed-attempts.js';
import type { Timing } from '../../views/model/timing.js';
import type { CampaignState } from './campaign-state.js';
import { bytesFromBase64, numbersFromBase64 } from './packed-numbers.js';
import type { SnapshotAttempts, SnapshotFrame, SnapshotTrial, SnapshotTrials } from './snapshot-lines.js';

/**
 * The campaign of the lines that `snapshotLines` gave. The caller has checked that they are these lines, so their form
 * is not checked again.
 */
export function restoreCampaign(lines: Iterator<string>): CampaignState {
  const next = (): unknown => JSON.parse(lines.next().value ?? 'null');
  const frame = next() as SnapshotFrame;
  const keys: TrialKey[] = [];
  const readTrials = function* (): Generator<TrialsChunk> {
    while (keys.length < frame.trials) {
      for (const fields of next() as readonly SnapshotTrials[]) {
        const chunk = restoreChunk(fields);
        keys.push(...chunk.keys);
        yield chunk;
      }
    }
  };
  const readAttempts = function* (): Generator<AttemptsChunk> {
    for (let count = 0; count < frame.attempts.size; ) {
      for (const [trials, numbers, seconds] of next() as readonly SnapshotAttempts[]) {
        const rows = new Int32Array(bytesFromBase64(numbers));
        const times = new Float64Array(bytesFromBase64(seconds));
        yield { keys: new Uint8Array(bytesFromBase64(trials)), rows, times };
        count += times.length / 2;
      }
    }
  };
  const keyAt = (place: number): TrialKey => keys[place] ?? fail();
  // In the order of the lines.
  const trials = Trials.fromChunks(frame.texts, frame.trials, readTrials());
  const attempts = TimedAttempts.fromChunks(frame.attempts, readAttempts());
  return { campaign: campaignOf(frame, trials, keyAt), timing: timingOf(frame, attempts, keyAt) };
}

function campaignOf(frame: SnapshotFrame, trials: Trials, keyAt: (place: number) => TrialKey): Campaign {
  const { facts, conclusion } = frame;
  return {
    facts,
    conclusion,
    trials,
    asked: List(frame.asked.map(keyAt)),
    findings: List(frame.findings),
    batches: List(
      frame.plans.flatMap(({ stage, because, findings, batches }) =>
        batches.map(([asked, speculative], i) => ({
          stage,
          because,
          findings: i === 0 ? findings : [],
          trials: asked.map(keyAt),
          speculative: speculative.map(keyAt),
        })),
      ),
    ),
  };
}

function timingOf(
  { timing }: SnapshotFrame,
  attempts: TimedAttempts,
  keyAt: (place: number) => TrialKey,
): Timing {
  return {
    ...timing,
    attempts,
    open: PersistentMap(timing.open.map(([place, attempt]) => [keyAt(place), attempt] as const)),
    attemptFailures: List(timing.attemptFailures),
    failures: OrderedMap(timing.failures.map((failure) => [failure.trial, failure] as const)),
  };
}

function restoreChunk([keys, cells, parameters, rows, reports, extras]: SnapshotTrials): TrialsChunk {
  return {
    keys: keys as readonly TrialKey[],
    cells: cells.map((cell, at) =>
      cell === 0 ? 'waiting' : cell === 1 ? 'finished' : restoreTrial(keys[at] as TrialKey, cell),
    ),
    parameters: parameters as ColumnsChunk['parameters'],
    rows: new Int32Array(bytesFromBase64(rows)),
    reports: numbersFromBase64(reports),
    extras: extras as ColumnsChunk['extras'],
  };
}

function restoreTrial(
  key: TrialKey,
  [spec, stage, number, attempts, state, names, reports]: SnapshotTrial,
): Trial {
  const all =
    names === null
      ? Reports.of(reports as readonly Report[])
      : Reports.fromNumbers(names, Array.from(numbersFromBase64(reports as string)));
  return { key, spec, stage, number, attempts, reports: all, ...state } as Trial;
}

function fail(): never {
  throw new RangeError('a snapshot names a trial that it does not hold');
}
