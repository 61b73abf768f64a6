import type { Outcome } from '../campaign/outcome.js';
import type { Slots } from './slots.js';

interface Run {
  /** How many trials could run at once when it began. */
  readonly slots: number;
  hadCompany: boolean;
}

/**
 * Lowers the number of slots if a trial could not get memory. The lack is the machine's, so the trial is lost and can
 * be tried again with fewer trials at the same time, unless no other trial shared the memory with it.
 */
export class MemoryRetreat {
  readonly #runs = new Set<Run>();

  /** `onRetreat` is called after the number of slots was lowered. */
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
      if (outcome.kind !== 'lost' || outcome.shortage === undefined) return outcome;
      if (run.hadCompany) this.#retreat(run);
      return { ...outcome, shortage: { ...outcome.shortage, wasAlone: !run.hadCompany } };
    } finally {
      this.#runs.delete(run);
    }
  }

  /** Trials that began together count once, however many of them fail. */
  #retreat(run: Run): void {
    const count = Math.max(1, Math.floor(run.slots / 2));
    if (count >= this.slots.count) return;
    this.slots.count = count;
    this.onRetreat();
  }
}
