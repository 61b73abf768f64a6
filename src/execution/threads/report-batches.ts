import type { Report } from '../../campaign/report.js';

/** Reports that come quicker than this are sent together. */
const INTERVAL_IN_MILLISECONDS = 25;
/** More than this are sent at once, however quickly they come. */
const MAX_IN_ONE_BATCH = 256;

/**
 * Puts reports that come in quick succession into one message, so that a trainer with epochs of microseconds
 * does not flood the thread that listens. The first, and one after a quiet time, is sent at once; one that is held
 * back is sent by the next report or by a timer, whichever comes first.
 */
export class ReportBatches {
  #held: Report[] = [];
  #lastSent = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;

  constructor(private readonly send: (reports: readonly Report[]) => void) {}

  add(report: Report): void {
    this.#held.push(report);
    if (
      this.#held.length >= MAX_IN_ONE_BATCH ||
      performance.now() - this.#lastSent >= INTERVAL_IN_MILLISECONDS
    ) {
      this.#flush();
    } else {
      this.#timer ??= setTimeout(() => this.#flush(), INTERVAL_IN_MILLISECONDS);
    }
  }

  /** What is still held back, for the caller to send; nothing is sent by itself afterwards. */
  takeRest(): readonly Report[] {
    this.#clearTimer();
    const rest = this.#held;
    this.#held = [];
    return rest;
  }

  #flush(): void {
    const reports = this.takeRest();
    this.#lastSent = performance.now();
    this.send(reports);
  }

  #clearTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
