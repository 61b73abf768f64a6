import type { StoredEvent } from '../../campaign/event.js';
import type { Report } from '../../campaign/report.js';
import { reportEvents } from '../../campaign/reported-epochs.js';
import type { AttemptKey } from '../../campaign/trial.js';

/** Where reports are journaled. */
interface EventLog {
  /** Resolves when the event is durable. */
  commit(event: StoredEvent): Promise<void>;
}

/**
 * Journals the reports of an attempt. Those that arrive together share an entry: a worker sends the reports of many
 * short epochs in one message, and an entry costs much more than a report.
 */
export class ReportLog {
  #waiting: Report[] = [];
  #written: Promise<void> | null = null;
  #durable: Promise<void> = Promise.resolve();

  /** `onReport` is called with each report after it is logged. */
  constructor(
    private readonly of: AttemptKey,
    private readonly log: EventLog,
    private readonly onReport: (report: Report) => void = () => {},
  ) {}

  /** Resolves when the report is durable. The promise may be dropped. */
  add(report: Report): Promise<void> {
    this.#waiting.push(report);
    if (this.#written === null) {
      this.#written = Promise.resolve().then(() => this.write());
      // If nobody waits for it, the next commit rejects as well.
      this.#written.catch(() => {});
    }
    return this.#written;
  }

  /** Journals what has arrived. Resolves when all of it is durable. */
  write(): Promise<void> {
    const reports = this.#waiting;
    [this.#waiting, this.#written] = [[], null];
    // They become durable in this order.
    for (const event of reportEvents(this.of, reports)) this.#durable = this.log.commit(event);
    for (const report of reports) this.onReport(report);
    return this.#durable;
  }
}
