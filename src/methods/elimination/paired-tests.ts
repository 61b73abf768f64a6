import type { Goal } from '../../campaign/metric.js';
import { conoverDistance, friedmanTest } from '../../numeric/ranks/friedman.js';
import { wilcoxonSignedRank } from '../../numeric/ranks/wilcoxon.js';
import { formatCount, formatNumber } from '../../text/number.js';
import type { RacedValues, Round } from './round.js';

/** Probability below which a test rejects, as in irace. */
const SIGNIFICANCE = 0.05;

/** Repeats before the first test, as in irace. */
export const DEFAULT_FIRST_TEST = 5;

/**
 * Elimination by paired tests: settings leave that are significantly worse than the best on the same repeats, and the
 * others run one more repeat. Friedman's test compares three or more settings by their ranks within each repeat; where
 * it rejects, the test of Conover says which are worse than the best. The Wilcoxon signed-rank test compares the last
 * two. The level is 5 %. Settings of which a repeat was stopped early leave without a test. The settings have all run
 * the same repeats, at least two; the best by the mean comes first.
 *
 * Source: López-Ibáñez et al. 2016, "The irace package: iterated racing for automatic algorithm configuration", where
 * the Wilcoxon test is approximate; here it is exact up to 50 repeats.
 */
export function pairedTests<Entry extends RacedValues>(ranked: readonly Entry[], goal: Goal): Round<Entry> {
  const ran = ranked[0]?.values.length ?? 0;
  const upTo = ran + 1;
  const whole = ranked.filter(({ isCut = false }) => !isCut);
  const left = ranked.length - whole.length;
  const stopped =
    left === 0
      ? ''
      : `${formatCount(left, 'setting')} ${left === 1 ? 'has' : 'have'} repeats that were stopped early. `;
  if (whole.length < 2) {
    const kept = ranked.slice(0, 2);
    const because = (_: number, also: string): string =>
      `${stopped}The best two settings run on, up to ${formatCount(upTo, 'repeat')}${also}.`;
    return { kept, upTo, because, ended: null };
  }
  const costs = whole.map(({ values }) => values.map((value) => (goal === 'minimize' ? value : -value)));
  const { stays, test, p, words } = costs.length === 2 ? compareTwo(costs) : compareSeveral(costs);
  const kept = whole.filter((_, i) => stays[i]);
  const because = (_: number, also: string): string => {
    if (kept.length === 1) return `${stopped}${words}, so the race ends.`;
    const all = kept.length === 2 ? 'Both' : `All ${kept.length}`;
    const who = kept.length === whole.length ? all : `The other ${kept.length}`;
    return `${stopped}${words}. ${who} run on, up to ${formatCount(upTo, 'repeat')}${also}.`;
  };
  return { kept, upTo, because, ended: kept.length === 1 ? { test, p } : null };
}

/** What a test says of settings. */
interface Verdict {
  /** Whether each of the settings stays. */
  readonly stays: readonly boolean[];
  readonly test: 'friedman' | 'wilcoxon';
  readonly p: number;
  /** The start of the sentence, without a full stop. */
  readonly words: string;
}

function compareSeveral(costs: readonly (readonly number[])[]): Verdict {
  const repeats = costs[0]?.length ?? 0;
  const blocks = Array.from({ length: repeats }, (_, b) => costs.map((values) => values[b] ?? Number.NaN));
  const test = friedmanTest(blocks);
  const { rankSums, statistic, p } = test;
  const distance = p < SIGNIFICANCE ? conoverDistance(test, 1 - SIGNIFICANCE) : Number.POSITIVE_INFINITY;
  const best = rankSums.reduce((least, sum) => Math.min(least, sum), Number.POSITIVE_INFINITY);
  const stays = rankSums.map((sum) => sum - best <= distance);
  const worse = stays.filter((one) => !one).length;
  const over = `Friedman's test over ${formatCount(repeats, 'repeat')}`;
  const settings = formatCount(costs.length, 'setting');
  const numbers = `(chi-squared ${formatNumber(statistic)}, ${formatP(p)})`;
  const found = p < SIGNIFICANCE ? 'finds differences' : 'finds no difference';
  const who = worse === 0 ? 'none is' : worse === costs.length - 1 ? 'all others are' : formatIs(worse);
  const conover = p < SIGNIFICANCE ? `; by Conover's test, ${who} worse than the best` : '';
  return {
    stays,
    test: 'friedman',
    p,
    words: `${over} ${found} between ${settings} ${numbers}${conover}`,
  };
}

function compareTwo(costs: readonly (readonly number[])[]): Verdict {
  const [first = [], second = []] = costs;
  // The difference of two trials with the worst value is no number; they are equal.
  const differences = first.map((cost, i) => (cost === second[i] ? 0 : cost - (second[i] ?? Number.NaN)));
  const { positive, negative, p } = wilcoxonSignedRank(differences);
  const isDecided = p < SIGNIFICANCE;
  const over = `The Wilcoxon signed-rank test over ${formatCount(first.length, 'repeat')}`;
  const found = isDecided
    ? 'finds that one of 2 settings is better'
    : 'finds no difference between 2 settings';
  return {
    stays: [!isDecided || positive < negative, !isDecided || negative < positive],
    test: 'wilcoxon',
    p,
    words: `${over} ${found} (sum of ranks ${formatNumber(Math.min(positive, negative))}, ${formatP(p)})`,
  };
}

const formatIs = (count: number): string => `${count} ${count === 1 ? 'is' : 'are'}`;

/** Two digits; smaller probabilities say no more. */
const formatP = (p: number): string =>
  p < 1e-4 ? 'p < 0.0001' : `p ${formatNumber(Number(p.toPrecision(2)))}`;
