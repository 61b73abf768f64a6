import type { VirtualClock } from './virtual-clock.js';

/** A count that changes, with its mean and its maximum over time. */
export class CountOverTime {
  max = 0;
  #count = 0;
  #since = 0;
  /** The count, summed over the seconds so far. */
  #sum = 0;

  constructor(private readonly clock: VirtualClock) {}

  add(change: number): void {
    this.set(this.#count + change);
  }

  set(count: number): void {
    this.#sum = this.total;
    this.#since = this.clock.now;
    this.#count = count;
    this.max = Math.max(this.max, count);
  }

  /** The count times the seconds for which it held. */
  get total(): number {
    return this.#sum + this.#count * (this.clock.now - this.#since);
  }
}
