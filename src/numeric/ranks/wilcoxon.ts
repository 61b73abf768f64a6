import { pow } from '../elementary.js';
import { normalBelow } from '../normal.js';
import { midRanks } from './mid-ranks.js';

/** What the signed-rank test says of paired differences. */
export interface WilcoxonTest {
  /** Differences that are not 0. */
  readonly pairs: number;
  /** The sums of the ranks of the positive and of the negative differences. */
  readonly positive: number;
  readonly negative: number;
  /** The two-sided probability of sums at least this far apart if the differences are symmetric around 0. */
  readonly p: number;
}

/** Up to this many differences the test is exact: the counts of up to 2^50 signs are exact numbers. */
const MAX_EXACT = 50;

/**
 * The Wilcoxon signed-rank test. Differences of 0 are left out, and equal sizes share the mean of their ranks. Infinite
 * differences have the largest size.
 *
 * Up to 50 differences the test is exact, with ties, too: it counts all signs that the given ranks can have (Conover
 * 1999, "Practical nonparametric statistics", third edition, section 5.7). Above, it uses the normal approximation with
 * corrections for ties and continuity (Hollander and Wolfe 1999, "Nonparametric statistical methods", section 3.1).
 */
export function wilcoxonSignedRank(differences: readonly number[]): WilcoxonTest {
  const nonZero = differences.filter((difference) => difference !== 0);
  const { ranks, ties } = midRanks(nonZero.map(Math.abs));
  let [positive, negative] = [0, 0];
  for (const [i, difference] of nonZero.entries()) {
    if (difference > 0) positive += ranks[i] ?? 0;
    else negative += ranks[i] ?? 0;
  }
  const pairs = nonZero.length;
  const smaller = Math.min(positive, negative);
  const p = pairs <= MAX_EXACT ? exactP(ranks, smaller) : approximateP(pairs, ties, smaller);
  return { pairs, positive, negative, p };
}

/** Counts how many of all signs give a sum of positive ranks up to the smaller one. */
function exactP(ranks: readonly number[], smaller: number): number {
  // Mid-ranks are multiples of a half.
  const doubled = ranks.map((rank) => 2 * rank);
  const total = doubled.reduce((sum, rank) => sum + rank, 0);
  const counts = new Float64Array(total + 1);
  counts[0] = 1;
  let reached = 0;
  for (const rank of doubled) {
    reached += rank;
    for (let sum = reached; sum >= rank; sum--) counts[sum] = (counts[sum] ?? 0) + (counts[sum - rank] ?? 0);
  }
  let atMost = 0;
  for (let sum = 0; sum <= 2 * smaller; sum++) atMost += counts[sum] ?? 0;
  return Math.min(1, (2 * atMost) / pow(2, ranks.length));
}

function approximateP(pairs: number, ties: readonly number[], smaller: number): number {
  const centre = (pairs * (pairs + 1)) / 4;
  const tied = ties.reduce((sum, size) => sum + size * size * size - size, 0);
  const variance = (pairs * (pairs + 1) * (2 * pairs + 1)) / 24 - tied / 48;
  const z = Math.min(0, smaller - centre + 0.5) / Math.sqrt(variance);
  return Math.min(1, 2 * normalBelow(z));
}
