import { setImmediate as turn } from 'node:timers/promises';
import type { Settled } from '../campaign/trial.js';
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

/** The replays of a comparison. None has begun. */
export function createReplays(options: ReplayOptions): Replays {
  const begun = new WeakMap<Settled, { readonly steps: ReplaysUnderWay; runs: ReplayedMethod[] | null }>();
  const replaysOn = (first: Settled, trials: readonly Settled[]) => {
    const known = begun.get(first) ?? { steps: replayDraws(new ResultsTable(trials), options), runs: null };
    begun.set(first, known);
    return known;
  };
  return {
    async advance(trials, signal) {
      const [first] = trials;
      if (first === undefined) return;
      const replays = replaysOn(first, trials);
      while (replays.runs === null && !signal.aborted) {
        const step = replays.steps.next();
        if (step.done) replays.runs = step.value;
        else await turn();
      }
    },
    finish(trials) {
      const [first] = trials;
      if (first === undefined) return [];
      const replays = replaysOn(first, trials);
      while (replays.runs === null) {
        const step = replays.steps.next();
        if (step.done) replays.runs = step.value;
      }
      return replays.runs;
    },
  };
}
