import type { Campaign } from '../campaign/campaign.js';
import type { Metric } from '../campaign/metric.js';
import type { ParameterValue } from '../campaign/parameters.js';
import type { SearchSpace } from '../campaign/search-space.js';
import { keyedStream } from '../numeric/keyed-stream.js';
import { boostTrees, type ScoredPlaces } from './boosted-trees.js';
import { marginalAt } from './box-sum.js';
import { modelledSettings, scoredPlaces } from './importance.js';
import type { Leaf } from './regression-tree.js';
import { type ScoredSetting, type ScoredSettings, scoredSettings } from './scored-settings.js';

/** A parameter whose values are put into fields; -1 for a value that is in none. */
export interface FieldedParameter {
  readonly name: string;
  readonly field: (value: ParameterValue | undefined) => number;
}

/** What a model of the scores of a campaign expects for fields of two parameters. */
export interface ExpectedScores {
  /** Settings that the model was made from. */
  readonly settings: number;
  /**
   * The score that is expected in a field, as the mean over all other parameters; null for a field whose row or column
   * has no setting.
   */
  readonly at: (x: number, y: number) => number | null;
}

/** Trees that predict scores, as boxes in the unit cube, and the mean score. */
export interface ScoreModel {
  readonly settings: readonly ScoredSetting[];
  readonly places: ScoredPlaces;
  readonly leaves: readonly Leaf[];
  readonly mean: number;
}

const models = new WeakMap<Campaign, ScoreModel | null>();

/**
 * The scores that boosted regression trees expect over two parameters: a model and marginals as those of the
 * importance, from all settings that ran their full epochs. Null with fewer than 8 settings, or if one of the
 * parameters did not vary.
 */
export function expectedScores(
  campaign: Campaign,
  x: FieldedParameter,
  y: FieldedParameter,
): ExpectedScores | null {
  const { facts } = campaign;
  if (facts === null) return null;
  const cached = models.get(campaign);
  const model = cached === undefined ? scoreModel(scoredSettings(campaign), facts) : cached;
  models.set(campaign, model);
  return model && expectedOf(model, x, y);
}

/** What a model expects; null if one of the parameters did not vary. */
export function expectedOf(
  model: ScoreModel,
  x: FieldedParameter,
  y: FieldedParameter,
): ExpectedScores | null {
  const { places, settings, leaves, mean } = model;
  const [a, b] = [x, y].map(({ name }) => places.axes.findIndex((axis) => axis.name === name));
  if (a === undefined || b === undefined || a < 0 || b < 0) return null;
  const [across, up] = [middlesOf(model, a, x), middlesOf(model, b, y)];
  return {
    settings: settings.length,
    at(column, row) {
      const [u, v] = [across.get(column), up.get(row)];
      return u === undefined || v === undefined ? null : mean + marginalAt(leaves, [a, u], [b, v]);
    },
  };
}

/** The mean coordinate of the settings in each field of a parameter. */
function middlesOf(
  { places, settings }: ScoreModel,
  axis: number,
  { name, field }: FieldedParameter,
): Map<number, number> {
  const sums = new Map<number, { sum: number; count: number }>();
  settings.forEach(({ parameters }, row) => {
    const coordinate = places.axes[axis]?.coordinates[row] ?? Number.NaN;
    const place = field(parameters[name]);
    if (Number.isNaN(coordinate) || place < 0) return;
    const { sum, count } = sums.get(place) ?? { sum: 0, count: 0 };
    sums.set(place, { sum: sum + coordinate, count: count + 1 });
  });
  return new Map([...sums].map(([place, { sum, count }]) => [place, sum / count]));
}

/** The model of scored settings of a space; null with fewer than 8 settings, or if no parameter varied. */
export function scoreModel(
  scored: ScoredSettings,
  { space, metric }: { readonly space: SearchSpace; readonly metric: Metric },
): ScoreModel | null {
  const settings = modelledSettings(scored);
  if (settings === null) return null;
  const places = scoredPlaces(settings, scored.noise, space);
  if (places.axes.length === 0) return null;
  const leaves = boostTrees(places, [...settings.keys()], keyedStream('expected-scores', metric.name));
  const weight = places.weights.reduce((sum, one) => sum + one, 0);
  const total = places.scores.reduce((sum, score, row) => sum + score * (places.weights[row] ?? 0), 0);
  return { settings, places, leaves, mean: total / weight };
}
