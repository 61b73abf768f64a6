import { List, OrderedMap, Map as PersistentMap } from 'immutable';
import type { Campaign } from '../../campaign/campaign.js';
import type { Report } from '../../campaign/report.js';
import { Reports } from '../../campaign/tables/reports.js';
import { Trials } from '../../campaign/tables/trials.js';
import type { Trial, TrialKey } from '../../campaign/trial.js';
import type { AttemptEnd, TimedAttempt } from '../../views/model/attempts/timed-attempt.js';
import { TimedAttempts } from '../../views/model/attempts/timed-attempts.js';
import type { Timing } from '../../views/model/timing.js';
import type { CampaignState } from './campaign-state.js';
import { numbersFromBase64 } from './packed-numbers.js';
import type { SnapshotAttempt, SnapshotFrame, SnapshotTrial } from './snapshot-lines.js';

/**
 * The campaign of the lines that `snapshotLines` gave. The caller has checked that they are these lines, so their form
 * is not checked again.
 */
export function restoreCampaign(lines: Iterator<string>): CampaignState {
  const next = (): unknown => JSON.parse(lines.next().value ?? 'null');
  const frame = next() as SnapshotFrame;
  const keys: TrialKey[] = [];
  const readTrials = function* (): Generator<Trial> {
    while (keys.length < frame.trials) {
      for (const fields of next() as readonly SnapshotTrial[]) {
        const trial = restoreTrial(fields);
        keys.push(trial.key);
        yield trial;
      }
    }
  };
  const keyAt = (place: number): TrialKey => keys[place] ?? fail();
  const readAttempts = function* (): Generator<TimedAttempt> {
    for (let count = 0; count < frame.attempts; ) {
      for (const [trial, attempt, worker, started, ended, how] of next() as readonly SnapshotAttempt[]) {
        yield { trial: keyAt(trial), attempt, worker, started, ended, how: how as AttemptEnd | null };
        count += 1;
      }
    }
  };
  // In the order of the lines.
  const trials = Trials.of(readTrials());
  const attempts = TimedAttempts.of(readAttempts());
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
      frame.batches.map((batch) => ({
        ...batch,
        trials: batch.trials.map(keyAt),
        speculative: batch.speculative.map(keyAt),
      })),
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

function restoreTrial([key, spec, stage, number, attempts, state, names, reports]: SnapshotTrial): Trial {
  const all =
    names === null
      ? Reports.of(reports as readonly Report[])
      : Reports.fromNumbers(names, numbersFromBase64(reports as string));
  return { key, spec, stage, number, attempts, reports: all, ...state } as Trial;
}

function fail(): never {
  throw new RangeError('a snapshot names a trial that it does not hold');
}
