import type { CampaignPlan, PlanOptions } from '../campaign/plan.js';
import { fitFirstMethod } from '../methods/fit-first/fit-first-method.js';
import type { FitFirstPlanOptions } from '../methods/fit-first/resolve.js';
import { gridMethod } from '../methods/grid/grid.js';
import { hyperbandMethod } from '../methods/hyperband/hyperband.js';
import type { Method } from '../methods/method.js';
import type { MethodContext, MethodPlan } from '../methods/method-kind.js';
import { randomMethod } from '../methods/random/random.js';
import { searchPlan } from '../methods/search.js';
import { sobolMethod } from '../methods/sobol/sobol.js';
import { endingEarly } from '../methods/stop-early/ending-early.js';
import type { StopEarly } from '../methods/stop-early/stop-early.js';
import { tpeMethod } from '../methods/tpe/tpe.js';

/** A method as it is compared. */
export interface ComparedMethod {
  /** Its name in tables: `fit_first`, `random 16`. */
  readonly name: string;
  /** Settings that it may try; null where it decides itself. */
  readonly settings: number | null;
  /** `raced`: better settings run on more repeats. `fixed`: each setting runs on all repeats. */
  readonly repeats: 'raced' | 'fixed';
  readonly create: (context: MethodContext) => Method;
}

/** What the contenders of a comparison follow from. */
export interface ComparedMethodOptions {
  /** The plan of the config. */
  readonly plan: CampaignPlan;
  /** The sizes of the table, the smallest first. */
  readonly sizes: readonly (CampaignPlan['growth'] & object)['sizes'][number][];
  /** Epochs of a trial of the table. */
  readonly epochs: number;
  /** Repeats on which methods may choose, and up to how many a race goes. */
  readonly selection: number;
  readonly race: number;
  /** Settings of the table. */
  readonly settings: number;
  /** How trials of all methods end early. */
  readonly stopEarly: StopEarly | null;
}

/** Numbers of settings that random search, Sobol points and TPE try. */
const BUDGETS = [8, 16, 32, 64];
/** Hyperband starts with this share of the epochs. */
const FIRST_RUNG = 27;
const ETA = 3;
/** Sizes without improvement after which growing on ends if the config follows the strict advice. */
const PATIENCE = 2;
const TPE_START = 10;
const TPE_WINDOW = 8;

/** The name of the method that the others are held against: the whole grid on all repeats of the selection. */
export const GRID = 'grid';
export const FIT_FIRST = 'fit_first';
export const STRICT = 'fit_first, strict';
export const RANDOM_AT_COST = 'random, same cost';

/** All methods that replay on a table. */
export function contenders(options: ComparedMethodOptions): readonly ComparedMethod[] {
  const { settings, epochs } = options;
  const budgets = BUDGETS.filter((budget) => budget < settings);
  const min_epochs = Math.max(1, Math.round(epochs / FIRST_RUNG));
  const rungs = { eta: ETA, min_epochs, max_epochs: epochs, sampler: 'random', rounds: 1, window: 8 };
  return [
    ...both(FIT_FIRST, null, options, (context) => growing(options, context, false)),
    ...both(STRICT, null, options, (context) => growing(options, context, true)),
    ...budgets.flatMap((trials) => both(`random ${trials}`, trials, options, randomOf(trials, options))),
    ...budgets.flatMap((trials) => [
      raced(`sobol ${trials}`, trials, options, (context) =>
        created(sobolMethod, searchPlan({ trials }), context, options),
      ),
    ]),
    ...budgets.flatMap((trials) => [
      raced(`tpe ${trials}`, trials, options, (context) =>
        created(
          tpeMethod,
          searchPlan({ trials, start: Math.min(TPE_START, trials), window: TPE_WINDOW }),
          context,
          options,
        ),
      ),
    ]),
    ...(epochs >= ETA * min_epochs
      ? [
          raced('hyperband', null, options, (context) =>
            created(hyperbandMethod, searchPlan(rungs), context, options),
          ),
        ]
      : []),
    raced('grid, raced', settings, options, (context) =>
      created(gridMethod, searchPlan({}), context, options),
    ),
    {
      name: GRID,
      settings,
      repeats: 'fixed',
      create: (context) =>
        created(
          gridMethod,
          searchPlan({}),
          withRepeats(context, options.selection, options.selection),
          options,
        ),
    },
  ];
}

/** Raced random search over some settings, whose number is chosen so that it costs what fit_first costs. */
export function randomSearch(trials: number, options: ComparedMethodOptions): ComparedMethod {
  return raced(RANDOM_AT_COST, null, options, randomOf(trials, options));
}

type Create = ComparedMethod['create'];

const randomOf =
  (trials: number, options: ComparedMethodOptions): Create =>
  (context) =>
    created(randomMethod, searchPlan({ trials }), context, options);

/** The method, whose trials end early as those of the campaign would. */
function created<Options extends PlanOptions>(
  kind: { readonly create: (plan: MethodPlan<Options>, context: MethodContext) => Method },
  plan: MethodPlan<Options>,
  context: MethodContext,
  { stopEarly }: ComparedMethodOptions,
): Method {
  const { comparison } = context;
  return endingEarly(kind.create(plan, context), stopEarly, { plan, comparison });
}

function raced(
  name: string,
  settings: number | null,
  { race }: ComparedMethodOptions,
  create: Create,
): ComparedMethod {
  return { name, settings, repeats: 'raced', create: (context) => create(withRepeats(context, 1, race)) };
}

function both(
  name: string,
  settings: number | null,
  options: ComparedMethodOptions,
  create: Create,
): ComparedMethod[] {
  const { race } = options;
  const fixed: ComparedMethod = {
    name: `${name}, fixed repeats`,
    settings,
    repeats: 'fixed',
    create: (context) => create(withRepeats(context, race, race)),
  };
  return [raced(name, settings, options, create), fixed];
}

/** The repeats of a contender, by the rule of elimination of the config. */
function withRepeats(context: MethodContext, first: number, most: number): MethodContext {
  const repeats = { ...context.comparison.repeats, first, most };
  return { ...context, comparison: { ...context.comparison, repeats } };
}

/** fit_first as the config has it, within the table: no sizes, rates, epochs and repeats beyond it. */
function growing(options: ComparedMethodOptions, context: MethodContext, strict: boolean): Method {
  const { plan, sizes, epochs, selection } = options;
  const given = plan.options as FitFirstPlanOptions;
  const { widen: _, raise: __, dropout_beyond: ___, between, above, ...kept } = given;
  const { grow, dropout } = given.epochs;
  const inTable: FitFirstPlanOptions = {
    ...kept,
    ...(between && !strict && { between }),
    ...(above !== undefined && !strict && { above }),
    fit: { ...given.fit, repeats: Math.min(given.fit.repeats, selection) },
    grow_on: strict ? null : (given.grow_on ?? { patience: PATIENCE }),
    epochs: {
      ...given.epochs,
      grow: Math.min(epochs, typeof grow === 'object' ? Math.max(grow.from, grow.most) : grow),
      dropout: Math.min(epochs, dropout),
    },
    confirm: 0,
    if_nothing_fits: 'continue',
  };
  const growth = plan.growth && { ...plan.growth, sizes, open: null, until: null };
  const own: MethodPlan<FitFirstPlanOptions> = { ...plan, growth, options: inTable };
  return created(fitFirstMethod, own, context, options);
}
