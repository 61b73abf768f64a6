import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { Outcome } from '../../campaign/outcome.js';
import type { TrialSpec } from '../../campaign/trial.js';
import type { Executor, RunOptions } from '../executor.js';
import { MemoryRetreat } from '../memory-retreat.js';
import { Slots } from '../slots.js';

/**
 * A pool of threads that is replaced by a smaller one if memory runs out. Only new threads surely hold nothing of the
 * trials before: a thread that waits for its next trial collects no garbage.
 */
export class RenewedPools implements Executor {
  readonly #slots: Slots;
  readonly #retreat: MemoryRetreat;
  #pool: Executor;
  #running = new Set<Promise<Outcome>>();
  #renewal: Promise<void> | null = null;
  #disposal: Promise<void> | null = null;

  constructor(
    slots: number,
    private readonly createPool: (slots: number) => Executor,
  ) {
    this.#slots = new Slots(slots);
    this.#retreat = new MemoryRetreat(this.#slots, () => {
      this.#renewal = Promise.resolve(this.#renewal).then(() => this.#renew());
    });
    this.#pool = createPool(slots);
  }

  get slots(): number {
    return this.#slots.count;
  }

  onSlotsChange(listener: () => void): () => void {
    return this.#slots.onChange(listener);
  }

  async run(spec: TrialSpec, options: RunOptions): Promise<Outcome> {
    if (this.#disposal !== null) {
      throw new FitfirstError('EXECUTOR_BROKEN', 'The pool of worker threads has been closed.');
    }
    if (options.signal.aborted) return { kind: 'stopped' };
    return await this.#slots.use(() => this.#retreat.watch(() => this.#runInPool(spec, options)));
  }

  async #runInPool(spec: TrialSpec, options: RunOptions): Promise<Outcome> {
    if (this.#renewal !== null) await this.#renewal;
    if (options.signal.aborted || this.#disposal !== null) return { kind: 'stopped' };
    const running = this.#pool.run(spec, options);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Trials that run keep their threads to their end. */
  async #renew(): Promise<void> {
    await Promise.allSettled([...this.#running]);
    await this.#pool[Symbol.asyncDispose]();
    if (this.#disposal === null) this.#pool = this.createPool(this.#slots.count);
  }

  /** Ends all threads. Trials that still run are `stopped`. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  async #dispose(): Promise<void> {
    await this.#pool[Symbol.asyncDispose]();
    await this.#renewal;
  }
}
