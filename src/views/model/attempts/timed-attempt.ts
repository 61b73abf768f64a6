import type { FinishReason } from '../../../campaign/outcome.js';
import type { TrialKey } from '../../../campaign/trial.js';

/** How an attempt ended. */
export type AttemptEnd = FinishReason | 'diverged' | 'failed' | 'stopped' | 'lost';

/** One try at a trial. Times are milliseconds since 1970. */
export interface TimedAttempt {
  readonly trial: TrialKey;
  /** 1 for the first. */
  readonly attempt: number;
  /** The lowest place, from 1, that no other running attempt held when it started. */
  readonly worker: number;
  readonly started: number;
  readonly ended: number | null;
  readonly how: AttemptEnd | null;
}
