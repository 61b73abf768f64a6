import type { TrialKey } from '../../../campaign/trial.js';
import type { AttemptFailure, Timing } from '../timing.js';
import type { TimedAttempt } from './timed-attempt.js';
import type { TimedAttempts } from './timed-attempts.js';

/** An attempt at a trial, and what is known of its end. */
export interface AttemptOfTrial extends TimedAttempt {
  /** Why another attempt follows, or why the trial failed; null if neither is so. */
  readonly message: string | null;
}

const known = new WeakMap<TimedAttempts, Map<TrialKey, readonly TimedAttempt[]>>();

/** The attempts at a trial, in their order. Looks through all attempts only when one has begun or ended. */
export function attemptsOf(timing: Timing, trial: TrialKey): readonly AttemptOfTrial[] {
  const cached = known.get(timing.attempts) ?? new Map<TrialKey, readonly TimedAttempt[]>();
  known.set(timing.attempts, cached);
  const attempts = cached.get(trial) ?? timing.attempts.toArray().filter((one) => one.trial === trial);
  cached.set(trial, attempts);
  return attempts.map((attempt) => ({ ...attempt, message: messageOf(timing, attempt) }));
}

function messageOf({ attemptFailures, failures }: Timing, { trial, attempt }: TimedAttempt): string | null {
  const isOf = (failure: AttemptFailure): boolean => failure.trial === trial && failure.attempt === attempt;
  const last = failures.get(trial);
  if (last !== undefined && isOf(last)) return last.message;
  return attemptFailures.findLast(isOf)?.message ?? null;
}
