import { setImmediate as nextTurn } from 'node:timers/promises';
import { EpochBounds } from '../../src/campaign/early-end/epoch-bounds.js';
import { Patience } from '../../src/campaign/early-end/patience.js';
import type { Outcome } from '../../src/campaign/outcome.js';
import { reachesTarget } from '../../src/campaign/report.js';
import type { TrialSpec } from '../../src/campaign/trial.js';
import type { Executor, RunOptions } from '../../src/execution/executor.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import type { Landscape } from './landscape.js';

const METRIC = { name: 'val_loss', goal: 'minimize' } as const;

/**
 * An executor over a landscape: trials take a varying number of turns of the event loop, in another order for every
 * `order`.
 */
export function simulatedExecutor(
  world: Landscape,
  slots: number,
  order: number,
  outcomeOf: (spec: TrialSpec, attempt: number) => Outcome | null = () => null,
): Executor & { readonly maxAtOnce: number } {
  const turns = keyedStream('simulated-executor', order);
  const attempts = new Map<string, number>();
  let running = 0;
  let maxAtOnce = 0;
  return {
    slots,
    get maxAtOnce() {
      return maxAtOnce;
    },
    async run(spec: TrialSpec, { signal, onReport }: RunOptions): Promise<Outcome> {
      running += 1;
      maxAtOnce = Math.max(maxAtOnce, running);
      try {
        const id = JSON.stringify(spec);
        const attempt = (attempts.get(id) ?? 0) + 1;
        attempts.set(id, attempt);
        const bounds = new EpochBounds(spec.bounds ?? [], METRIC);
        const patience = spec.patience === undefined ? null : new Patience(spec.patience, METRIC);
        for (const report of world(spec)) {
          if (turns.below(3) === 0) await nextTurn();
          if (signal.aborted) return { kind: 'stopped' };
          void onReport(report);
          if (bounds.isBehind(report) && report.epoch < spec.epochs)
            return { kind: 'finished', reason: 'stopped-early', network: null };
          if (patience?.isOver(report) === true && report.epoch < spec.epochs)
            return { kind: 'finished', reason: 'patience', network: null };
          if (reachesTarget(spec.until, report)) return { kind: 'finished', reason: 'fit', network: null };
        }
        return outcomeOf(spec, attempt) ?? { kind: 'finished', reason: 'complete', network: null };
      } finally {
        running -= 1;
      }
    },
    async [Symbol.asyncDispose]() {},
  };
}
