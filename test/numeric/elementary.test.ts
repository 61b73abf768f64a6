import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cos, exp, log, pow, sigmoid, sin, tanh } from '../../src/numeric/elementary.js';
import { studentTBelow, studentTQuantile } from '../../src/numeric/student-t.js';

const relative = (value: number, want: number): number =>
  Math.abs(value - want) / Math.max(Math.abs(want), 1e-300);

describe('own arithmetic', () => {
  it('agrees with the engine to a few units in the last place', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(relative(exp(x), Math.exp(x))).toBeLessThan(1e-15);
        expect(relative(tanh(x), Math.tanh(x))).toBeLessThan(1e-15);
        expect(relative(sigmoid(x), 1 / (1 + Math.exp(-x)))).toBeLessThan(1e-14);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        expect(Math.abs(log(x) - Math.log(x))).toBeLessThan(4e-16 * Math.max(1, Math.abs(Math.log(x))));
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.double({ min: -1000, max: 1000, noNaN: true }), (x) => {
        expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThan(1e-12);
        expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThan(1e-12);
      }),
      { numRuns: 2000 },
    );
  });

  it('is exact where the value is', () => {
    expect([exp(0), log(1), tanh(0), sin(0), cos(0), sigmoid(0)]).toEqual([1, 0, 0, 0, 1, 0.5]);
    expect([pow(2, 10), pow(2, -1), pow(0, 3), pow(7, 0), pow(10, 3)]).toEqual([1024, 0.5, 0, 1, 1000]);
  });

  it('ends where doubles end', () => {
    expect([exp(1000), exp(-1000), log(0), tanh(100), tanh(-100)]).toEqual([
      Number.POSITIVE_INFINITY,
      0,
      Number.NEGATIVE_INFINITY,
      1,
      -1,
    ]);
    expect(exp(709)).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(exp(-745)).toBeGreaterThan(0);
    expect([exp(Number.NaN), log(Number.NaN), log(-1)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  it('gives the same bits everywhere', () => {
    const bits = (value: number): string => {
      const view = new DataView(new ArrayBuffer(8));
      view.setFloat64(0, value);
      return view.getBigUint64(0).toString(16);
    };
    expect([exp(1), log(3), tanh(0.7), sin(2), cos(2), pow(1.1, 0.3)].map(bits)).toMatchInlineSnapshot(`
      [
        "4005bf0a8b14576a",
        "3ff193ea7aad030a",
        "3fe356fb17af2e91",
        "3fed18f6ead1b445",
        "bfdaa22657537205",
        "3ff076cebe41bf7a",
      ]
    `);
  });
});

describe("Student's t", () => {
  it('has the quantiles of the tables', () => {
    expect([1, 2, 4, 9, 30, 1e6].map((df) => studentTQuantile(0.95, df).toFixed(4))).toEqual([
      '12.7062',
      '4.3027',
      '2.7764',
      '2.2622',
      '2.0423',
      '1.9600',
    ]);
  });

  it('is symmetric', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 50, noNaN: true }), fc.integer({ min: 1, max: 100 }), (t, df) => {
        expect(studentTBelow(t, df) + studentTBelow(-t, df)).toBeCloseTo(1, 12);
      }),
    );
  });
});
