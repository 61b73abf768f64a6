import PQueue from 'p-queue';
import type { Outcome } from '../campaign/outcome.js';
import { isSettled, type TrialKey, type TrialSpec } from '../campaign/trial.js';
import type { Executor } from '../execution/executor.js';
import type { Controls } from './controls.js';
import { type FailureLimits, RetryPolicy } from './retry-policy.js';
import { type AfterStop, type NetworkStore, runTrial } from './run-trial.js';
import type { Store } from './store.js';

/** What a run is made of. */
export interface RunParts {
  readonly store: Store;
  readonly executor: Executor;
  readonly networks: NetworkStore;
  readonly controls: Controls;
  /** What is done about trials that fail; `usualLimits` where it is left out. */
  readonly limits?: FailureLimits;
  /** The last number of a trial that may run; without end where it is left out. */
  readonly maxTrials?: number;
}

interface Admitted {
  readonly done: Promise<void>;
  readonly controller: AbortController;
  readonly progress: Progress;
}

interface Progress {
  started: boolean;
  /** Whether a batch asks for it, or it only rides along. */
  asked: boolean;
  stoppedByPerson: boolean;
}

/** Lets trials run, asked ones before those that only ride along, as many at once as there are slots. */
export interface Admission {
  /** Resolves when the trial is settled, or will not be in this run. */
  ask(key: TrialKey, spec: TrialSpec): Promise<void>;
  /** Lets these, and no other trial that nobody asked for, run where a slot is idle; others are stopped. */
  speculate(trials: ReadonlyMap<TrialKey, TrialSpec>): void;
  /** Ends everything that still runs, and resolves when nothing does. */
  close(): Promise<void>;
}

/** The first failure of anything admitted aborts the rest and is thrown by whoever waits. */
export function createAdmission(parts: RunParts): Admission {
  const { store, executor, controls } = parts;
  const queue = new PQueue({ concurrency: executor.slots });
  const admitted = new Map<TrialKey, Admitted>();
  const broken = new AbortController();
  const failures = new RetryPolicy(store, parts.limits);
  const steer = (): void => {
    if (controls.state === 'paused') queue.pause();
    else queue.start();
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
      signal,
      afterStop,
      inSlot,
      failures,
      asked: () => progress.asked,
    }).finally(() => admitted.delete(key));
    done.catch((error: unknown) => broken.abort(error));
    const entry: Admitted = { done, controller, progress };
    admitted.set(key, entry);
    return entry;
  };

  return {
    async ask(key, spec) {
      broken.signal.throwIfAborted();
      const known = admitted.get(key);
      if (known === undefined) return admit(key, spec, true).done;
      if (!known.progress.started && !known.progress.asked) queue.setPriority(key, 1);
      known.progress.asked = true;
      await known.done;
      // It may have been on its way out as not needed when it was asked for.
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
      queue.start();
      await Promise.allSettled([...admitted.values()].map((entry) => entry.done));
    },
  };
}
