import type { VirtualClock } from './virtual-clock.js';

/** Seconds of the driver's processor for what it does. `npm run simulate:scale -- --measure` prints them. */
export interface DriverCosts {
  /** A trial with one report: its job, its start, its result, and what the method and the journal do about it. */
  readonly trial: number;
  /** Each further report. */
  readonly report: number;
  /** A second of a worker that trains: its sign of life, and the look at its job. */
  readonly beat: number;
}

/** The driver as a process that does one thing after the other. What comes meanwhile waits in its inbox. */
export class BusyDriver {
  /** Messages that wait, at most. */
  maxInbox = 0;
  #busySeconds = 0;
  #freeAt = 0;
  #inbox = 0;

  constructor(private readonly clock: VirtualClock) {}

  /** The share of the time that it was busy. */
  load(seconds: number): number {
    return this.#busySeconds / seconds;
  }

  /** Does something that takes a while, after everything that came before. */
  handle(seconds: number, action: () => void): void {
    const { now } = this.clock;
    this.#inbox += 1;
    this.maxInbox = Math.max(this.maxInbox, this.#inbox);
    this.#freeAt = Math.max(now, this.#freeAt) + seconds;
    this.#busySeconds += seconds;
    this.clock.at(this.#freeAt, () => {
      this.#inbox -= 1;
      action();
    });
  }
}
