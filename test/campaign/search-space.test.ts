import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Domain, domainSize, draw, gridOf } from '../../src/campaign/domain.js';
import {
  drawSetting,
  freeParameters,
  grid,
  gridSize,
  type SearchSpace,
  subspace,
} from '../../src/campaign/search-space.js';
import { multipleOf, multiplesWithin, nearestMultiple } from '../../src/campaign/space/quantize.js';

const listed = (...values: number[]): Domain => ({ kind: 'values', values, probabilities: null });

/** Draws 0, 1, 2, ... of a domain of numbers. */
function drawsOf(domain: Domain, count: number, seed = 7): number[] {
  return Array.from({ length: count }, (_, index) => Number(draw(domain, seed, index, 'x')));
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the grid of a space', () => {
  const space: SearchSpace = {
    hidden: listed(4, 8),
    layers: { kind: 'fixed', value: 2 },
    rate: listed(0, 0.5),
  };

  it('has every combination, the last parameter changing fastest, in the order of the config', () => {
    expect(grid(space)).toEqual([
      { hidden: 4, layers: 2, rate: 0 },
      { hidden: 4, layers: 2, rate: 0.5 },
      { hidden: 8, layers: 2, rate: 0 },
      { hidden: 8, layers: 2, rate: 0.5 },
    ]);
    expect(grid(space).map((setting) => Object.keys(setting).join())).toEqual(
      new Array(4).fill('hidden,layers,rate'),
    );
  });

  it('is as large as it says', () => {
    expect(gridSize(space)).toBe(4);
    expect(gridSize({})).toBe(1);
    expect(grid({})).toEqual([{}]);
  });

  it('does not exist where a parameter is continuous', () => {
    const continuous: SearchSpace = { ...space, rate: { kind: 'uniform', min: 0, max: 1 } };
    expect(gridSize(continuous)).toBeNull();
    expect(() => grid(continuous)).toThrow('rate is continuous (uniform) and has no grid');
  });

  it('lists whole numbers and multiples with both ends', () => {
    expect(gridOf({ kind: 'int_uniform', min: -1, max: 2 })).toEqual([-1, 0, 1, 2]);
    expect(gridOf({ kind: 'q_uniform', min: 0.1, max: 0.5, q: 0.1 })).toEqual([0.1, 0.2, 0.3, 0.4, 0.5]);
    expect(gridOf({ kind: 'q_log_uniform_values', min: 5, max: 33, q: 8 })).toEqual([8, 16, 24, 32]);
    expect(gridOf({ kind: 'normal', mu: 0, sigma: 1, bounds: null })).toBeNull();
  });
});

describe('part of a space', () => {
  const space: SearchSpace = { a: listed(1, 2), b: { kind: 'fixed', value: true }, c: listed(3, 4) };

  it('keeps the order of the space', () => {
    expect(Object.keys(subspace(space, ['c', 'a']))).toEqual(['a', 'c']);
  });

  it('is free where it can take more than one value', () => {
    expect(freeParameters(space)).toEqual(['a', 'c']);
  });
});

describe('a draw', () => {
  const rate: Domain = { kind: 'log_uniform_values', min: 0.0003, max: 0.03 };

  it('of a parameter is the same whatever else is in the space', () => {
    const alone = drawSetting({ rate }, 7, 3);
    const among = drawSetting(
      { hidden: listed(4, 8), rate, dropout: { kind: 'uniform', min: 0, max: 1 } },
      7,
      3,
    );
    expect(among.rate).toBe(alone.rate);
    expect(Object.keys(among)).toEqual(['hidden', 'rate', 'dropout']);
  });

  it('depends on seed, index and name', () => {
    const values = [
      draw(rate, 7, 3, 'a'),
      draw(rate, 8, 3, 'a'),
      draw(rate, 7, 4, 'a'),
      draw(rate, 7, 3, 'b'),
    ];
    expect(new Set(values).size).toBe(4);
    expect(draw(rate, 7, 3, 'a')).toBe(values[0]);
  });

  it('has the same bits on every machine', () => {
    const domains: Domain[] = [
      { kind: 'uniform', min: 0, max: 0.6 },
      { kind: 'int_uniform', min: 1, max: 1000 },
      { kind: 'q_uniform', min: 0, max: 10, q: 0.1 },
      rate,
      { kind: 'q_log_uniform_values', min: 8, max: 512, q: 8 },
      { kind: 'normal', mu: 0, sigma: 1, bounds: null },
      { kind: 'q_normal', mu: 5, sigma: 2, q: 0.25, bounds: { min: 0, max: 10 } },
      { kind: 'values', values: ['a', 'b', 'c'], probabilities: [0.2, 0.3, 0.5] },
    ];
    expect(domains.map((domain) => draw(domain, 7, 0, 'x'))).toMatchInlineSnapshot(`
      [
        0.15940697604291862,
        576,
        5.8,
        0.001019712731174999,
        24,
        0.7076420959329005,
        6.5,
        "b",
      ]
    `);
  });

  it('is spread as its domain says', () => {
    const count = 4000;
    expect(meanOf(drawsOf({ kind: 'uniform', min: 2, max: 4 }, count))).toBeCloseTo(3, 1);
    const logs = drawsOf({ kind: 'log_uniform_values', min: 0.01, max: 1 }, count);
    expect(logs.filter((value) => value < 0.1).length / count).toBeCloseTo(0.5, 1);
    const normals = drawsOf({ kind: 'normal', mu: 10, sigma: 2, bounds: null }, count);
    const centre = meanOf(normals);
    const spread = Math.sqrt(meanOf(normals.map((value) => (value - centre) * (value - centre))));
    expect(Math.abs(centre - 10)).toBeLessThan((4 * 2) / Math.sqrt(count));
    expect(spread).toBeCloseTo(2, 0);
    expect(normals.filter((value) => Math.abs(value - 10) < 2).length / count).toBeCloseTo(0.683, 1);
  });

  it('of whole numbers and of multiples takes every value equally often, both ends included', () => {
    const count = 6000;
    for (const [domain, values] of [
      [{ kind: 'int_uniform', min: 3, max: 8 }, [3, 4, 5, 6, 7, 8]],
      [{ kind: 'q_uniform', min: 0.2, max: 0.7, q: 0.1 }, [0.2, 0.3, 0.4, 0.5, 0.6, 0.7]],
    ] as const) {
      const drawn = drawsOf(domain, count);
      expect([...new Set(drawn)].sort()).toEqual(values);
      // Four standard deviations of a binomial count.
      const tolerance = 4 * Math.sqrt((count * 5) / 36);
      for (const value of values)
        expect(Math.abs(drawn.filter((one) => one === value).length - count / 6)).toBeLessThan(tolerance);
    }
  });

  it('of weighted values follows the weights, and never takes one of weight 0', () => {
    const domain: Domain = { kind: 'values', values: [1, 2, 3], probabilities: [0.7, 0.3, 0] };
    const drawn = drawsOf(domain, 4000);
    expect(drawn.filter((value) => value === 1).length / 4000).toBeCloseTo(0.7, 1);
    expect(drawn).not.toContain(3);
  });

  it('of a whole number from more than 32 bits stays within them', () => {
    const domain: Domain = { kind: 'int_uniform', min: 0, max: 1e13 };
    const drawn = drawsOf(domain, 200);
    expect(drawn.every((value) => Number.isInteger(value) && value >= 0 && value <= 1e13)).toBe(true);
    expect(Math.max(...drawn)).toBeGreaterThan(4294967296);
  });

  it('of a normal distribution far from its bounds is the nearer bound', () => {
    expect(draw({ kind: 'normal', mu: 100, sigma: 0.1, bounds: { min: 0, max: 1 } }, 7, 0, 'x')).toBe(1);
  });

  it('never lies outside of the bounds, nor off its multiples', () => {
    const bounds = fc
      .tuple(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 10_000 }))
      .map(([start, width]) => ({ min: start / 100, max: (start + width) / 100 }));
    const quantum = fc.constantFrom(0.01, 0.1, 0.25, 1);
    fc.assert(
      fc.property(bounds, quantum, fc.nat(), fc.nat(20), ({ min, max }, q, seed, index) => {
        const domains: Domain[] = [
          { kind: 'uniform', min, max },
          { kind: 'log_uniform_values', min, max },
          { kind: 'normal', mu: min, sigma: max, bounds: { min, max } },
        ];
        const quantised: Domain = { kind: 'q_uniform', min, max, q };
        if (domainSize(quantised) !== 0) {
          domains.push(quantised, { kind: 'q_log_uniform_values', min, max, q });
          domains.push({ kind: 'q_normal', mu: max, sigma: 1, q, bounds: { min, max } });
        }
        for (const domain of domains) {
          const value = Number(draw(domain, seed, index, 'x'));
          expect(value).toBeGreaterThanOrEqual(min);
          expect(value).toBeLessThanOrEqual(max);
          if ('q' in domain) expect(multipleOf(q, Math.round(value / q))).toBe(value);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a multiple', () => {
  it('has the decimals of its quantum and no others', () => {
    expect(multipleOf(0.1, 3)).toBe(0.3);
    expect(multipleOf(0.7, 10)).toBe(7);
    expect(multipleOf(1e-7, 3)).toBe(3e-7);
    expect(multipleOf(2.5e21, 2)).toBe(5e21);
    expect(multipleOf(0.05, -7)).toBe(-0.35);
  });

  it('is found at the ends of a range although division rounds', () => {
    expect(multiplesWithin({ min: 0.3, max: 0.6 }, 0.1)).toEqual({ first: 3, last: 6 });
    expect(multiplesWithin({ min: 0.25, max: 0.29 }, 0.1)).toEqual({ first: 3, last: 2 });
  });

  it('is the nearest within the bounds', () => {
    expect(nearestMultiple(0.2499, 0.1, null)).toBe(0.2);
    expect(nearestMultiple(99, 8, { min: 8, max: 60 })).toBe(56);
  });
});
