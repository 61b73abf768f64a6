import { describe, expect, it } from 'vitest';
import { midRanks } from '../../../src/numeric/ranks/mid-ranks.js';

describe('ranks', () => {
  it('count from 1 for the smallest value', () => {
    expect(midRanks([0.3, -2, 10, 0.5])).toEqual({ ranks: [2, 1, 4, 3], ties: [] });
  });

  it('are shared by equal values, infinite ones among them', () => {
    const worst = Number.POSITIVE_INFINITY;
    expect(midRanks([worst, 1, 1, 2, worst, 1])).toEqual({ ranks: [5.5, 2, 2, 4, 5.5, 2], ties: [3, 2] });
  });
});
