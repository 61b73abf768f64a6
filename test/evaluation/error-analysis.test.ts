import { describe, expect, it } from 'vitest';
import { MISTAKES_UP_TO, POINTS_UP_TO } from '../../src/campaign/test-errors.js';
import { confusionOf, residualsOf } from '../../src/evaluation/error-analysis.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';

describe('a confusion', () => {
  it('counts rows, right answers and mistakes, the most frequent mistake first', () => {
    expect(confusionOf([0, 0, 0, 1, 1, 2, 2, 2], [0, 1, 1, 1, 0, 2, 2, 0], 4)).toEqual({
      kind: 'confusion',
      rows: [3, 2, 3, 0],
      right: [1, 1, 2, 0],
      mistakes: [
        [0, 1, 2],
        [1, 0, 1],
        [2, 0, 1],
      ],
    });
  });

  it('accounts for every row of 32 classes, and keeps the most frequent mistakes of more', () => {
    const stream = keyedStream('confusion');
    const drawn = (classes: number) => Array.from({ length: 20_000 }, () => stream.below(classes));
    const few = confusionOf(drawn(32), drawn(32), 32);
    const told = [...few.right, ...few.mistakes.map(([, , rows]) => rows)];
    expect(told.reduce((sum, rows) => sum + rows, 0)).toBe(20_000);
    const many = confusionOf(drawn(200), drawn(200), 200);
    expect(many.mistakes).toHaveLength(MISTAKES_UP_TO);
    const counts = many.mistakes.map(([, , rows]) => rows);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(counts[0]).toBeGreaterThan(1);
  });
});

describe('residuals', () => {
  it('are truth minus prediction, summarised by their quantiles and those of the distances', () => {
    const residuals = residualsOf(Float64Array.of(10, 30, 20, 40), Float64Array.of(12, 29, 20, 36));
    expect(residuals?.rows).toBe(4);
    expect(residuals?.quantiles).toContainEqual([0, -2]);
    expect(residuals?.quantiles).toContainEqual([0.5, 0.5]);
    expect(residuals?.quantiles).toContainEqual([1, 4]);
    expect(residuals?.distances).toContainEqual([0, 0]);
    expect(residuals?.distances).toContainEqual([0.5, 1.5]);
    expect(residuals?.points).toEqual([
      [10, 12],
      [20, 20],
      [30, 29],
      [40, 36],
    ]);
  });

  it('show rows of any number by a bounded sample over all of the range, the same in any order of the rows', () => {
    const stream = keyedStream('residuals');
    const truths = Float64Array.from({ length: 5000 }, () => stream.normal());
    const predictions = truths.map((truth) => truth + stream.normal() / 10);
    const residuals = residualsOf(truths, predictions);
    expect(residuals?.points).toHaveLength(POINTS_UP_TO);
    expect(residuals?.points[0]?.[0]).toBe(Math.min(...truths));
    expect(residuals?.points.at(-1)?.[0]).toBe(Math.max(...truths));
    expect(residualsOf(truths.toReversed(), predictions.toReversed())).toEqual(residuals);
  });

  it('are none where a prediction is no number', () => {
    expect(residualsOf(Float64Array.of(1, 2), Float64Array.of(1, Number.NaN))).toBeNull();
  });
});
