import type { Report } from '../../campaign/report.js';

/** Reports within this time are sent together. */
const INTERVAL_IN_MILLISECONDS = 25;
/** This many reports are sent at once, without waiting. */
const MAX_IN_ONE_BATCH = 256;

/**
 * Puts reports in quick succession into one message, so that a trainer with epochs of microseconds does not flood the
 * listening thread. The first report, and one after a pause, is sent at once. A report that is held back is sent with
 * the next one or by a timer, whichever is first.
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

  /** Returns the reports that are held back. The caller sends them. */
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
