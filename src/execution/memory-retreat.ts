import type { Outcome } from '../campaign/outcome.js';
import type { Slots } from './slots.js';

interface Run {
  /** How many trials could run at once when it began. */
  readonly slots: number;
  hadCompany: boolean;
}

/**
 * Lowers the number of slots if a trial could not get memory. The lack is the machine's, so the trial is lost and can
 * be tried again with fewer trials at the same time, unless no other trial shared the memory with it twice in a row.
 */
export class MemoryRetreat {
  readonly #runs = new Set<Run>();
  /** Whether a shortage of a trial that ran alone was answered already, and no trial has had its memory since. */
  #isAnswered = false;

  /** `onRetreat` is called after a shortage: it gives back what ended trials still hold. */
  constructor(
    private readonly slots: Slots,
    private readonly onRetreat: () => void = () => {},
  ) {}

  /** Runs a trial; a shortage in its outcome then says whether the trial had the memory for itself. */
  async watch(train: () => Promise<Outcome>): Promise<Outcome> {
    const run: Run = { slots: this.slots.count, hadCompany: this.#runs.size > 0 };
    for (const other of this.#runs) other.hadCompany = true;
    this.#runs.add(run);
    try {
      const outcome = await train();
      if (outcome.kind !== 'lost' || outcome.shortage === undefined) {
        this.#isAnswered = false;
        return outcome;
      }
      const wasAlone = !run.hadCompany && this.#isAnswered;
      if (run.hadCompany) this.#retreat(run);
      else if (!wasAlone) this.#tryOnceMore();
      return { ...outcome, shortage: { ...outcome.shortage, wasAlone } };
    } finally {
      this.#runs.delete(run);
    }
  }

  /** Memory of trials that have ended may not be collected yet, so a trial that ran alone is tried once more. */
  #tryOnceMore(): void {
    this.#isAnswered = true;
    this.onRetreat();
  }

  /** Trials that began together count once, however many of them fail. */
  #retreat(run: Run): void {
    const count = Math.max(1, Math.floor(run.slots / 2));
    if (count >= this.slots.count) return;
    this.slots.count = count;
    this.onRetreat();
  }
}
