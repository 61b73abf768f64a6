import type { FrontSetting } from '../../campaign/finding.js';
import { formatSetting } from '../../campaign/format-setting.js';
import type { Parameters } from '../../campaign/parameters.js';
import { mean, pairedDifference } from '../../campaign/statistics.js';
import { formatList } from '../../text/list.js';
import { formatCount, formatNumber } from '../../text/number.js';
import type { Comparison } from '../comparison.js';
import { found, type Procedure } from '../method.js';
import { goalsOf, objectivesOf } from './objectives.js';
import { paretoOrder, paretoRanks } from './pareto-order.js';

/** A setting with what its repeats gave. */
interface Scored {
  readonly parameters: Parameters;
  /** Its place among the settings that started. */
  readonly index: number;
  /** The metric on each repeat. */
  readonly values: readonly number[];
  /** The values of all objectives on each repeat. */
  readonly objectives?: readonly (readonly number[])[];
}

/** The means of a setting over its repeats, one for each objective. */
function objectiveMeans({ objectives = [] }: Pick<Scored, 'objectives'>, count: number): number[] {
  return Array.from({ length: count }, (_, i) => mean(objectives.map((values) => values[i] ?? Number.NaN)));
}

/** Settings in the order of merit: those on the front first. */
export function byFront<Entry extends Scored>(entries: readonly Entry[], comparison: Comparison): Entry[] {
  const goals = goalsOf(comparison);
  const points = entries.map((entry) => objectiveMeans(entry, goals.length));
  return paretoOrder(points, goals).flatMap((place) => entries[place] ?? []);
}

/** The place of each setting in the order of merit, from 0; Infinity where an objective is not known. */
export function placesOf(settings: readonly Pick<Scored, 'objectives'>[], comparison: Comparison): number[] {
  const goals = goalsOf(comparison);
  const points = settings.map((setting) => objectiveMeans(setting, goals.length));
  const places = points.map(() => Number.POSITIVE_INFINITY);
  for (const [place, i] of paretoOrder(points, goals).entries())
    if (points[i]?.every(Number.isFinite)) places[i] = place;
  return places;
}

/** How many of the settings no other dominates. */
export function countOnFront(
  settings: readonly Pick<Scored, 'objectives'>[],
  comparison: Comparison,
): number {
  const goals = goalsOf(comparison);
  const points = settings.map((setting) => objectiveMeans(setting, goals.length));
  return paretoRanks(points, goals).filter((rank) => rank === 0).length;
}

/** The settings that no other dominates, in the order of the metric of the campaign. */
export function frontOf<Entry extends Scored>(entries: readonly Entry[], comparison: Comparison): Entry[] {
  const goals = goalsOf(comparison);
  const points = entries.map((entry) => objectiveMeans(entry, goals.length));
  const ranks = paretoRanks(points, goals);
  const sign = goals[0] === 'maximize' ? -1 : 1;
  return entries
    .filter((_, i) => ranks[i] === 0)
    .sort((a, b) => sign * (mean(a.values) - mean(b.values)) || a.index - b.index);
}

/** Says which settings are on the front: each with its means and their 95 % intervals over the repeats. */
export function* reportFront(
  front: readonly Scored[],
  comparison: Comparison,
  varied: readonly string[],
): Procedure<void> {
  const objectives = objectivesOf(comparison);
  const settings = front.map(({ parameters, objectives: values = [] }): FrontSetting => {
    const of = (i: number): number[] => values.map((each) => each[i] ?? Number.NaN);
    return { parameters, values: objectives.map((_, i) => pairedDifference(of(i), comparison.overlap)) };
  });
  const [first] = settings;
  const ends = settings.length > 2 ? [first, settings.at(-1)] : settings;
  const words = ends.flatMap((one) => {
    if (one === undefined) return [];
    const values = one.values.map(({ mean }, i) => `${objectives[i]?.name} ${formatNumber(mean)}`);
    return [`${formatSetting(one.parameters, varied)} with ${formatList(values)}`];
  });
  yield* found({
    kind: 'front',
    objectives: objectives.map(({ name, goal }) => ({ name, goal })),
    settings: settings.map(({ parameters, values }) => ({
      parameters,
      values: values.map(({ mean, low, high, repeats }) => ({ mean, low, high, repeats })),
    })),
    because:
      settings.length === 1
        ? `One setting is the best in all objectives: ${words.join('')}.`
        : `${formatCount(settings.length, 'setting')} are on the Pareto front: ` +
          `${formatEnds(words, settings.length)}. One that is better in an objective is worse in another.`,
  });
}

function formatEnds(words: readonly string[], count: number): string {
  return count > 2 ? `from ${words.join(' to ')}` : words.join('; ');
}
