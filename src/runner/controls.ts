import type { TrialKey } from '../campaign/trial.js';

/** What a run is doing, as far as a person steers it. */
export type RunState = 'running' | 'paused' | 'draining' | 'stopping';

/** The steering of a run: by keys, by signals, or by a program that uses the library. */
export interface Controls {
  readonly state: RunState;
  /** No further trial starts until it is called again; running ones go on. */
  togglePause(): void;
  /** Running trials may finish, no other starts; the campaign can be resumed. */
  drain(): void;
  /** Running trials end at once; their attempts are lost, and nothing that finished is. */
  stop(): void;
  /** Ends one trial that runs, for good: the campaign goes on without its result. Of no effect on any other trial. */
  stopTrial(trial: TrialKey): void;
  /** Called with every trial that is to be stopped; returns the way to stop it. */
  onStopTrial(listener: (trial: TrialKey) => void): () => void;
  /** Aborted by `drain` and by `stop`. */
  readonly draining: AbortSignal;
  /** Aborted by `stop`. */
  readonly stopping: AbortSignal;
  /** Called after every change; returns the way to stop it. */
  onChange(listener: () => void): () => void;
}

/** Steering that nobody has touched yet. */
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
