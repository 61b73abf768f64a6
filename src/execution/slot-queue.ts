import PQueue from 'p-queue';
import type { Executor } from './executor.js';

/** How work waits for a slot. */
export interface Turn {
  /** Names the work for `prioritize`. */
  readonly id?: string;
  /** Work of a higher priority comes first, earlier work before later work of the same priority. */
  readonly priority?: number;
}

/**
 * Lets work wait for a slot of an executor. It follows changes of the number of slots, and it can be paused.
 */
export class SlotQueue implements Disposable {
  readonly #queue: PQueue;
  readonly #release: () => void;
  #isHeld = false;
  #isOpen = false;

  constructor(private readonly executor: Pick<Executor, 'slots' | 'onSlotsChange'>) {
    this.#queue = new PQueue({ concurrency: Math.max(1, executor.slots) });
    this.#release = executor.onSlotsChange?.(() => this.#steer()) ?? (() => {});
    this.#steer();
  }

  /** Runs the work once a slot is free. */
  add<Result>(work: () => Promise<Result>, turn: Turn = {}): Promise<Result> {
    return this.#queue.add(work, turn);
  }

  /** Changes the priority of waiting work. */
  prioritize(id: string, priority: number): void {
    this.#queue.setPriority(id, priority);
  }

  /** Starts no work from now on, or starts work again. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#steer();
  }

  /** Starts all waiting work, even without slots. The work must know by itself that it may no longer begin. */
  flush(): void {
    this.#isOpen = true;
    this.#steer();
  }

  [Symbol.dispose](): void {
    this.#release();
  }

  #steer(): void {
    const { slots } = this.executor;
    if (slots > 0) this.#queue.concurrency = slots;
    const isStopped = this.#isHeld || slots === 0;
    if (isStopped && !this.#isOpen) this.#queue.pause();
    else this.#queue.start();
  }
}
