import type { TrialKey } from '../campaign/trial.js';

/** The state of a run that a person can change. */
export type RunState = 'running' | 'paused' | 'draining' | 'stopping';

/** Pauses and stops a run: keys, signals and programs that use the library call it. */
export interface Controls {
  readonly state: RunState;
  /** Starts no further trial until it is called again. Running trials continue. */
  togglePause(): void;
  /** Lets running trials finish and starts no others. The campaign can be resumed. */
  drain(): void;
  /** Ends running trials at once. Their attempts are lost; finished trials are kept. */
  stop(): void;
  /**
   * Ends one running trial for good. The campaign continues without its result. Ignored if the trial is not running.
   */
  stopTrial(trial: TrialKey): void;
  /** Calls the listener with each trial to stop. Returns a function that removes the listener. */
  onStopTrial(listener: (trial: TrialKey) => void): () => void;
  /** Aborted by `drain` and by `stop`. */
  readonly draining: AbortSignal;
  /** Aborted by `stop`. */
  readonly stopping: AbortSignal;
  /** Calls the listener after each change. Returns a function that removes the listener. */
  onChange(listener: () => void): () => void;
}

/** Controls of a run that has just started. */
export function createControls(): Controls {
  const draining = new AbortController();
  const stopping = new AbortController();
  const listeners = new Set<() => void>();
  const stoppers = new Set<(trial: TrialKey) => void>();
  let paused = false;
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const drain = (): void => {
    paused = false;
    draining.abort();
    changed();
  };
  return {
    get state() {
      if (stopping.signal.aborted) return 'stopping';
      if (draining.signal.aborted) return 'draining';
      return paused ? 'paused' : 'running';
    },
    draining: draining.signal,
    stopping: stopping.signal,
    togglePause() {
      paused = !paused && !draining.signal.aborted;
      changed();
    },
    drain,
    stop() {
      stopping.abort();
      drain();
    },
    stopTrial(trial) {
      for (const stopper of stoppers) stopper(trial);
    },
    onStopTrial(listener) {
      stoppers.add(listener);
      return () => stoppers.delete(listener);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
