import type { TrialKey } from '../campaign/trial.js';

/** The streams of the process that a view may use. */
export interface ViewStreams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
}

/** A view that is being drawn. */
export interface View {
  /** Lets go of terminal and source; the cursor is where words can follow. May be called again. */
  unmount(): void;
}

/** What keys ask the driver for. */
export interface Commands {
  /** Starts no new trials, or resumes. */
  togglePause(): void;
  /** Running trials may finish; then stop. */
  drain(): void;
  /** Stop at once. */
  stopNow(): void;
  /** Ends one running trial for good; the campaign continues without it. */
  stopTrial(trial: TrialKey): void;
}
