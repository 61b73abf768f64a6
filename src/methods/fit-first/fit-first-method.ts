import { type Domain, gridOf } from '../../campaign/domain.js';
import type { Parameters } from '../../campaign/parameters.js';
import {
  drawSetting,
  freeParameters,
  grid,
  gridSize,
  type SearchSpace,
  subspace,
} from '../../campaign/search-space.js';
import { sobolSetting } from '../../campaign/space/sobol-setting.js';
import { firstAllowed } from '../allowed-settings.js';
import { distinct } from '../comparison.js';
import type { MethodContext, MethodKind, MethodPlan } from '../method-kind.js';
import { describeEpochs } from './describe-epochs.js';
import { describeRetune } from './describe-retune.js';
import { fitFirst } from './fit-first.js';
import type { FitFirstOptions } from './options.js';
import { listedRates } from './race/listed-rates.js';
import { type FitFirstPlanOptions, resolveFitFirst } from './resolve.js';
import { externalFitFirstSchema, type FitFirstInput, fitFirstSchema, grownNames } from './schema.js';

/** Grow the network until it fits, then tune dropout. */
export const fitFirstMethod: MethodKind<FitFirstInput, FitFirstPlanOptions> = {
  name: 'fit_first',
  description: 'grow until the network fits, then tune dropout',
  form: {
    kind: 'section',
    missing: 'Say what grows and what is dropout: fit_first: {grow: hidden, dropout: [dropout]}.',
  },
  // It has fresh repeats of its own.
  supports: ['stop_early', 'prior'],
  schema: ({ parameters }) => (parameters === null ? externalFitFirstSchema : fitFirstSchema),
  resolve: resolveFitFirst,
  describe: ({ options }, space) => [...describeEpochs(options), ['retune', describeRetune(options, space)]],
  create: (plan, context) => fitFirst(fitFirstOptions(plan, context)),
};

/** What the procedure follows from a plan. */
export function fitFirstOptions(
  plan: MethodPlan<FitFirstPlanOptions>,
  context: MethodContext,
): FitFirstOptions {
  const { space, seed, comparison, finish } = context;
  const { dropout, fit, search, retune, epochs, ...options } = plan.options;
  const { grow, depth } = grownNames(plan.options.grow);
  const taken = [grow, depth, ...dropout];
  const searched = Object.keys(space).filter((name) => !taken.includes(name));
  const others = subspace(space, searched);
  // Constraints that name other parameters as well are held against whole settings.
  const { allows = () => true } = context;
  const drawFrom = search.kind === 'sobol' ? sobolSetting : drawSetting;
  const at = (index: number): Parameters => drawFrom(others, seed, index);
  const settings =
    search.kind === 'grid' ? grid(others).filter(allows) : firstAllowed(at, search.trials, allows);
  const off = Object.fromEntries(plan.regularisers.map(({ name, off }) => [name, off ?? 0]));
  const draws = search.kind === 'grid' ? DROPOUT_DRAWS : search.trials;
  const regularised = subspace(space, dropout);
  const dropoutDraws = Array.from({ length: draws }, (_, index) => drawFrom(regularised, seed, index));
  const isOpen = typeof epochs.grow === 'object';
  return {
    names: Object.keys(space),
    space,
    ...(context.allows && { allows: context.allows }),
    varied: freeParameters(space),
    grow,
    sizes: plan.growth?.sizes ?? [],
    open: plan.growth?.open ?? null,
    depth: plan.growth?.depth ?? null,
    until: plan.growth?.until ?? null,
    trainingRows: context.trainingRows,
    fitsMemory: context.fitsMemory,
    off,
    others: distinct(settings),
    dropout: distinct([off, ...dropoutSettings(regularised, off, dropoutDraws)]),
    retune: distinct(settings.map((setting) => pick(setting, retune))),
    fit: {
      metric: fit.metric,
      goal: fit.goal,
      bound: fitBound(fit, context),
      repeats: fit.repeats,
      leastRepeats: fit.least_repeats ?? 1,
      quorum: fit.quorum,
      failedIsUnfit: fit.failed === 'unfit',
      acceptsPlateau: fit.reach === 'plateau',
    },
    epochs: isOpen
      ? { grow: epochs.grow.from, maxGrow: epochs.grow.most, dropout: epochs.dropout }
      : { grow: epochs.grow, dropout: epochs.dropout },
    draws:
      isOpen && search.kind !== 'grid'
        ? {
            next: search.trials,
            at,
            retuned: (one) => pick(one, retune),
          }
        : null,
    widen: options.widen ?? null,
    raise: options.raise ?? null,
    between: options.between ?? false,
    above: options.above ?? 0,
    beyond: options.dropout_beyond === true ? listedRates(space, dropout) : null,
    growOn: growOnOf(options.grow_on),
    ifNothingFits: options.if_nothing_fits,
    confirm: options.confirm,
    choose: options.choose ?? 'search',
    comparison,
    finish,
  };
}

function growOnOf(on: FitFirstPlanOptions['grow_on']): FitFirstOptions['growOn'] {
  if (on === null) return null;
  return {
    patience: on.patience,
    ...(on.at_least !== undefined && { atLeast: on.at_least }),
    ...(on.at_most !== undefined && { atMost: on.at_most }),
  };
}

/** The share of the ceiling that a regression has to reach to fit. */
const REGRESSION_SHARE = 0.95;

/** A target in numbers; the best possible is exact for classes, and a share of the ceiling for regression. */
function fitBound(
  { reach, metric }: FitFirstPlanOptions['fit'],
  { fitCeiling }: MethodContext,
): (repeat: number) => number {
  if (typeof reach === 'number') return () => reach;
  const share = metric === 'train_r2' ? REGRESSION_SHARE : 1;
  const known = new Map<number, number>();
  return (repeat) => {
    const bound = known.get(repeat) ?? share * fitCeiling(repeat);
    known.set(repeat, bound);
    return bound;
  };
}

/** Draws of the regularisers where one of them is continuous and the config does not say how many. */
const DROPOUT_DRAWS = 12;

/** Every combination of the regularisers' values, with the off value among each; draws where one is continuous. */
function dropoutSettings(space: SearchSpace, off: Parameters, draws: readonly Parameters[]): Parameters[] {
  if (gridSize(space) === null) return [...draws];
  const withOff = Object.entries(space).map(([name, domain]): [string, Domain] => {
    const none = off[name] ?? 0;
    const others = (gridOf(domain) ?? []).filter((value) => value !== none);
    return [name, { kind: 'values', values: [none, ...others], probabilities: null }];
  });
  return grid(Object.fromEntries(withOff));
}

function pick(setting: Parameters, names: readonly string[]): Parameters {
  return Object.fromEntries(Object.entries(setting).filter(([name]) => names.includes(name)));
}
