import { type Domain, gridOf } from '../../campaign/domain.js';
import type { Goal } from '../../campaign/metric.js';
import type { Parameters } from '../../campaign/parameters.js';
import {
  drawSetting,
  freeParameters,
  grid,
  gridSize,
  type SearchSpace,
  subspace,
} from '../../campaign/search-space.js';
import type { Comparison } from '../../methods/comparison.js';
import { distinct } from '../../methods/comparison.js';
import type { FinishOptions } from '../../methods/finish.js';
import { fitFirst } from '../../methods/fit-first/fit-first.js';
import type { Method } from '../../methods/method.js';
import { gridSearch, randomSearch } from '../../methods/search.js';
import type { FitFirstChoice, ResolvedConfig } from '../resolved-config.js';
import { goalInName } from './check-external-metrics.js';

/** What a method has to know of the data and the trainer. */
export interface MethodContext {
  readonly task: 'classification' | 'regression';
  /** What the fit metric could reach on the training part of a repeat: accuracy, or R2. */
  readonly fitCeiling: (repeat: number) => number;
  /** Validation rows over training rows. */
  readonly overlap: number;
  readonly hasTest: boolean;
  /** Without a validation part of its own the final network learns from all rows. */
  readonly folds: boolean;
  /** The size of the network of a setting. */
  readonly cost: (parameters: Parameters) => number;
}

/** The world of a campaign whose trainer brings its own data: nothing is known, and nothing is needed. */
export const contextWithoutData: MethodContext = {
  task: 'classification',
  fitCeiling: () => 1,
  overlap: 0,
  hasTest: false,
  folds: false,
  cost: () => 0,
};

/** The share of the ceiling that a regression has to reach to fit. */
const REGRESSION_SHARE = 0.95;

/** The method that a config asks for. */
export function createMethod(config: ResolvedConfig, world: MethodContext): Method {
  const { method, space, metric, checkpoint, repeats, epochs } = config;
  const comparison: Comparison = {
    metric,
    checkpoint,
    repeats,
    cost: (parameters) => world.cost({ ...config.defaults, ...parameters }),
    overlap: world.overlap,
  };
  const on = world.folds ? 'all' : config.finish.on;
  const finish: FinishOptions = { on, hasTest: world.hasTest, comparison };
  const search = { varied: freeParameters(space), epochs, comparison, finish };
  switch (method.kind) {
    case 'grid':
      return gridSearch({ ...search, settings: grid(space) });
    case 'random':
      return randomSearch({ ...search, settings: draws(space, method.trials, config.seed) });
    case 'fit_first':
      return fitFirstOf(method, config, world, comparison, finish);
    default:
      return method satisfies never;
  }
}

function fitFirstOf(
  choice: FitFirstChoice,
  config: ResolvedConfig,
  world: MethodContext,
  comparison: Comparison,
  finish: FinishOptions,
): Method {
  const { space, seed } = config;
  const searched = Object.keys(space).filter(
    (name) => name !== choice.grow && !choice.dropout.includes(name),
  );
  const others = subspace(space, searched);
  const regularisers = subspace(space, choice.dropout);
  const { search, fit } = choice;
  const settings = search.kind === 'grid' ? grid(others) : draws(others, search.trials, seed);
  const metric = fit.metric ?? (world.task === 'classification' ? 'train_accuracy' : 'train_r2');
  return fitFirst({
    names: Object.keys(space),
    varied: freeParameters(space),
    grow: choice.grow,
    sizes: choice.sizes,
    off: choice.off,
    others: distinct(settings),
    dropout: distinct([choice.off, ...dropoutSettings(regularisers, choice, seed)]),
    retune: distinct(settings.map((setting) => pick(setting, choice.retune))),
    fit: {
      metric,
      goal: fit.goal ?? goalOf(metric),
      bound: fitBound(fit.reach, world),
      repeats: fit.repeats,
      quorum: fit.quorum,
      failedIsUnfit: fit.failed === 'unfit',
    },
    epochs: choice.epochs,
    growOn: choice.growOn,
    ifNothingFits: choice.ifNothingFits,
    confirm: choice.confirm,
    comparison,
    finish,
  });
}

/** A target in numbers; the best possible is exact for classes, and a share of the ceiling for regression. */
function fitBound(reach: 'best_possible' | number, world: MethodContext): (repeat: number) => number {
  if (reach !== 'best_possible') return () => reach;
  const share = world.task === 'classification' ? 1 : REGRESSION_SHARE;
  const known = new Map<number, number>();
  return (repeat) => {
    const bound = known.get(repeat) ?? share * world.fitCeiling(repeat);
    known.set(repeat, bound);
    return bound;
  };
}

/** Draws of the regularisers where one of them is continuous and the config does not say how many. */
const DROPOUT_DRAWS = 12;

/** Every combination of the regularisers' values, with the off value among each; draws where one is continuous. */
function dropoutSettings(space: SearchSpace, choice: FitFirstChoice, seed: number): Parameters[] {
  if (gridSize(space) === null) {
    return draws(space, choice.search.kind === 'random' ? choice.search.trials : DROPOUT_DRAWS, seed);
  }
  const withOff = Object.entries(space).map(([name, domain]): [string, Domain] => {
    const off = choice.off[name] ?? 0;
    const others = (gridOf(domain) ?? []).filter((value) => value !== off);
    return [name, { kind: 'values', values: [off, ...others], probabilities: null }];
  });
  return grid(Object.fromEntries(withOff));
}

const draws = (space: SearchSpace, trials: number, seed: number): Parameters[] =>
  Array.from({ length: trials }, (_, index) => drawSetting(space, seed, index));

function pick(setting: Parameters, names: readonly string[]): Parameters {
  return Object.fromEntries(Object.entries(setting).filter(([name]) => names.includes(name)));
}

/** Losses and errors are better when smaller, scores when larger. */
function goalOf(metric: string): Goal {
  return goalInName(metric) ?? 'maximize';
}
