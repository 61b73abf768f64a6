import { describe, expect, it } from 'vitest';
import { wilcoxonSignedRank } from '../../../src/numeric/ranks/wilcoxon.js';

describe('the Wilcoxon signed-rank test', () => {
  it.each([
    [[1.2, -0.4, 2.5, 0.9, 3.1, -1.8, 0.7, 2.2], 6, 0.109375],
    [[1, 2, 3, 4, 5, 6], 0, 0.03125],
    [[-1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -11, 12], 12, 0.0341796875],
    [[1, 2, 3, 4, 5], 0, 0.0625],
  ])('has the exact probability of the reference: %j', (differences, smaller, p) => {
    // scipy.stats.wilcoxon, mode exact, of SciPy 1.10.
    const test = wilcoxonSignedRank(differences);
    expect(Math.min(test.positive, test.negative)).toBe(smaller);
    expect(test.p).toBe(p);
  });

  it.each([
    [[1, 1, -1, 2, 2, 3, 3, 3], 34, 0.03125],
    [[2, 2, 2, -2, 2, 2, 2], 24, 0.125],
    [[0.5, -0.5, 1, 1, 1, 1.5, 2, 2, -1.5, 3], 47, 0.048828125],
  ])('is exact with ties, too: %j', (differences, positive, p) => {
    // scipy.stats.permutation_test over all signs, of SciPy 1.10.
    expect(wilcoxonSignedRank(differences)).toMatchObject({ positive, p });
  });

  it.each([
    ['without zeros', (i: number) => ((i * 37) % 101) - 59, 60, 583.5, 0.023085690112624326],
    ['with one zero', (i: number) => ((i * 37) % 101) - 42, 60, 639, 0.06387076553000058],
    ['with many ties', (i: number) => (10 * (i % 3) - 4) * ((i * 29) % 17), 70, 443, 3.940592761253431e-5],
  ])(
    'has the approximate probability of the reference for many differences %s',
    (_, at, count, smaller, p) => {
      // scipy.stats.wilcoxon, mode approx with continuity correction, of SciPy 1.10.
      const test = wilcoxonSignedRank(Array.from({ length: count }, (_, i) => at(i)));
      expect(Math.min(test.positive, test.negative)).toBe(smaller);
      expect(Math.abs(test.p / p - 1)).toBeLessThan(1e-9);
    },
  );

  it('says nothing of differences that are all 0', () => {
    expect(wilcoxonSignedRank([0, 0, 0])).toEqual({ pairs: 0, positive: 0, negative: 0, p: 1 });
  });

  it('takes infinite differences for the largest', () => {
    const worst = Number.POSITIVE_INFINITY;
    expect(wilcoxonSignedRank([-1, worst, -2, worst])).toMatchObject({ positive: 7, negative: 3 });
  });
});
