import { chiSquaredAbove } from '../chi-squared.js';
import { studentTQuantile } from '../student-t.js';
import { midRanks } from './mid-ranks.js';

/** What Friedman's test says of treatments that were all measured in each of some blocks. */
export interface FriedmanTest {
  /** The sum of the ranks of each treatment over the blocks. */
  readonly rankSums: readonly number[];
  /** The sum of the squares of all ranks. */
  readonly squares: number;
  readonly blocks: number;
  /** Chi-squared distributed, approximately, if the treatments are alike; 0 if all values of each block are equal. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** The probability of at least this statistic if the treatments are alike. */
  readonly p: number;
}

/**
 * Friedman's test, with mid-ranks for ties: whether some treatments tend to larger values than others. `blocks` has the
 * values of all treatments in each block: at least two blocks and two treatments.
 *
 * Source: Conover 1999, "Practical nonparametric statistics", third edition, section 5.8: the statistic T1, which is
 * compared with chi-squared. Equal to Friedman 1937 if there are no ties.
 */
export function friedmanTest(blocks: readonly (readonly number[])[]): FriedmanTest {
  const treatments = blocks[0]?.length ?? 0;
  const rankSums = new Array<number>(treatments).fill(0);
  let squares = 0;
  for (const block of blocks) {
    for (const [i, rank] of midRanks(block).ranks.entries()) {
      rankSums[i] = (rankSums[i] ?? 0) + rank;
      squares += rank * rank;
    }
  }
  const expected = (blocks.length * (treatments + 1)) / 2;
  let spread = 0;
  for (const sum of rankSums) spread += (sum - expected) * (sum - expected);
  const untied = (blocks.length * treatments * (treatments + 1) * (treatments + 1)) / 4;
  const degreesOfFreedom = treatments - 1;
  const statistic = squares === untied ? 0 : (degreesOfFreedom * spread) / (squares - untied);
  const p = chiSquaredAbove(statistic, degreesOfFreedom);
  return { rankSums, squares, blocks: blocks.length, statistic, degreesOfFreedom, p };
}

/**
 * The distance of two rank sums above which two treatments differ, with this confidence (0.95, say). It holds after
 * Friedman's test has rejected that all are alike.
 *
 * Source: Conover 1999, section 5.8, multiple comparisons; used in this way by irace (López-Ibáñez et al. 2016, "The
 * irace package").
 */
export function conoverDistance(test: FriedmanTest, confidence: number): number {
  const { rankSums, squares, blocks } = test;
  const degreesOfFreedom = (blocks - 1) * (rankSums.length - 1);
  let sumOfSquares = 0;
  for (const sum of rankSums) sumOfSquares += sum * sum;
  // Ranks are multiples of a half, so the difference is exact, and 0 if all blocks have the same order.
  const left = (2 * (blocks * squares - sumOfSquares)) / degreesOfFreedom;
  return studentTQuantile(confidence, degreesOfFreedom) * Math.sqrt(left);
}
