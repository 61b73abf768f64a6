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
 * an outcome; a promise that rejects means that the executor itself is broken, or is asked for too much.
 */
export interface Executor extends AsyncDisposable {
  /** Trials that it can run at once. The number may change, see `onSlotsChange`. */
  readonly slots: number;
  /**
   * Calls the listener after each change of `slots`; returns the way to stop it. Left out if they never change. Trials
   * that run when there are fewer slots go on, or are `lost`.
   */
  onSlotsChange?(listener: () => void): () => void;
  /**
   * Runs one trial, at once: it has no queue, and rejects with RangeError if every slot is taken. The first report that
   * reaches `spec.until` is the last one, and the outcome is then `finished` with the reason `fit`.
   */
  run(spec: TrialSpec, options: RunOptions): Promise<Outcome>;
}
