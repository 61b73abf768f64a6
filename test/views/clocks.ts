import type { Clock } from '../../src/views/throttled-source.js';

/** A clock on which time passes only when a test says so. */
export class ManualClock implements Clock {
  #now = Date.UTC(2026, 0, 2);
  readonly #waiting = new Set<{ readonly at: number; readonly callback: () => void }>();

  now = (): number => this.#now;

  after(milliseconds: number, callback: () => void): () => void {
    const alarm = { at: this.#now + milliseconds, callback };
    this.#waiting.add(alarm);
    return () => this.#waiting.delete(alarm);
  }

  /** Lets time pass; what was to be called back in between is, in its order. */
  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const due = [...this.#waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#now = due.at;
      this.#waiting.delete(due);
      due.callback();
    }
    this.#now = end;
  }

  get waiting(): number {
    return this.#waiting.size;
  }
}
