import { expect, test } from 'vitest';
import { adjustedMeans } from '../../src/numeric/adjusted-means.js';

const values = (...list: readonly [repeat: number, value: number][]) => new Map(list);

test('an additive table is recovered whatever cells are missing', () => {
  const effects = [0.3, -0.1, 0.25, -0.45];
  const cell = (setting: number, repeat: number) =>
    [repeat, setting + (effects[repeat - 1] ?? 0)] as [number, number];
  const settings = [
    values(cell(1, 1), cell(1, 2), cell(1, 3), cell(1, 4)),
    values(cell(2, 1), cell(2, 2)),
    values(cell(3, 3)),
    values(cell(4, 2), cell(4, 4)),
  ];
  for (const [i, mean] of adjustedMeans(settings).entries()) expect(mean).toBeCloseTo(i + 1, 12);
});

test('a setting that ran on one easy repeat does not look better than the winner', () => {
  // On repeat 1 everything is easy, and there the winner was better.
  const [winner, early] = adjustedMeans([
    values([1, 0.5], [2, 0.7], [3, 0.75], [4, 0.65]),
    values([1, 0.55]),
    values([1, 0.6], [2, 0.85]),
  ]);
  expect(winner).toBe((0.5 + 0.7 + 0.75 + 0.65) / 4);
  expect(early ?? 0).toBeCloseTo(0.7, 1);
});

test('settings on equal repeats keep their plain means, bit for bit', () => {
  expect(adjustedMeans([values([1, 0.1], [2, 0.2]), values([1, 0.3], [2, 0.4])])).toEqual([
    (0.1 + 0.2) / 2,
    (0.3 + 0.4) / 2,
  ]);
});

test('the estimates are those of least squares', () => {
  // Worked out with the normal equations by hand: a, b, c with effects of three repeats that sum to 0.
  const settings = [values([1, 1], [2, 2]), values([2, 4], [3, 3]), values([1, 2], [3, 5])];
  const [a, b, c] = adjustedMeans(settings).map(Number) as [number, number, number];
  const means = [a, b, c];
  const loss = (shift: readonly number[]): number => {
    let sum = 0;
    for (const repeat of [1, 2, 3]) {
      const rests = settings.flatMap((cells, i) => {
        const value = cells.get(repeat);
        return value === undefined ? [] : [value - (means[i] ?? 0) - (shift[i] ?? 0)];
      });
      const effect = rests.reduce((total, rest) => total + rest, 0) / rests.length;
      for (const rest of rests) sum += (rest - effect) * (rest - effect);
    }
    return sum;
  };
  const least = loss([0, 0, 0]);
  for (const shift of [
    [0.01, 0, 0],
    [0, -0.01, 0],
    [0, 0.01, -0.02],
  ])
    expect(loss(shift)).toBeGreaterThan(least);
});

test('what cannot be adjusted stays or is unknown', () => {
  const diverged = values([1, Number.POSITIVE_INFINITY]);
  expect(adjustedMeans([values([1, 1], [2, 2]), diverged, new Map(), values([9, 5])])).toEqual([
    1.5,
    Number.POSITIVE_INFINITY,
    null,
    null,
  ]);
  expect(adjustedMeans([])).toEqual([]);
});
