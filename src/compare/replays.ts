import { setImmediate as turn } from 'node:timers/promises';
import { isSameTrial, type Settled } from '../campaign/trial.js';
import {
  type ReplayedMethod,
  type ReplayOptions,
  type ReplaysUnderWay,
  replayDraws,
} from './replay-draws.js';
import { ResultsTable } from './results-table.js';

/** The replays on a table. The same trials give the same runs, so they are replayed once in a process. */
interface Replays {
  /** Replays until it is done or the signal aborts, with a turn of the event loop after each step. */
  advance(trials: readonly Settled[], signal: AbortSignal): Promise<void>;
  /** The runs; replays what is left. */
  finish(trials: readonly Settled[]): readonly ReplayedMethod[];
}

interface BegunReplays {
  readonly trials: readonly Settled[];
  readonly steps: ReplaysUnderWay;
  runs: ReplayedMethod[] | null;
}

function areSameTrials(some: readonly Settled[], others: readonly Settled[]): boolean {
  return some.length === others.length && some.every((trial, i) => isSameTrial(trial, others[i]));
}

/** Takes one step, which may be the last. */
function goOn(replays: BegunReplays): void {
  const step = replays.steps.next();
  if (step.done) replays.runs = step.value;
}

/** The replays of a comparison. None has begun. */
export function createReplays(options: ReplayOptions): Replays {
  const { metric } = options.context.comparison;
  const tableOf = (trials: readonly Settled[]): ResultsTable => new ResultsTable(trials, metric);
  let begun: BegunReplays | null = null;
  const replaysOn = (trials: readonly Settled[]): BegunReplays => {
    if (begun === null || !areSameTrials(begun.trials, trials))
      begun = { trials, steps: replayDraws(tableOf(trials), options), runs: null };
    return begun;
  };
  return {
    async advance(trials, signal) {
      if (trials.length === 0) return;
      const replays = replaysOn(trials);
      while (replays.runs === null && !signal.aborted) {
        goOn(replays);
        await turn();
      }
    },
    finish(trials) {
      if (trials.length === 0) return [];
      const replays = replaysOn(trials);
      while (replays.runs === null) goOn(replays);
      return replays.runs;
    },
  };
}
