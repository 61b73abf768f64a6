import type { Outcome } from '../campaign/outcome.js';
import type { Report } from '../campaign/report.js';
import type { TrialSpec } from '../campaign/trial.js';

/** What goes with a run. */
export interface RunOptions {
  /** Ends the trial as soon as it may: the outcome is then `stopped`. */
  readonly signal: AbortSignal;
  /** Called with each report, in order of epoch, always before `run` settles. */
  readonly onReport: (report: Report) => void;
}

/**
 * Runs specs somewhere: on worker threads here, on a queue across machines elsewhere. A trial that fails is
 * an outcome; a promise that rejects means that the executor itself is broken.
 */
export interface Executor extends AsyncDisposable {
  /** Trials that it can run at once. */
  readonly slots: number;
  run(spec: TrialSpec, options: RunOptions): Promise<Outcome>;
}
