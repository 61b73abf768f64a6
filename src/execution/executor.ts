import type { Outcome, TrialCheckpoint } from '../campaign/outcome.js';
import type { TrialSpec } from '../campaign/trial.js';
import type { ReportListener } from './reports/report-listener.js';

/** Options of a run. */
export interface RunOptions {
  /** Ends the trial as soon as it may: the outcome is then `stopped`. */
  readonly signal: AbortSignal;
  /**
   * Called with each report, in the order of epochs, always before `run` settles. An executor may let the trainer wait
   * while many promises that it returned are open.
   */
  readonly onReport: ReportListener;
  /**
   * Where the trial goes on from, if the trainer can. It then reports only later epochs; otherwise it trains from the
   * start. The results are equal. The executor may transfer the bytes, so the caller must not use them again.
   */
  readonly from?: TrialCheckpoint | null;
  /**
   * Whether a longer trial may follow. If the trial then finishes all of its epochs, the outcome has its checkpoint. An
   * executor may leave it out: the longer trial then trains from the start.
   */
  readonly keepCheckpoint?: boolean;
  /**
   * The saved networks of a committee's members, for the trial of a committee. An executor may leave them out: the
   * trainer then trains the members again, with the same result.
   */
  readonly members?: readonly Uint8Array[];
}

/**
 * Runs trials, for example on worker threads or as commands. A trial that fails is an outcome. A promise that rejects
 * means that the executor itself is broken, or has no slot for the trial.
 */
export interface Executor extends AsyncDisposable {
  /** Trials that it can run at once. The number may change, see `onSlotsChange`. */
  readonly slots: number;
  /**
   * Calls the listener after each change of `slots`, and returns a function that removes the listener. An executor
   * whose slots never change leaves it out. If there are fewer slots, running trials continue or are `lost`.
   */
  onSlotsChange?(listener: () => void): () => void;
  /**
   * Runs a trial at once. An executor has no queue: it rejects with RangeError if every slot is taken. The first
   * report that reaches `spec.until` is the last one, and the outcome is then `finished` with the reason `fit`.
   */
  run(spec: TrialSpec, options: RunOptions): Promise<Outcome>;
}
