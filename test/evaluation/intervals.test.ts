import { describe, expect, it } from 'vitest';
import { bootstrapInterval, wilsonInterval } from '../../src/evaluation/intervals.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';

describe("Wilson's interval", () => {
  // Brown, Cai and DasGupta's formula worked out with 1.959963984540054.
  it.each([
    [8, 10, 0.4901624715, 0.9433178485],
    [50, 100, 0.4038315304, 0.5961684696],
    [1, 20, 0.0088814484, 0.2361312011],
  ])('of %i out of %i', (successes, total, low, high) => {
    const interval = wilsonInterval(successes, total);
    expect(interval.value).toBe(successes / total);
    expect(interval.low).toBeCloseTo(low, 6);
    expect(interval.high).toBeCloseTo(high, 6);
  });

  it('stays within 0 and 1, and is no point where all or none succeed', () => {
    expect(wilsonInterval(0, 10)).toMatchObject({ value: 0, low: 0 });
    expect(wilsonInterval(0, 10).high).toBeCloseTo(0.2775, 4);
    expect(wilsonInterval(10, 10)).toMatchObject({ value: 1, high: 1 });
    expect(wilsonInterval(10, 10).low).toBeCloseTo(0.7225, 4);
  });
});

describe('the bootstrap', () => {
  const meanOf = (values: Float64Array) => (sample: Uint32Array) =>
    sample.reduce((sum, row) => sum + (values[row] ?? Number.NaN), 0) / sample.length;

  it('gives about the interval of theory for a mean', () => {
    const stream = keyedStream('bootstrap test');
    const values = Float64Array.from({ length: 400 }, () => stream.normal());
    const { value, low, high } = bootstrapInterval(400, meanOf(values), keyedStream('resamples'));
    expect(value).toBeCloseTo(meanOf(values)(Uint32Array.from(values.keys())), 12);
    const half = 1.96 / Math.sqrt(400);
    expect(((high ?? 0) - (low ?? 0)) / (2 * half)).toBeGreaterThan(0.85);
    expect(((high ?? 0) - (low ?? 0)) / (2 * half)).toBeLessThan(1.15);
  });

  it('covers the true mean in about 95 of 100 samples', () => {
    let covered = 0;
    for (let trial = 0; trial < 100; trial++) {
      const stream = keyedStream('coverage', trial);
      const values = Float64Array.from({ length: 60 }, () => stream.normal());
      const { low, high } = bootstrapInterval(60, meanOf(values), keyedStream('coverage', trial, 'again'));
      if ((low ?? 1) <= 0 && (high ?? -1) >= 0) covered += 1;
    }
    // Below 86 or above 100 would be 4 standard errors off.
    expect(covered).toBeGreaterThan(86);
  });

  it('is the same for the same stream', () => {
    const values = Float64Array.of(1, 2, 3, 4, 50);
    const once = bootstrapInterval(5, meanOf(values), keyedStream('a'));
    expect(bootstrapInterval(5, meanOf(values), keyedStream('a'))).toEqual(once);
  });

  it('gives no bounds for a single row', () => {
    expect(bootstrapInterval(1, () => 3, keyedStream('one'))).toEqual({ value: 3, low: null, high: null });
  });
});
