import type { Report } from '../../campaign/report.js';
import { MAX_OPEN_REPORTS } from '../reports/report-listener.js';

/** Reports within this time are sent together. */
const INTERVAL_IN_MILLISECONDS = 25;
/** This many reports are sent at once, without waiting. */
const MAX_IN_ONE_BATCH = 256;

/**
 * Puts reports in quick succession into one message, so that a trainer with epochs of microseconds does not flood the
 * listening thread. The first report, and one after a pause, is sent at once, unless the thread has just ended another
 * trial: trials of a few milliseconds then send all of their reports with their outcome. A report that is held back is
 * sent with the next one, or when a timer ends. The trainer waits while many reports are not yet acknowledged.
 * Otherwise they would fill the memory of the listening thread.
 */
export class ReportBatches {
  #held: Report[] = [];
  #lastSent: number;
  #timer: NodeJS.Timeout | null = null;
  /** Reports that were sent and not acknowledged. */
  #open = 0;
  #room: { readonly promise: Promise<void>; readonly resolve: () => void } | null = null;

  /** `lastSent` is when the thread has sent anything before, in milliseconds of `performance.now`. */
  constructor(
    private readonly send: (reports: readonly Report[]) => void,
    lastSent = Number.NEGATIVE_INFINITY,
  ) {
    this.#lastSent = lastSent;
  }

  /** Returns a promise if the trainer has to wait, until there is room for more. */
  add(report: Report): void | Promise<void> {
    this.#held.push(report);
    if (
      this.#held.length >= MAX_IN_ONE_BATCH ||
      performance.now() - this.#lastSent >= INTERVAL_IN_MILLISECONDS
    ) {
      this.#flush();
    } else {
      this.#timer ??= setTimeout(() => this.#flush(), INTERVAL_IN_MILLISECONDS);
    }
    if (this.#open < MAX_OPEN_REPORTS) return;
    this.#room ??= createRoom();
    return this.#room.promise;
  }

  /** Called when the listening thread has dealt with this many reports. */
  acknowledge(count: number): void {
    this.#open -= count;
    if (this.#open > MAX_OPEN_REPORTS / 2) return;
    this.#room?.resolve();
    this.#room = null;
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
    this.#open += reports.length;
    this.send(reports);
  }

  #clearTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

function createRoom(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
