import { setTimeout as pause } from 'node:timers/promises';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import type { Outcome } from '../campaign/outcome.js';
import type { TrialKey } from '../campaign/trial.js';
import type { Store } from './store.js';

/** What a run does about trials that fail. */
export interface FailureLimits {
  /**
   * Further attempts at a trial whose program was ended by a signal, or exits with a message that is new in this run.
   */
  readonly retries: number;
  /** Milliseconds before the first further attempt. The pause doubles for each next one. */
  readonly backoff: number;
  /** How many trials in a row may fail before the run ends. */
  readonly maxInARow: number;
}

export const DEFAULT_FAILURE_LIMITS: FailureLimits = { retries: 1, backoff: 1_000, maxInARow: 10 };

type Failed = Extract<Outcome, { kind: 'failed' }>;

/** The failures of one run: which trials get another attempt, and when there are too many failures. */
export class RetryPolicy {
  readonly #seen = new Set<string>();
  #inARow: TrialKey[] = [];
  #tooMany = false;

  constructor(
    private readonly store: Store,
    private readonly undecided: () => readonly TrialKey[],
    private readonly limits: FailureLimits = DEFAULT_FAILURE_LIMITS,
  ) {}

  /**
   * Whether another attempt may succeed. A program that exits with a message seen before has a bug, not bad luck. One
   * that ran out of time or memory, or sent reports that make no sense, would do so again.
   */
  isRetryable(failed: Failed, retries: number): boolean {
    if (retries >= this.limits.retries) return false;
    switch (failed.code) {
      case 'signal':
        return true;
      case 'exit': {
        const [words = ''] = failed.message.split('\n', 1);
        const isNew = !this.#seen.has(words);
        this.#seen.add(words);
        return isNew;
      }
      case 'error':
      case 'crash':
      case 'timeout':
      case 'memory':
      case 'no-metric':
      case 'bad-report':
        return false;
      default:
        return failed.code satisfies never;
    }
  }

  /** Resolves when the next attempt may start, or at once when the run ends. */
  async wait(retries: number, signal: AbortSignal): Promise<void> {
    const milliseconds = this.limits.backoff * (1 << retries);
    await pause(milliseconds, undefined, { signal }).catch(() => {}); // the caller checks the signal
  }

  /**
   * Counts how a trial ended that the method asked for. Throws TRIALS_FAILED if too many failed in a row. Those of
   * them that no decision rests on yet are reopened, so that the next run starts them over.
   */
  async count(key: TrialKey, outcome: Outcome): Promise<void> {
    if (outcome.kind === 'finished' || outcome.kind === 'diverged') this.#inARow = [];
    if (outcome.kind !== 'failed') return;
    this.#inARow.push(key);
    // Trials that were running when the limit was reached are reopened too.
    this.#tooMany ||= this.#inARow.length >= this.limits.maxInARow;
    if (!this.#tooMany) return;
    const undecided = this.undecided();
    for (const trial of this.#inARow.splice(0).filter((one) => undecided.includes(one)))
      await this.store.commit({ type: 'trial-reopened', trial });
    throw new FitfirstError(
      'TRIALS_FAILED',
      `${this.limits.maxInARow} trials failed in a row, which is the limit (max_failures). The last one:\n\n` +
        `${outcome.message}\n\n` +
        'Fix the problem and run the same command again: the campaign resumes here.',
    );
  }
}
