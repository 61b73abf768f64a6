import { setTimeout as pause } from 'node:timers/promises';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import type { Outcome } from '../campaign/outcome.js';
import type { TrialKey } from '../campaign/trial.js';
import type { Store } from './store.js';

/** What a run does about trials that fail. */
export interface FailureLimits {
  /** Further attempts at a trial whose program was ended by a signal, or exits with words that were not seen before. */
  readonly retries: number;
  /** Milliseconds before the first further attempt; each next one waits twice as long. */
  readonly backoff: number;
  /** Trials that may fail in a row before the run ends. */
  readonly most: number;
}

export const usualLimits: FailureLimits = { retries: 1, backoff: 1_000, most: 10 };

type Failed = Extract<Outcome, { kind: 'failed' }>;

/** The failures of one run: which are tried again, and when there are too many. */
export class RetryPolicy {
  readonly #seen = new Set<string>();
  #inARow: TrialKey[] = [];
  #tooMany = false;

  constructor(
    private readonly store: Store,
    private readonly undecided: () => readonly TrialKey[],
    private readonly limits: FailureLimits = usualLimits,
  ) {}

  /**
   * Whether it may go better another time. A program that exits as one did before has a mistake, not bad luck; what
   * ran out of time or memory, or reported nonsense, would do so again.
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

  /** Resolves when the trial may be tried again, or at once where the run ends. */
  async wait(retries: number, signal: AbortSignal): Promise<void> {
    const milliseconds = this.limits.backoff * (1 << retries);
    await pause(milliseconds, undefined, { signal }).catch(() => {}); // whoever waits looks at the signal itself
  }

  /**
   * Counts how a trial ended that was asked for. Throws TRIALS_FAILED where too many failed in a row; those of them
   * that no decision rests on yet wait again, so that the next run tries them anew.
   */
  async count(key: TrialKey, outcome: Outcome): Promise<void> {
    if (outcome.kind === 'finished' || outcome.kind === 'diverged') this.#inARow = [];
    if (outcome.kind !== 'failed') return;
    this.#inARow.push(key);
    // What was on its way when the limit was reached is tried anew as well.
    this.#tooMany ||= this.#inARow.length >= this.limits.most;
    if (!this.#tooMany) return;
    const undecided = this.undecided();
    for (const trial of this.#inARow.splice(0).filter((one) => undecided.includes(one)))
      await this.store.commit({ type: 'trial-reopened', trial });
    throw new FitfirstError(
      'TRIALS_FAILED',
      `${this.limits.most} trials failed in a row, which is the limit (max_failures). The last one:\n\n${outcome.message}\n\n` +
        'Mend what is wrong and run the same command again: it goes on from here.',
    );
  }
}
