import { isBetter } from '../campaign/metric.js';
import type { Parameters } from '../campaign/parameters.js';
import { mean } from '../campaign/statistics.js';
import { adjustedMeans } from '../numeric/adjusted-means.js';
import { formatCount, formatNumber } from '../text/number.js';
import type { Comparison } from './comparison.js';
import type { RaceEntry } from './race.js';

/**
 * Why the setting with the best plain mean did not win the race: it ran on fewer repeats, which were easier. Empty
 * where the winner has the best plain mean, too.
 */
export function whyBetterLookingLost(
  ranking: readonly RaceEntry[],
  { metric }: Comparison,
  words: (parameters: Parameters) => string,
): string {
  const [winner] = ranking;
  if (winner === undefined) return '';
  const rivals = ranking
    .map((entry, i) => ({ entry, i, plain: mean(entry.values) }))
    .filter(({ plain }) => isBetter(metric.goal, plain, mean(winner.values)))
    .sort((a, b) => (isBetter(metric.goal, a.plain, b.plain) ? -1 : 1));
  const [first] = rivals;
  if (first === undefined) return '';
  const adjusted = adjustedMeans(
    ranking.map(({ values }) => new Map(values.map((value, i) => [i + 1, value] as const))),
  )[first.i];
  const { parameters, values } = first.entry;
  const over = formatCount(values.length, 'repeat');
  const looks = `${words(parameters)} looks better with ${formatNumber(first.plain)} over ${over}`;
  if (adjusted === null || adjusted === undefined) return '';
  const value = formatNumber(adjusted);
  return isBetter(metric.goal, adjusted, mean(winner.values))
    ? `${looks} (${value} adjusted for the repeats), but others were better on these.`
    : `${looks}; adjusted for the repeats it has ${value}.`;
}
