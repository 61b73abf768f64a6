import type { Outcome } from '../campaign/outcome.js';
import { isSettled, type TrialKey, type TrialSpec } from '../campaign/trial.js';
import { type CheckpointStore, noCheckpoints } from '../execution/checkpoint-store.js';
import type { Executor } from '../execution/executor.js';
import type { AfterStop, NetworkStore } from '../execution/run-attempt.js';
import { SlotQueue } from '../execution/slot-queue.js';
import type { Controls } from './controls.js';
import { type FailureLimits, RetryPolicy } from './retry-policy.js';
import { runTrial } from './run-trial.js';
import type { Store } from './store.js';

/** What a run needs. */
export interface RunParts {
  readonly store: Store;
  readonly executor: Executor;
  readonly networks: NetworkStore;
  /** Where checkpoints are kept; by default none are. */
  readonly checkpoints?: CheckpointStore;
  readonly controls: Controls;
  /** What is done about trials that fail; `DEFAULT_FAILURE_LIMITS` by default. */
  readonly limits?: FailureLimits;
  /** The last number of a trial that may run; no limit by default. */
  readonly maxTrials?: number;
}

interface Admitted {
  readonly done: Promise<void>;
  readonly controller: AbortController;
  readonly progress: Progress;
}

interface Progress {
  started: boolean;
  /** Whether the method asks for it; else it is speculative. */
  asked: boolean;
  stoppedByPerson: boolean;
}

/**
 * Lets trials run as slots become free, those that the method asks for before speculative ones. It is the only place
 * where trials wait.
 */
export interface Admission {
  /** Resolves when the trial is settled, or will not be in this run. */
  ask(key: TrialKey, spec: TrialSpec): Promise<void>;
  /** Lets these trials run where a slot is idle. Other trials that the method did not ask for are stopped. */
  speculate(trials: ReadonlyMap<TrialKey, TrialSpec>): void;
  /** Ends everything that still runs, and resolves when nothing does. */
  close(): Promise<void>;
}

/**
 * `undecided` returns the trials that no decision rests on yet. The first error of an admitted trial aborts the
 * others and is thrown to every caller that waits.
 */
export function createAdmission(parts: RunParts, undecided: () => readonly TrialKey[]): Admission {
  const { store, executor, controls, checkpoints = noCheckpoints } = parts;
  const queue = new SlotQueue(executor);
  const admitted = new Map<TrialKey, Admitted>();
  const broken = new AbortController();
  const failures = new RetryPolicy(store, undecided, parts.limits);
  const steer = (): void => {
    queue.hold(controls.state === 'paused');
    // Waiting trials get their turn and see that they may not start.
    if (controls.draining.aborted) queue.flush();
  };
  const releases = [
    controls.onChange(steer),
    controls.onStopTrial((key) => {
      const entry = admitted.get(key);
      if (entry?.progress.started !== true) return;
      entry.progress.stoppedByPerson = true;
      entry.controller.abort();
    }),
  ];
  steer();

  const admit = (key: TrialKey, spec: TrialSpec, asked: boolean): Admitted => {
    const controller = new AbortController();
    const progress: Progress = { started: false, asked, stoppedByPerson: false };
    const signal = AbortSignal.any([controller.signal, controls.stopping, broken.signal]);
    const inSlot = (work: () => Promise<Outcome>): Promise<Outcome | null> =>
      queue.add(
        async () => {
          if (controls.draining.aborted || signal.aborted) return null;
          progress.started = true;
          return work();
        },
        { id: key, priority: progress.asked ? 1 : 0 },
      );
    const afterStop = (): AfterStop => {
      if (progress.stoppedByPerson) return 'person';
      return progress.asked || !controller.signal.aborted ? 'waiting' : 'not-needed';
    };
    const done = runTrial(key, spec, {
      ...parts,
      checkpoints,
      signal,
      afterStop,
      inSlot,
      failures,
      isAsked: () => progress.asked,
    }).finally(() => admitted.delete(key));
    done.catch((error: unknown) => {
      broken.abort(error);
      queue.flush();
    });
    const entry: Admitted = { done, controller, progress };
    admitted.set(key, entry);
    return entry;
  };

  return {
    async ask(key, spec) {
      broken.signal.throwIfAborted();
      const known = admitted.get(key);
      if (known === undefined) return admit(key, spec, true).done;
      if (!known.progress.started && !known.progress.asked) queue.prioritize(key, 1);
      known.progress.asked = true;
      await known.done;
      // It may have been stopping as not needed when the method asked for it.
      if (known.controller.signal.aborted && !isSettled(store.campaign.trials.get(key)))
        return this.ask(key, spec);
    },
    speculate(trials) {
      for (const [key, entry] of admitted)
        if (!entry.progress.asked && !trials.has(key)) entry.controller.abort();
      for (const [key, spec] of trials) {
        const idle = !admitted.has(key) && !isSettled(store.campaign.trials.get(key));
        if (idle) admit(key, spec, false);
      }
    },
    async close() {
      for (const release of releases) release();
      for (const entry of admitted.values()) entry.controller.abort();
      queue.flush();
      await Promise.allSettled([...admitted.values()].map((entry) => entry.done));
      queue[Symbol.dispose]();
    },
  };
}
