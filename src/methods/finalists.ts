import type { Finding } from '../campaign/finding.js';
import { advantage, isBetter } from '../campaign/metric.js';
import type { Parameters } from '../campaign/parameters.js';
import { mean, meanOverRepeats, pairedDifference } from '../campaign/statistics.js';
import type { TrialSpec } from '../campaign/trial.js';
import { lastValue } from '../campaign/trial-score.js';
import { formatCount, formatNumber } from '../text/number.js';
import { type Comparison, equalSettings } from './comparison.js';
import type { Procedure } from './method.js';
import { isSound, medianEpoch, type RaceEntry, tiesWith } from './race.js';

/**
 * What a campaign hands over: the best finalist on fresh repeats, or the simplest that cannot be distinguished from
 * it.
 */
export type ChoiceRule = 'best' | 'simplest';

/** No finalist has a mean to choose by. */
export const UNCONFIRMED: Finding = {
  kind: 'warning',
  code: 'no-interval',
  numbers: { repeats: 0 },
  because: 'No finalist finished all fresh repeats, so the winner of the search is chosen unconfirmed.',
};

/** A setting that ran on fresh repeats, for the median best epoch of the search. */
export interface Finalist {
  readonly entry: RaceEntry;
  /** The metric at the last epoch, by fresh repeat; NaN where a trial did not finish. */
  readonly values: readonly number[];
}

/** Fresh repeats, which no earlier stage used. */
export interface FreshRepeats {
  readonly stage: string;
  readonly because: string;
  /** The last repeat that was used before. */
  readonly after: number;
  readonly repeats: number;
  /** The budget of a trial in the search. */
  readonly epochs: number;
}

/**
 * Settings worth another look: the winner, those given, the best of its ties, and the smallest network among its ties.
 * Each once, in the order of the ranking.
 */
export function finalistsOf(
  ranking: readonly RaceEntry[],
  given: readonly RaceEntry[],
  comparison: Comparison,
): RaceEntry[] {
  const [winner] = ranking;
  if (winner === undefined) return [];
  const ties = tiesWith(winner, ranking, comparison);
  const best = ranking.find((entry) => ties.includes(entry));
  const wanted = [winner, ...given, best, ties[0]];
  return ranking.filter((entry) => wanted.includes(entry) && isSound(entry));
}

/** Runs settings on the same fresh repeats, each for the median best epoch of the search. */
export function* runFresh(
  entries: readonly RaceEntry[],
  fresh: FreshRepeats,
  comparison: Comparison,
): Procedure<Finalist[]> {
  const settled = yield {
    kind: 'batch',
    stage: fresh.stage,
    because: fresh.because,
    trials: entries.flatMap((entry) => freshTrials(entry, fresh)),
  };
  return entries.map((entry, i) => ({
    entry,
    values: settled
      .slice(i * fresh.repeats, (i + 1) * fresh.repeats)
      .map((trial) => lastValue(trial, comparison.metric.name)),
  }));
}

function freshTrials(entry: RaceEntry, { after, repeats, epochs }: FreshRepeats): TrialSpec[] {
  return Array.from({ length: repeats }, (_, i) => ({
    parameters: entry.parameters,
    repeat: after + 1 + i,
    epochs: medianEpoch(entry, epochs),
    until: null,
    finish: null,
  }));
}

/** The chosen finalist and those that cannot be distinguished from the best; null if none finished all repeats. */
export interface Pick {
  readonly picked: Finalist;
  readonly best: Finalist;
  /** Finalists whose paired difference to the best has 0 in its 95 % interval; the best is not among them. */
  readonly ties: readonly Finalist[];
}

/** Picks among finalists that ran on the same repeats. `off` has the regularisers at their off values. */
export function pickFinalist(
  finalists: readonly Finalist[],
  rule: ChoiceRule,
  off: Parameters,
  comparison: Comparison,
): Pick | null {
  const { goal } = comparison.metric;
  const sound = finalists.filter(({ values }) => values.length > 0 && values.every(Number.isFinite));
  const simplicity = (a: Finalist, b: Finalist): number =>
    comparison.cost(a.entry.parameters) - comparison.cost(b.entry.parameters) ||
    Number(isOff(b.entry.parameters, off)) - Number(isOff(a.entry.parameters, off));
  const merit = (a: Finalist, b: Finalist): number => {
    const [meanA, meanB] = [mean(a.values), mean(b.values)];
    return isBetter(goal, meanA, meanB) ? -1 : isBetter(goal, meanB, meanA) ? 1 : 0;
  };
  const [best] = [...sound].sort((a, b) => merit(a, b) || simplicity(a, b));
  if (best === undefined) return null;
  const ties = sound.filter((other) => {
    if (other === best) return false;
    const differences = best.values.map((value, i) => advantage(goal, value, other.values[i] ?? Number.NaN));
    const { low } = pairedDifference(differences, comparison.overlap);
    return low !== null && low <= 0;
  });
  const [simplest = best] = [best, ...ties].sort((a, b) => simplicity(a, b) || merit(a, b));
  return { picked: rule === 'simplest' ? simplest : best, best, ties };
}

/** Whether a setting has all regularisers off. */
export function isOff(parameters: Parameters, off: Parameters): boolean {
  return equalSettings(parameters, { ...parameters, ...off });
}

/** The mean of a finalist over the fresh repeats. */
export const freshMean = ({ values }: Finalist) => meanOverRepeats(values);

/** The sentence with which finalists are asked for. */
export function whyFinalists(count: number, repeats: number): string {
  return (
    'The winner of many settings looks better than it is: ' +
    `${formatCount(count, 'finalist')} run on the same ${formatCount(repeats, 'fresh repeat')}, which decide.`
  );
}

/** How a pick is described. */
interface PickWords {
  readonly metric: string;
  readonly words: (finalist: Finalist) => string;
  /** The interval of the mean, with what stands before it; empty or left out where none is given. */
  readonly interval?: string;
}

/** Why this finalist, and why not the one that looked best in the search. */
export function whyPicked(
  { picked, best, ties }: Pick,
  winner: RaceEntry,
  finalists: readonly Finalist[],
  { metric, words, interval = '' }: PickWords,
): string {
  const meanOf = (finalist: Finalist): string => formatNumber(freshMean(finalist).mean);
  const over = `on ${formatCount(picked.values.length, 'fresh repeat')}`;
  const count = formatCount(finalists.length, 'finalist');
  const reason =
    picked === best
      ? `${words(picked)} is chosen: the best of ${count} ${over}, with mean ${metric} ${meanOf(picked)}${interval}.`
      : `${words(picked)} is chosen: the simplest of the ${ties.length + 1} finalists without a clear ` +
        `difference ${over}, with mean ${metric} ${meanOf(picked)} (the best is ${words(best)} with ${meanOf(best)}).`;
  const first = finalists.find(({ entry }) => entry === winner);
  if (first === undefined || first === picked || first === best) return reason;
  if (!first.values.every(Number.isFinite)) return `${reason} The winner of the search did not finish there.`;
  return `${reason} ${words(first)} looked best in the search and has ${meanOf(first)} there.`;
}
