import PQueue from 'p-queue';
import type { Executor } from './executor.js';

/** How work waits for its turn. */
export interface Turn {
  /** Names the work for `prioritize`. */
  readonly id?: string;
  /** Work of a higher priority comes first, earlier work before later work of the same priority. */
  readonly priority?: number;
}

/**
 * Lets work wait for a slot of an executor. It follows the number of slots while they change, and can be held up as a
 * whole.
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

  /** Runs the work in its turn. */
  add<Result>(work: () => Promise<Result>, turn: Turn = {}): Promise<Result> {
    return this.#queue.add(work, turn);
  }

  /** Changes the priority of work that still waits. */
  prioritize(id: string, priority: number): void {
    this.#queue.setPriority(id, priority);
  }

  /** Lets nothing begin until it is called with false. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#steer();
  }

  /** Lets everything that waits have its turn, whatever slots there are: for work that knows it is not to begin. */
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
