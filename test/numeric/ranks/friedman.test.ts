import { describe, expect, it } from 'vitest';
import { conoverDistance, friedmanTest } from '../../../src/numeric/ranks/friedman.js';

const WITHOUT_TIES = [
  [0.52, 0.61, 0.48, 0.7],
  [0.55, 0.66, 0.5, 0.71],
  [0.49, 0.58, 0.51, 0.69],
  [0.6, 0.62, 0.53, 0.64],
  [0.51, 0.57, 0.47, 0.73],
];
const WITH_TIES = [
  [1, 2, 2, 4, 3],
  [2, 2, 1, 4, 4],
  [1, 3, 2, 5, 4],
  [1, 1, 1, 2, 2],
  [3, 1, 2, 5, 4],
  [2, 1, 3, 3, 3],
];
const ALIKE = [
  [3, 1, 2],
  [1, 3, 2],
  [2, 1, 3],
  [3, 2, 1],
];

describe("Friedman's test", () => {
  it.each([
    ['without ties', WITHOUT_TIES, [9, 15, 6, 20], 14.039999999999992, 0.0028512084304522568],
    ['with ties', WITH_TIES, [11.5, 12, 13.5, 28, 25], 18.333333333333332, 0.0010620521289556705],
    ['without a difference', ALIKE, [9, 7, 8], 0.5, 0.7788007830714049],
  ])('has the statistic and the probability of the reference %s', (_, blocks, rankSums, statistic, p) => {
    // scipy.stats.friedmanchisquare and scipy.stats.rankdata of SciPy 1.10.
    const test = friedmanTest(blocks);
    expect(test.rankSums).toEqual(rankSums);
    expect(test.statistic).toBeCloseTo(statistic, 10);
    expect(test.p).toBeCloseTo(p, 12);
  });

  it('does not reject where all values of each block are equal', () => {
    expect(
      friedmanTest([
        [1, 1, 1],
        [2, 2, 2],
      ]),
    ).toMatchObject({ statistic: 0, p: 1 });
  });
});

describe("Conover's distance of rank sums", () => {
  it.each([
    ['without ties', WITHOUT_TIES, 2.515876347439969],
    ['with ties', WITH_TIES, 5.769489821506593],
    ['without a difference', ALIKE, 7.7378146758352395],
  ])('is that of the formula with the reference quantile %s', (_, blocks, distance) => {
    // The formula of Conover 1999 with scipy.stats.rankdata and scipy.stats.t.ppf of SciPy 1.10. The latter is exact to
    // about 1e-8.
    expect(conoverDistance(friedmanTest(blocks), 0.95)).toBeCloseTo(distance, 7);
  });

  it('is 0 where all blocks have the same order: any two treatments differ', () => {
    expect(
      conoverDistance(
        friedmanTest([
          [1, 2, 3],
          [4, 5, 6],
          [0, 0.1, 7],
        ]),
        0.95,
      ),
    ).toBe(0);
  });
});
