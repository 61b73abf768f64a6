import { canonicalJson } from '../campaign/canonical-json.js';
import type { Outcome } from '../campaign/outcome.js';
import type { Report } from '../campaign/report.js';
import type { TrialKey, TrialSpec } from '../campaign/trial.js';
import type { RunOptions } from '../execution/executor.js';
import { readReport } from '../execution/reports/read-report.js';

/**
 * One attempt at a trial, as the driver follows it. A job may start over on another worker. Its new run then reports
 * from the beginning: reports that the driver has already passed on are compared and not passed on twice.
 */
export class OpenTrial {
  readonly outcome: Promise<Outcome>;
  /** Whether the trial is to end. */
  isStopping = false;
  /** Whether its result is being read. */
  isCollecting = false;
  readonly #reports: Report[] = [];
  #run: string | null = null;
  /** How many reports of this run were heard. */
  #heard = 0;
  #isSettled = false;
  #resolve: (outcome: Outcome) => void = () => {};
  #reject: (error: unknown) => void = () => {};

  constructor(
    readonly trial: TrialKey,
    readonly job: string,
    readonly spec: TrialSpec,
    readonly options: RunOptions,
  ) {
    this.outcome = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** The run that was heard last; null if none was. */
  get run(): string | null {
    return this.#run;
  }

  get isSettled(): boolean {
    return this.#isSettled;
  }

  settle(outcome: Outcome): void {
    this.#isSettled = true;
    this.#resolve(outcome);
  }

  fail(error: unknown): void {
    this.#isSettled = true;
    this.#reject(error);
  }

  /**
   * Passes on reports of a run, of which `from` came before. Reports that leave a gap are ignored, because the result
   * holds all of them. Returns a sentence if they are not those of this trial, else null. Throws what the listener
   * throws.
   */
  hear(run: string, from: number, reports: readonly Report[]): string | null {
    if (this.#isSettled) return null;
    if (run !== this.#run) {
      this.#run = run;
      this.#heard = 0;
    }
    if (from > this.#heard) return null;
    for (const report of reports.slice(this.#heard - from)) {
      const before = this.#reports[this.#heard];
      if (before === undefined) {
        const last = this.#reports.at(-1)?.epoch ?? 0;
        const reading = readReport(report, last, this.spec.epochs);
        if (reading.kind !== 'report') return 'a worker sent a report that cannot follow the last one';
        this.#reports.push(reading.report);
        void this.options.onReport(reading.report);
      } else if (canonicalJson(before) !== canonicalJson(report)) {
        return 'the trial started over on another worker and gave other reports there';
      }
      this.#heard += 1;
    }
    return null;
  }

  /** Passes on the reports of a result that were not heard before. Returns a sentence as `hear` does. */
  complete(run: string, reports: readonly Report[]): string | null {
    const problem = this.hear(run, 0, reports);
    if (problem !== null || reports.length >= this.#reports.length) return problem;
    return 'the result of the trial has fewer reports than it sent before';
  }
}
