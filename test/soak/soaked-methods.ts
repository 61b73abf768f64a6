import type { SearchSpace } from '../../src/campaign/search-space.js';
import { contextOf } from '../../src/contracts/method/method-subject.js';
import { fitFirst } from '../../src/methods/fit-first/fit-first.js';
import { gridMethod } from '../../src/methods/grid/grid.js';
import { halvingMethod } from '../../src/methods/hyperband/halving.js';
import { hyperbandMethod } from '../../src/methods/hyperband/hyperband.js';
import { type Method, method } from '../../src/methods/method.js';
import { randomMethod } from '../../src/methods/random/random.js';
import { sobolMethod } from '../../src/methods/sobol/sobol.js';
import { stoppingEarly } from '../../src/methods/stop-early/stopping-early.js';
import { tpeMethod } from '../../src/methods/tpe/tpe.js';
import { fitFirstOptions } from '../support/fit-first-options.js';
import { fitFirstPlan, searchPlan } from '../support/plans.js';

const space: SearchSpace = {
  hidden: { kind: 'values', values: [2, 8, 16, 32, 64], probabilities: null },
  dropout: { kind: 'values', values: [0, 0.2, 0.35, 0.5], probabilities: null },
  learning_rate: { kind: 'values', values: [0.01, 0.03], probabilities: null },
};

const context = { ...contextOf({ space }), epochs: 6, confirm: 3 };
const { comparison } = context;
const several = { ...comparison, objectives: [{ name: 'weights', goal: 'minimize' }] } as const;
const rungs = { eta: 3, min_epochs: 1, max_epochs: 9, sampler: 'tpe' };
const median = { percentile: 50, warmup: 0.1, window: 8 };
const stop = { noImprovement: 12, target: null };
const options = { trials: 40, start: 8, window: 8 };

function stopping({ name, procedure }: Method, plan: Parameters<typeof stoppingEarly>[1]['plan']): Method {
  if (procedure === undefined) throw new TypeError(`${name} has no procedure`);
  return method(name, () => stoppingEarly(procedure(), { rule: median, plan, comparison }));
}

const grid = (): Method => gridMethod.create({ ...searchPlan, options: {} }, context);
const growing = (): Method => fitFirst(fitFirstOptions({ choose: 'best' }));

/** Every method, and the rules that change what a method asks for. */
export const soakedMethods: Readonly<Record<string, () => Method>> = {
  grid,
  random: () => randomMethod.create({ ...searchPlan, options: { trials: 30 } }, context),
  sobol: () => sobolMethod.create({ ...searchPlan, options: { trials: 30 } }, context),
  tpe: () => tpeMethod.create({ ...searchPlan, options }, context),
  halving: () => halvingMethod.create({ ...searchPlan, options: { ...rungs, trials: 27 } }, context),
  hyperband: () =>
    hyperbandMethod.create({ ...searchPlan, options: { ...rungs, rounds: 1, window: 4 } }, context),
  fit_first: growing,
  stop: () => sobolMethod.create({ ...searchPlan, options: { trials: 40 } }, { ...context, stop }),
  'stop_early of grid': () => stopping(grid(), searchPlan),
  'stop_early of fit_first': () => stopping(growing(), fitFirstPlan([4, 8, 16, 32, 64])),
  'several objectives': () =>
    tpeMethod.create({ ...searchPlan, options }, { ...context, comparison: several }),
};
