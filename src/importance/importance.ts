import type { Campaign } from '../campaign/campaign.js';
import type { Goal, Metric } from '../campaign/metric.js';
import { isBetter } from '../campaign/metric.js';
import type { SearchSpace } from '../campaign/search-space.js';
import { keyedStream } from '../numeric/keyed-stream.js';
import { createAxis, type ImportanceAxis } from './axis.js';
import type { ScoredPlaces } from './boosted-trees.js';
import { functionalAnova } from './functional-anova.js';
import { pedAnova } from './ped-anova.js';
import { type ScoredSetting, type ScoredSettings, scoredSettings } from './scored-settings.js';

/** Fewer settings say nothing. */
const MIN_SETTINGS = 8;
/** A random choice of this many settings is as good as more, and takes seconds less. */
const MAX_SETTINGS = 300;
/**
 * A split has to reduce the sum of squares by more than this many variances of a repeat. Among 60 settings that differ
 * by chance only, the best split along a parameter reduces it by less in 95 % of the cases.
 */
const MIN_GAIN = 9;

/** How much one parameter mattered. */
export interface ParameterImportance {
  readonly name: string;
  /** The share of the variance of the metric over the whole space that it explains alone, from 0 to 1. */
  readonly share: number;
  /** The standard error of the share: how much other settings of the same number would change it. */
  readonly error: number;
  /** Its part in what sets the best quarter of the settings apart; the parts of all parameters sum to 1, or are 0. */
  readonly amongBest: number;
}

/** Which parameters mattered. */
export interface Importance {
  readonly metric: Metric;
  /** Settings that were looked at, and settings without a number, which were not. */
  readonly settings: number;
  readonly leftOut: number;
  /**
   * The share of the variance between the means of the settings that chance alone explains, from 0 to 1; null where
   * no setting ran on several repeats, so that chance cannot be told apart.
   */
  readonly chance: number | null;
  /** The largest share first. */
  readonly parameters: readonly ParameterImportance[];
  /** What pairs explain beyond what their members explain alone, the largest share first. */
  readonly pairs: readonly { readonly names: readonly [string, string]; readonly share: number }[];
}

/** What the importance of parameters is worked out from. */
interface Basis {
  readonly scored: ScoredSettings;
  readonly settings: readonly ScoredSetting[];
  readonly places: ScoredPlaces;
  readonly metric: Metric;
}

const bases = new WeakMap<Campaign, Basis | null>();
const known = new WeakMap<Campaign, Importance>();

/**
 * Which parameters of a campaign mattered; null with fewer than 8 settings or without a parameter that varied. Means
 * over repeats are adjusted for the repeats, weigh as much as they have repeats, and trees do not split where
 * chance explains the difference. The same campaign gives the same numbers to the last bit.
 */
export function importanceOf(campaign: Campaign): Importance | null {
  const steps = importanceInSteps(campaign);
  return steps === null ? null : resultOf(steps);
}

/** The same with a stop after each model, so that a program can do something else in between. */
export function importanceInSteps(campaign: Campaign): Generator<undefined, Importance> | null {
  const { facts } = campaign;
  if (facts === null) return null;
  const cached = bases.get(campaign);
  const basis = cached === undefined ? basisOf(scoredSettings(campaign), facts.space, facts.metric) : cached;
  bases.set(campaign, basis);
  return basis && keptImportance(campaign, basis);
}

function* keptImportance(campaign: Campaign, basis: Basis): Generator<undefined, Importance> {
  const importance = known.get(campaign) ?? (yield* importanceFrom(basis));
  known.set(campaign, importance);
  return importance;
}

/** The same for scored settings of a space. */
export function importanceAmong(
  scored: ScoredSettings,
  space: SearchSpace,
  metric: Metric,
): Importance | null {
  const basis = basisOf(scored, space, metric);
  return basis && resultOf(importanceFrom(basis));
}

function basisOf(scored: ScoredSettings, space: SearchSpace, metric: Metric): Basis | null {
  const settings = modelledSettings(scored);
  if (settings === null) return null;
  const places = scoredPlaces(settings, scored.noise, space);
  return places.axes.length === 0 ? null : { scored, settings, places, metric };
}

function* importanceFrom({ scored, settings, places, metric }: Basis): Generator<undefined, Importance> {
  const { axes } = places;
  const anova = yield* functionalAnova(places, metric.name);
  const amongBest = pedAnova(axes, bestFirst(settings, metric.goal), metric.name);
  const parameters = axes.map(({ name }, i) => ({
    name,
    share: anova?.main[i]?.share ?? 0,
    error: anova?.main[i]?.error ?? 0,
    amongBest: amongBest[i] ?? 0,
  }));
  const nameOf = (axis: number): string => axes[axis]?.name ?? '';
  return {
    metric,
    settings: settings.length,
    leftOut: scored.leftOut,
    chance: chanceOf(settings, scored.noise),
    parameters: parameters.sort((a, b) => b.share - a.share || b.amongBest - a.amongBest),
    pairs: (anova?.pairs ?? []).map(({ axes: [a, b], share }) => ({ names: [nameOf(a), nameOf(b)], share })),
  };
}

function resultOf<Result>(steps: Generator<undefined, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The settings that a model of the scores is made from; null if they are too few. */
export function modelledSettings({ settings }: ScoredSettings): readonly ScoredSetting[] | null {
  return settings.length < MIN_SETTINGS ? null : someOf(settings);
}

/** Settings as places on the axes of a space. */
export function scoredPlaces(
  settings: readonly ScoredSetting[],
  noise: number | null,
  space: SearchSpace,
): ScoredPlaces {
  const axes = Object.entries(space).flatMap(([name, domain]): ImportanceAxis[] => {
    const values = settings.map(({ parameters, mean }) => ({ value: parameters[name], score: mean }));
    const axis = createAxis(name, domain, values);
    return axis === null ? [] : [axis];
  });
  return {
    axes,
    scores: Float64Array.from(settings, ({ mean }) => mean),
    weights: Float64Array.from(settings, ({ repeats }) => repeats),
    minGain: MIN_GAIN * (noise ?? 0),
  };
}

function someOf(settings: readonly ScoredSetting[]): readonly ScoredSetting[] {
  if (settings.length <= MAX_SETTINGS) return settings;
  const stream = keyedStream('importance-settings', settings.length);
  const rows = [...settings];
  for (let i = 0; i < MAX_SETTINGS; i++) {
    const j = i + stream.below(rows.length - i);
    const [a, b] = [rows[i], rows[j]];
    if (a !== undefined && b !== undefined) [rows[i], rows[j]] = [b, a];
  }
  return rows.slice(0, MAX_SETTINGS);
}

function bestFirst(settings: readonly ScoredSetting[], goal: Goal): number[] {
  const meanOf = (row: number): number => settings[row]?.mean ?? 0;
  return [...settings.keys()].sort((a, b) => {
    if (isBetter(goal, meanOf(a), meanOf(b))) return -1;
    return isBetter(goal, meanOf(b), meanOf(a)) ? 1 : a - b;
  });
}

function chanceOf(settings: readonly ScoredSetting[], noise: number | null): number | null {
  if (noise === null) return null;
  const centre = settings.reduce((sum, { mean }) => sum + mean, 0) / settings.length;
  const variance =
    settings.reduce((sum, { mean }) => sum + (mean - centre) * (mean - centre), 0) / (settings.length - 1);
  const ofMeans = settings.reduce((sum, { repeats }) => sum + noise / repeats, 0) / settings.length;
  return variance > 0 ? Math.min(1, ofMeans / variance) : null;
}
