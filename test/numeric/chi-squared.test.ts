import { describe, expect, it } from 'vitest';
import { chiSquaredAbove } from '../../src/numeric/chi-squared.js';

describe('the chi-squared distribution', () => {
  it('has the shares of the reference, in the middle and in both tails', () => {
    // scipy.stats.chi2.sf of SciPy 1.10.
    const reference = [
      [0.5, 1, 0.47950012218695337],
      [3.84, 1, 0.05004352124870519],
      [1, 3, 0.8012519569012009],
      [12.5, 9, 0.18656597485845106],
      [40, 9, 7.598525229464264e-6],
      [60, 69, 0.7718036593041637],
      [69, 69, 0.4773564430497362],
      [120, 69, 0.0001395774469425213],
      [1000, 69, 3.9398299209269523e-165],
      [2050, 2000, 0.21342451613819294],
      [200, 2000, 1],
      [0, 4, 1],
    ] as const;
    for (const [x, degreesOfFreedom, share] of reference)
      expect(Math.abs(chiSquaredAbove(x, degreesOfFreedom) / share - 1)).toBeLessThan(1e-10);
  });

  it('has nothing above infinity, and no share of what is no number', () => {
    expect(chiSquaredAbove(Number.POSITIVE_INFINITY, 3)).toBe(0);
    expect(chiSquaredAbove(Number.NaN, 3)).toBeNaN();
  });
});
