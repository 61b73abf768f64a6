import { describe, expect, it } from 'vitest';
import { normalBelow, normalQuantile } from '../../src/numeric/normal.js';

describe('the normal distribution', () => {
  it('has the shares and quantiles of the reference', () => {
    // scipy.special.ndtr and ndtri of SciPy 1.10.
    const reference = [
      [-10, 7.61985302416052e-24],
      [-3, 0.0013498980316300933],
      [-1, 0.15865525393145707],
      [0, 0.5],
      [0.5, 0.6914624612740131],
      [2, 0.9772498680518208],
    ] as const;
    for (const [x, share] of reference) {
      expect(Math.abs(normalBelow(x) / share - 1)).toBeLessThan(1e-13);
      expect(Math.abs(normalQuantile(share) - x)).toBeLessThan(1e-12);
    }
  });

  it('is its own inverse', () => {
    for (let x = -8; x <= 5; x += 0.1) expect(normalQuantile(normalBelow(x))).toBeCloseTo(x, 8);
  });
});
