import { LOST_AFTER_MILLISECONDS } from '../limits.js';
import type { ToDriver } from '../remote-message.js';

type Beat = Extract<ToDriver, { type: 'beat' }>;

/** A worker as the driver knows it. */
export interface KnownWorker {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly slots: number;
  /** `draining`: finishes its trials and takes no more. `lost`: gives no sign of life. */
  readonly state: 'working' | 'draining' | 'left' | 'lost';
  /** The jobs that it runs, or ran when it was lost. */
  readonly jobs: readonly string[];
}

/** Workers that have left or were lost, of which the driver remembers the last ones. */
const MAX_GONE = 100;

/** The workers of a queue, by their signs of life. */
export class WorkerRoster {
  readonly #workers = new Map<string, KnownWorker & { readonly heardAt: number }>();

  /** Slots of all workers that take trials. */
  get slots(): number {
    let slots = 0;
    for (const worker of this.#workers.values()) if (worker.state === 'working') slots += worker.slots;
    return slots;
  }

  get workers(): readonly KnownWorker[] {
    return [...this.#workers.values()].map(({ heardAt: _, ...worker }) => worker);
  }

  hear({ worker: id, host, pid, slots, isDraining, jobs }: Beat, now: number): void {
    const state = isDraining ? 'draining' : 'working';
    this.#workers.set(id, { id, host, pid, slots, state, jobs, heardAt: now });
  }

  leave(id: string): void {
    const worker = this.#workers.get(id);
    if (worker !== undefined) this.#workers.set(id, { ...worker, state: 'left', jobs: [] });
    this.#forget();
  }

  /** Marks workers as lost from which nothing was heard for a while. Returns them. */
  sweep(now: number): readonly KnownWorker[] {
    const lost: KnownWorker[] = [];
    for (const [id, worker] of this.#workers) {
      const isHere = worker.state === 'working' || worker.state === 'draining';
      if (!isHere || now - worker.heardAt < LOST_AFTER_MILLISECONDS) continue;
      const gone = { ...worker, state: 'lost' as const };
      this.#workers.set(id, gone);
      lost.push(gone);
    }
    if (lost.length > 0) this.#forget();
    return lost;
  }

  /** Treats every worker as just heard: the driver itself was cut off. */
  excuse(now: number): void {
    for (const [id, worker] of this.#workers) this.#workers.set(id, { ...worker, heardAt: now });
  }

  #forget(): void {
    const gone = [...this.#workers.values()].filter(({ state }) => state === 'left' || state === 'lost');
    for (const { id } of gone.slice(0, Math.max(0, gone.length - MAX_GONE))) this.#workers.delete(id);
  }
}
