import type { Redis } from 'ioredis';
import type { Report } from '../../campaign/report.js';
import type { QueueNames } from '../queue-names.js';
import type { ToDriver } from '../remote-message.js';

/** Reports that come faster are sent together. */
const MILLISECONDS_BETWEEN_MESSAGES = 50;
const MAX_REPORTS_IN_A_MESSAGE = 500;

/** Sends the reports of one run to the driver while the trial runs, and keeps them for the result. */
export class ReportSender implements Disposable {
  readonly reports: Report[] = [];
  #sent = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly client: Redis,
    private readonly names: QueueNames,
    private readonly job: string,
    private readonly run: string,
  ) {}

  push(report: Report): void {
    this.reports.push(report);
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#send();
    }, MILLISECONDS_BETWEEN_MESSAGES);
  }

  /** Sends nothing more: the result holds all reports. */
  [Symbol.dispose](): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #send(): void {
    while (this.#sent < this.reports.length) {
      const reports = this.reports.slice(this.#sent, this.#sent + MAX_REPORTS_IN_A_MESSAGE);
      const { job, run } = this;
      const message: ToDriver = { type: 'reports', job, run, from: this.#sent, reports };
      this.#sent += reports.length;
      // A message that is lost leaves a gap, which the result fills.
      void this.client.publish(this.names.toDriver, JSON.stringify(message)).catch(() => {});
    }
  }
}
