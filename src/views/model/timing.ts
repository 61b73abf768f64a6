import { List, OrderedMap, Map as PersistentMap } from 'immutable';
import type { StoredEntry } from '../../campaign/event.js';
import type { TrialKey } from '../../campaign/trial.js';
import type { AttemptEnd } from './attempts/timed-attempt.js';
import { TimedAttempts } from './attempts/timed-attempts.js';

/** An attempt after which its trial waits for another one. */
export interface AttemptFailure {
  readonly trial: TrialKey;
  readonly attempt: number;
  /**
   * It failed in a way that may pass; it was lost with its worker or its driver; or its trial had failed, and waits
   * again.
   */
  readonly kind: 'failed' | 'lost' | 'reopened';
  /** Why, for people; may have several lines. */
  readonly message: string;
}

/** What a campaign took: a fold over its dated events, in which no result has a part. */
export interface Timing {
  readonly started: number | null;
  /** When the driver of now took over; the start for the first. */
  readonly resumed: number | null;
  /** How long the earlier drivers ran together, in milliseconds: the nights between them do not count. */
  readonly before: number;
  /** Trials that the driver of now runs at once, as far as it has shown. */
  readonly workers: number;
  /**
   * Reports in a row with the same number of open trials; null before the first report of this driver. A trial that is
   * being stopped stays open for a moment after its successor has started, so only a lasting number shows the workers.
   */
  readonly lasting: { readonly open: number; readonly reports: number } | null;
  /** When the last event happened. */
  readonly last: number | null;
  readonly concluded: number | null;
  /** All attempts in the order in which they started. */
  readonly attempts: TimedAttempts;
  /** Places in `attempts` of those that run. */
  readonly open: PersistentMap<TrialKey, number>;
  /** In the order in which they happened. */
  readonly attemptFailures: List<AttemptFailure>;
  /** The last attempt at each trial that has failed, in the order in which they did; a trial may wait again. */
  readonly failures: OrderedMap<TrialKey, AttemptFailure>;
}

/** The timing of a campaign of which nothing has happened yet. */
export const emptyTiming: Timing = {
  started: null,
  resumed: null,
  before: 0,
  workers: 0,
  lasting: null,
  last: null,
  concluded: null,
  attempts: TimedAttempts.EMPTY,
  open: PersistentMap(),
  attemptFailures: List(),
  failures: OrderedMap(),
};

/** The timing after the event. */
export function evolveTiming(timing: Timing, { at, event }: StoredEntry): Timing {
  const time = Date.parse(at);
  if (event.type === 'trial-reported') return timeReports(timing, 1, at);
  if (event.type === 'trial-reported-epochs') return timeReports(timing, event.epochs.length, at);
  const now = { ...timing, last: time };
  switch (event.type) {
    case 'campaign-started':
      return { ...now, started: time, resumed: time };
    case 'campaign-extended':
      return { ...resumed(timing, time), concluded: null };
    case 'campaign-resumed':
      return resumed(timing, time);
    case 'trial-started':
      return started(now, event.trial, event.attempt, time);
    case 'trial-finished':
      return ended(now, event.trial, event.reason, time);
    case 'trial-diverged':
      return ended(now, event.trial, 'diverged', time);
    case 'trial-failed':
      return ended(withFailure(now, event), event.trial, 'failed', time);
    case 'attempt-failed':
      return ended(setBack(now, 'failed', event), event.trial, 'failed', time);
    case 'trial-stopped':
      return ended(now, event.trial, 'stopped', time);
    case 'attempt-lost':
      return ended(setBack(now, 'lost', event), event.trial, 'lost', time);
    case 'campaign-concluded':
      return { ...now, concluded: time };
    case 'trial-reopened':
      return reopened(now, event.trial);
    case 'batch-planned':
      return now;
    default:
      return event satisfies never;
  }
}

/** What ran when the driver before died was lost at its last word. */
function resumed(timing: Timing, time: number): Timing {
  const died = timing.last ?? time;
  const lost = timing.open.entrySeq().reduce((state, [trial, place]) => {
    const attempt = state.attempts.get(place)?.attempt ?? 1;
    const of = { trial, attempt, message: 'The run ended without a word.' };
    return ended(setBack(state, 'lost', of), trial, 'lost', died);
  }, timing);
  return {
    ...lost,
    before: timing.before + (died - (timing.resumed ?? died)),
    workers: 0,
    lasting: null,
    resumed: time,
    last: time,
  };
}

type Unlucky = Pick<AttemptFailure, 'trial' | 'attempt' | 'message'>;

/** Late words of an attempt that is over change nothing. */
function setBack(timing: Timing, kind: AttemptFailure['kind'], { trial, attempt, message }: Unlucky): Timing {
  if (!timing.open.has(trial)) return timing;
  return { ...timing, attemptFailures: timing.attemptFailures.push({ trial, attempt, kind, message }) };
}

function withFailure(timing: Timing, { trial, attempt, message }: Unlucky): Timing {
  return {
    ...timing,
    // Removed first, so that one that fails again is the last.
    failures: timing.failures.remove(trial).set(trial, { trial, attempt, kind: 'reopened', message }),
  };
}

function reopened(timing: Timing, trial: TrialKey): Timing {
  const failure = timing.failures.get(trial);
  return failure === undefined
    ? timing
    : { ...timing, attemptFailures: timing.attemptFailures.push(failure) };
}

/** The timing after reports in a row, as after one entry for each of them. `at` is the time of the last entry. */
export function timeReports(timing: Timing, count: number, at: string): Timing {
  const { lasting, open, workers } = timing;
  const reports = lasting?.open === open.size ? lasting.reports + count : count;
  const lasts = reports >= 3 * open.size;
  return {
    ...timing,
    last: Date.parse(at),
    lasting: { open: open.size, reports },
    workers: lasts ? Math.max(workers, open.size) : workers,
  };
}

function started(timing: Timing, trial: TrialKey, attempt: number, time: number): Timing {
  const taken = new Set(timing.open.valueSeq().map((place) => timing.attempts.get(place)?.worker));
  let worker = 1;
  while (taken.has(worker)) worker += 1;
  return {
    ...timing,
    workers: timing.lasting === null ? Math.max(timing.workers, worker) : timing.workers,
    attempts: timing.attempts.push({ trial, attempt, worker, started: time, ended: null, how: null }),
    open: timing.open.set(trial, timing.attempts.size),
  };
}

function ended(timing: Timing, trial: TrialKey, how: AttemptEnd, time: number): Timing {
  const place = timing.open.get(trial);
  const attempt = place === undefined ? undefined : timing.attempts.get(place);
  if (place === undefined || attempt === undefined) return timing;
  return {
    ...timing,
    // If the clock was set back meanwhile, the end is that of the start.
    attempts: timing.attempts.set(place, { ...attempt, ended: Math.max(attempt.started, time), how }),
    open: timing.open.delete(trial),
  };
}

/** Seconds that the campaign's drivers have run, up to `now` while one does, in milliseconds since 1970. */
export function elapsedSeconds(timing: Timing, now: number): number {
  if (timing.resumed === null) return 0;
  const until = timing.concluded ?? now;
  return Math.max(0, timing.before + until - timing.resumed) / 1000;
}
