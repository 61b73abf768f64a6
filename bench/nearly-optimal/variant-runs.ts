import { advantage } from '../../src/campaign/metric.js';
import { mean } from '../../src/campaign/statistics.js';
import { type ComparedMethod, contenders, FIT_FIRST } from '../../src/compare/contenders.js';
import {
  type ReplayedChoice,
  type ReplayOptions,
  replayerOf,
  trainingCost,
} from '../../src/compare/replay-draws.js';
import type { TrainedTable } from './read-table.js';

/** What a variant changes in the options of the plan of fit_first. */
export interface Change {
  readonly fit?: { readonly repeats: number; readonly least_repeats?: number };
  readonly [option: string]: unknown;
}

/** What the default was before sizes above the grown one were tried. */
export const EARLIER = 'none above, three repeats to fit';

export const VARIANTS: Readonly<Record<string, Change>> = {
  'the default': {},
  [EARLIER]: { above: 0, fit: { repeats: 3 } },
  'none above': { above: 0 },
  'above 1': { above: 1 },
  'above 3': { above: 3 },
  'three repeats to fit': { fit: { repeats: 3 } },
  'one repeat to fit': { fit: { repeats: 1, least_repeats: 1 } },
  'above 1, one repeat to fit': { above: 1, fit: { repeats: 1, least_repeats: 1 } },
  'patience 1': { grow_on: { patience: 1 } },
  'patience 3': { grow_on: { patience: 3 } },
  'sizes between': { between: true },
  'rates of growth carried, not tuned again': { retune: [] },
};

/** The choice of the whole grid: its scores, draw by draw, and its mean cost. */
export interface Reference {
  readonly scores: readonly number[];
  readonly cost: number;
}

/** The mean regret of a variant as a share of what tuning brings, and its mean cost. */
export function variantRuns(
  table: TrainedTable,
  { fit, ...change }: Change,
  reference: Reference,
): { readonly regret: number; readonly cost: number } {
  const { options } = table;
  const given = options.plan.options;
  const changed = { ...given, ...change, fit: { ...Object(given.fit), ...fit } };
  const own: ReplayOptions = { ...options, plan: { ...options.plan, options: changed } };
  const method = contenders(own).filter(({ name }) => name === FIT_FIRST);
  return meansOf(runsOf(table, own, method), table, reference);
}

/** All draws of some methods. */
export function runsOf(
  { results }: TrainedTable,
  options: ReplayOptions,
  methods: readonly ComparedMethod[],
): ReplayedChoice[] {
  return Array.from({ length: options.draws }, (_, i) => {
    const replayed = replayerOf(i + 1, results, options);
    return methods.map((method) => replayed(method));
  }).flat();
}

export function meansOf(
  runs: readonly ReplayedChoice[],
  { options, tuning }: TrainedTable,
  { scores }: Reference,
): { readonly regret: number; readonly cost: number } {
  const { goal } = options.context.comparison.metric;
  const regrets = runs.map(({ draw, score }) => advantage(goal, scores[draw - 1] ?? Number.NaN, score));
  return { regret: mean(regrets) / tuning, cost: mean(runs.map(trainingCost)) };
}
