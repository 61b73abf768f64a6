import type { Goal } from '../../campaign/metric.js';
import type { ParameterValue } from '../../campaign/parameters.js';
import type { PlannedStage, Regulariser } from '../../campaign/plan.js';
import { freeParameters, gridSize, type SearchSpace, subspace } from '../../campaign/search-space.js';
import { formatList } from '../../text/list.js';
import { quote } from '../../text/quote.js';
import type { ChoiceRule } from '../finalists.js';
import type { MethodPlan, PlanContext, PlanDiagnostics } from '../method-kind.js';
import { refuseContinuous, SETTINGS_LIMIT } from '../search-limits.js';
import { resolveFit } from './fit-target.js';
import { type GrowOnPlan, readGrowOn, readLeastRepeats } from './growth/read-growth-options.js';
import { isLearningRate } from './learning-rate-names.js';
import { namedDomain } from './named-domain.js';
import { repeatsToFit } from './options.js';
import { listedRates } from './race/listed-rates.js';
import { refuseConditions } from './refuse-conditions.js';
import { resolveCaps } from './resolve-caps.js';
import { resolveDepth } from './resolve-depth.js';
import { type PlannedEpochs, resolveEpochs } from './resolve-epochs.js';
import { resolveSizes } from './resolve-sizes.js';
import { resolveRaise, resolveWiden } from './resolve-widen.js';
import { type FitFirstInput, type GrowInput, grownNames } from './schema.js';

/** The options of a plan for fit_first, in the words of the config file. */
export type FitFirstPlanOptions = {
  /** The parameter of the sizes, and that of the depth where it grows, too. */
  readonly grow: string | readonly string[];
  readonly dropout: readonly string[];
  readonly fit: {
    readonly metric: string;
    readonly goal: Goal;
    readonly reach: 'best_possible' | 'plateau' | number;
    readonly repeats: number;
    /** The share of the repeats that have to fit; null for a majority. */
    readonly quorum: number | null;
    readonly failed: 'missing' | 'unfit';
    /** Left out where it is 1. */
    readonly least_repeats?: number;
  };
  /** How the other free parameters are searched at each size. */
  readonly search: { readonly kind: 'grid' } | { readonly kind: 'random' | 'sobol'; readonly trials: number };
  /** null where the advice is followed to the letter. Bounds that the config does not give are left out. */
  readonly grow_on: GrowOnPlan | null;
  /** Parameters that are tuned again with dropout. */
  readonly retune: readonly string[];
  readonly epochs: PlannedEpochs;
  readonly confirm: number;
  /** Left out where the winner of the search is handed over, as in campaigns that began before there was a choice. */
  readonly choose?: ChoiceRule;
  readonly if_nothing_fits: 'continue' | 'stop';
  /** Left out where the race has the fitted and the grown size alone. */
  readonly widen?: string;
  /** Left out where wider networks keep all other values. */
  readonly raise?: string;
  readonly between?: true;
  /** Left out where the race has no sizes above the grown one. */
  readonly above?: number;
  /** Left out where the listed values of regularisers are all that is tried. */
  readonly dropout_beyond?: true;
};

/**
 * Sizes above the grown one in the race over dropout where the config does not say how many. Replayed on tables of
 * results of twelve data sets, the chosen setting was better than with none (docs/is-it-nearly-optimal.md).
 */
const DEFAULT_ABOVE = 2;
/** Draws of the other parameters at each size where the config does not say how many. */
const DEFAULT_DRAWS = 6;

/** The plan that follows from the section `fit_first`. */
export function resolveFitFirst(
  written: FitFirstInput,
  context: PlanContext,
  diagnostics: PlanDiagnostics,
): MethodPlan<FitFirstPlanOptions> {
  const { space } = context;
  const input: GrowInput = { ...written, ...grownNames(written.grow) };
  const { grow, dropout, confirm, choose, fit } = input;
  refuseMoreThanStrict(input, diagnostics);
  refuseConditions(input, context, diagnostics);
  const regularisers = readRegularisers(input, context, diagnostics);
  const { metric, goal } = resolveFit(fit, context, diagnostics);
  const searched = Object.keys(space).filter((name) => !isGrown(name, input) && !dropout.includes(name));
  const epochs = resolveEpochs(input, context, diagnostics);
  const { reach, repeats, failed } = fit;
  const quorum = input.quorum ?? null;
  const others = subspace(space, searched);
  const search = readSearch(input, others, diagnostics);
  const settings = search.kind === 'grid' ? (gridSize(others) ?? 1) : search.trials;
  const sizes = resolveSizes(input, context, diagnostics);
  const depth = resolveDepth(input, sizes, context, diagnostics);
  const until = resolveCaps(input, sizes, settings * repeats, context, diagnostics);
  return {
    stages: stagesWith(confirm, choose),
    growth: {
      parameter: grow,
      ...sizes,
      ...(depth !== null && { depth }),
      metric,
      goal,
      repeats,
      quorum: repeatsToFit({ repeats, quorum }),
      ...(typeof epochs.grow === 'object' && { maxEpochs: epochs.grow.most }),
      until,
    },
    regularisers,
    options: {
      grow: input.depth === null ? grow : [grow, input.depth],
      dropout,
      fit: { metric, goal, reach, repeats, quorum, failed, ...readLeastRepeats(input, diagnostics) },
      search,
      grow_on: input.strict ? null : readGrowOn(input, diagnostics),
      retune: readRetune(input, context, diagnostics),
      epochs,
      confirm,
      ...(choose !== 'search' && { choose }),
      if_nothing_fits: input.if_nothing_fits,
      ...resolveWiden(input, context, diagnostics),
      ...resolveRaise(input, context, diagnostics),
      ...(input.between && { between: true }),
      ...readAbove(input, context),
      ...readBeyond(input, context, diagnostics),
    },
  };
}

/** A trial of somebody's own trainer may cost hours, so sizes are added to its race only where the config says so. */
function readAbove(
  { above: written, strict }: GrowInput,
  { trainer }: PlanContext,
): { readonly above?: number } {
  const above = written ?? (strict || trainer.parameters === null ? 0 : DEFAULT_ABOVE);
  return above > 0 ? { above } : {};
}

/** Whether ranges go on past their largest values, which needs listed rates. */
function readBeyond(
  input: GrowInput,
  { space }: PlanContext,
  diagnostics: PlanDiagnostics,
): { readonly dropout_beyond?: true } {
  if (!input.dropout_beyond) return {};
  if (Object.keys(listedRates(space, input.dropout)).length > 0) return { dropout_beyond: true };
  diagnostics.report(
    ['dropout_beyond'],
    'fit_first.dropout_beyond needs listed rates from 0 to below 1, as in dropout: {values: [0, 0.2, 0.5]}.',
    'key',
  );
  return {};
}

/** The strict advice tunes dropout at the fitted size; other options add networks to that. */
function refuseMoreThanStrict(input: GrowInput, diagnostics: PlanDiagnostics): void {
  const { strict, widen, between, above = 0 } = input;
  if (!strict) return;
  for (const [name, isSet] of Object.entries({ widen: widen !== undefined, between, above: above > 0 })) {
    if (isSet) {
      const sentence = `fit_first.${name} adds networks that the strict advice (strict: true) does not have.`;
      diagnostics.report([name], `${sentence} Leave one of the two out.`, 'key');
    }
  }
}

function stagesWith(confirm: number, choose: FitFirstInput['choose']): PlannedStage[] {
  return [
    { name: 'grow', role: 'grow' },
    { name: 'dropout', role: 'race' },
    ...(confirm > 0 && choose !== 'search' ? [{ name: 'finalists', role: 'select' } as const] : []),
    ...(confirm > 0 ? [{ name: 'confirm', role: 'confirm' } as const] : []),
    { name: 'finish', role: 'finish' },
  ];
}

function isGrown(name: string, { grow, depth }: GrowInput): boolean {
  return name === grow || name === depth;
}

function readRegularisers(
  input: GrowInput,
  context: PlanContext,
  diagnostics: PlanDiagnostics,
): Regulariser[] {
  const regularisers: Regulariser[] = [];
  let isTuned = false;
  for (const [index, name] of input.dropout.entries()) {
    const path = ['dropout', index];
    if (refuseAgain('fit_first.dropout', input.dropout, index, path, diagnostics)) continue;
    if (isGrown(name, input)) {
      diagnostics.report(
        path,
        `fit_first.dropout names ${quote(name)}, which is ${input.depth === null ? 'the' : 'a'} grown parameter.`,
      );
      continue;
    }
    const domain = namedDomain('fit_first.dropout', path, name, context, diagnostics);
    if (domain === null) {
      isTuned = true;
      continue;
    }
    const off = offOf(name, input, context);
    if (off === null) {
      const known = [...(context.trainer.parameters ?? [])].flatMap(([known, { off }]) =>
        off === null ? [] : [known],
      );
      diagnostics.report(
        path,
        `fit_first.dropout names ${quote(name)}, which cannot be switched off; expected ${formatList(known, 'or')}.`,
      );
      isTuned = true;
      continue;
    }
    regularisers.push({ name, off });
    if (domain.kind !== 'fixed' || domain.value !== off) isTuned = true;
  }
  if (regularisers.length > 0 && !isTuned) {
    const words = regularisers.map(({ name, off }) => `${name} ${String(off)}`);
    diagnostics.report(
      ['dropout'],
      `fit_first.dropout has nothing to tune: ${formatList(words, 'and')} is the only value. ` +
        'List more, as in {values: [0, 0.2, 0.5]}.',
    );
  }
  const settings = gridSize(subspace(context.space, input.dropout));
  if (settings !== null && settings > SETTINGS_LIMIT) {
    diagnostics.report(
      ['dropout'],
      `fit_first.dropout has ${settings} combinations of values; at most ${SETTINGS_LIMIT} are taken. List fewer.`,
    );
  }
  return regularisers;
}

/** Nothing is known of the parameters of a program, but 0 is off for most. */
function offOf(name: string, input: FitFirstInput, { trainer }: PlanContext): ParameterValue | null {
  if (trainer.parameters !== null) return trainer.parameters.get(name)?.off ?? null;
  const given = 'off' in input && Object.hasOwn(input.off, name) ? input.off[name] : undefined;
  return given ?? 0;
}

function readSearch(
  input: FitFirstInput,
  others: SearchSpace,
  diagnostics: PlanDiagnostics,
): FitFirstPlanOptions['search'] {
  const size = gridSize(others);
  const { search } = input;
  if (search === undefined)
    return size !== null && size <= SETTINGS_LIMIT
      ? { kind: 'grid' }
      : { kind: 'random', trials: DEFAULT_DRAWS };
  if (search !== 'grid' && search.method !== 'grid') return { kind: search.method, trials: search.trials };
  if (size === null) {
    refuseContinuous(others, 'fit_first.search: grid', '{method: random, trials: 6}', diagnostics);
  } else if (size > SETTINGS_LIMIT) {
    diagnostics.report(
      ['search'],
      `fit_first.search: grid has ${size} settings at each size; at most ${SETTINGS_LIMIT} are ` +
        'taken. Use {method: random, trials: 6}.',
    );
  }
  return { kind: 'grid' };
}

/** Parameters that are tuned again with dropout: those named, as far as they have more than one value. */
function readRetune(input: GrowInput, context: PlanContext, diagnostics: PlanDiagnostics): string[] {
  const free = freeParameters(context.space);
  const taken = (name: string): boolean => isGrown(name, input) || input.dropout.includes(name);
  if (input.retune === undefined) return free.filter((name) => isLearningRate(name) && !taken(name));
  for (const [index, name] of input.retune.entries()) {
    const path = ['retune', index];
    if (refuseAgain('fit_first.retune', input.retune, index, path, diagnostics)) continue;
    if (taken(name)) {
      const role = isGrown(name, input) ? 'grows' : 'is tuned with dropout anyway';
      diagnostics.report(path, `fit_first.retune names ${quote(name)}, which ${role}. Leave it out.`);
    } else namedDomain('fit_first.retune', path, name, context, diagnostics);
  }
  return input.retune.filter((name) => free.includes(name));
}

function refuseAgain(
  option: string,
  names: readonly string[],
  index: number,
  path: readonly (string | number)[],
  diagnostics: PlanDiagnostics,
): boolean {
  const name = names[index] ?? '';
  if (names.indexOf(name) === index) return false;
  diagnostics.report(path, `${option} names ${quote(name)} twice.`);
  return true;
}
