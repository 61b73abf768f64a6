import { drawSetting } from '../../src/campaign/search-space.js';
import type { TrialSpec } from '../../src/campaign/trial.js';
import { contextOf } from '../../src/contracts/method/method-subject.js';
import { hyperbandBrackets } from '../../src/methods/hyperband/brackets.js';
import { runBrackets } from '../../src/methods/hyperband/run-brackets.js';
import { createSampler, type SamplerName } from '../../src/methods/hyperband/sampler.js';
import { driveProcedure } from './drive-procedure.js';
import type { ResultTable } from './result-table.js';

/** Trials of the random search that sets the value to reach. */
const RANDOM_TRIALS = 50;
const ETA = 3;
const ROUNDS = 5;

/** The epochs that random search ran, and its best value. */
export function randomSearch(table: ResultTable, seed: number): { epochs: number; best: number } {
  const losses = Array.from({ length: RANDOM_TRIALS }, (_, index) =>
    table.best(drawSetting(table.space, seed, index), seed % table.repeats),
  );
  return { epochs: RANDOM_TRIALS * table.epochs, best: Math.min(...losses) };
}

/**
 * The epochs that `hyperband` runs until one of its trials reaches the target, in the order in which it asks for
 * trials. A trial that goes on runs only the epochs that it adds. Infinity where no trial reaches the target.
 */
export function hyperbandEpochs(
  table: ResultTable,
  sampler: SamplerName,
  seed: number,
  { target, window }: { target: number; window: number },
): number {
  const { epochs: maxEpochs, space } = table;
  const context = contextOf({ space, epochs: maxEpochs });
  const brackets = hyperbandBrackets({ minEpochs: 1, maxEpochs, eta: ETA });
  const procedure = runBrackets({
    ...context,
    comparison: { ...context.comparison, repeats: { first: 1, most: 1 } },
    varied: [],
    window,
    brackets: Array.from({ length: ROUNDS }, () => brackets).flat(),
    sampler: createSampler(sampler, space, seed, 'minimize'),
  });
  const ran = new Map<string, number>();
  let spent = 0;
  let reached = Number.POSITIVE_INFINITY;
  driveProcedure(procedure, ({ parameters, epochs }: TrialSpec) => {
    if (Number.isFinite(reached)) return null;
    const text = JSON.stringify(parameters);
    const before = ran.get(text) ?? 0;
    const losses = table.curve(parameters, seed % table.repeats).slice(0, epochs);
    const at = losses.findIndex((loss) => loss <= target);
    if (at >= 0) reached = spent + Math.max(0, at + 1 - before);
    spent += epochs - before;
    ran.set(text, epochs);
    return losses;
  });
  return reached;
}
