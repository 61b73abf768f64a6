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
  /** No new trials, or go on again. */
  togglePause(): void;
  /** Running trials may finish; then stop. */
  drain(): void;
  /** Stop at once. */
  stopNow(): void;
  /** End one running trial for good, and go on without it. */
  stopTrial(trial: TrialKey): void;
}
