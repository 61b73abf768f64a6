import { describe, expect, it } from 'vitest';
import { fitCost, type Timed } from '../../src/forecast/cost-model.js';

/** A moment to start, an epoch's rows, and their products with the weights. */
const workOf = (epochs: number, weights: number): readonly number[] => [
  1,
  600 * epochs,
  600 * weights * epochs,
];
const secondsOf = (epochs: number, weights: number): number =>
  0.02 + 4e-6 * 600 * epochs + 2e-9 * 600 * weights * epochs;
const timed = (epochs: number, weights: number): Timed => ({
  work: workOf(epochs, weights),
  seconds: secondsOf(epochs, weights),
});

const trials = [timed(1, 50), timed(3, 50), timed(3, 4000), timed(60, 50), timed(60, 900), timed(20, 4000)];

describe('the model of cost', () => {
  it('tells what was not timed, larger and longer, from what was', () => {
    const model = fitCost(trials);
    for (const [epochs, weights] of [
      [100, 50],
      [100, 2000],
      [200, 9000],
    ] as const) {
      expect(model(workOf(epochs, weights)) / secondsOf(epochs, weights)).toBeCloseTo(1, 2);
    }
  });

  it('hardly heeds a trial during which the machine had other things to do', () => {
    const stalled = { ...timed(3, 900), seconds: 30 * secondsOf(3, 900) };
    const model = fitCost([...trials, stalled]);
    expect(model(workOf(100, 2000)) / secondsOf(100, 2000)).toBeCloseTo(1, 1);
  });

  it('takes no share to be negative', () => {
    const model = fitCost([
      { work: [1, 10], seconds: 5 },
      { work: [1, 20], seconds: 4 },
    ]);
    expect(model([0, 1])).toBe(0);
  });
});
