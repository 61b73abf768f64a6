import { metricIn, type Report } from '../../campaign/report.js';
import type { RunOptions } from '../../execution/executor.js';

/** Keeps the reports of a run, and can stop it. */
export class RunListener implements RunOptions {
  readonly reports: Report[] = [];
  readonly #controller = new AbortController();
  readonly #waiting: (() => void)[] = [];

  /** Stops the run after this many reports. */
  constructor(private readonly stopAfter = Number.POSITIVE_INFINITY) {}

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  readonly onReport = (report: Report): void => {
    this.reports.push(report);
    for (const resolve of this.#waiting.splice(0)) resolve();
    if (this.reports.length >= this.stopAfter) this.stop();
  };

  stop(): void {
    this.#controller.abort();
  }

  async firstReport(): Promise<void> {
    if (this.reports.length === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** The values of one metric, in the order of the reports. */
  values(metric: string): (number | undefined)[] {
    return this.reports.map(({ metrics }) => metricIn(metrics, metric));
  }
}
