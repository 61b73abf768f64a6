import { describe, expect, it } from 'vitest';
import { learningRates } from '../../src/mlp/learning-rate.js';
import type { MlpParameters } from '../../src/mlp/mlp-parameters.js';

const UPDATES = 5;
const HORIZON = 20;

/** The rates of all updates of so many epochs. */
function course(lr_schedule: MlpParameters['lr_schedule'], epochs = HORIZON): number[] {
  return Array.from({ length: epochs }, (_, k) => [
    ...learningRates({ learning_rate: 0.2, lr_schedule }, k + 1, HORIZON, new Float64Array(UPDATES)),
  ]).flat();
}

describe('the learning rate', () => {
  it('stays where it is without a schedule', () => {
    expect(new Set(course('constant'))).toEqual(new Set([0.2]));
  });

  it('falls along half a cosine, update by update', () => {
    const rates = course('cosine');
    expect(rates[0]).toBe(0.2);
    expect(rates[50]).toBeCloseTo(0.1, 12);
    expect(rates[25]).toBeCloseTo(0.1 * (1 + Math.SQRT1_2), 12);
    expect(rates.every((rate, k) => k === 0 || rate < (rates[k - 1] ?? 0))).toBe(true);
  });

  it('falls to a tenth after half of the epochs and to a hundredth after three quarters', () => {
    const rates = course('step');
    expect([0, 49, 50, 74, 75, 99].map((k) => rates[k]?.toFixed(4))).toEqual([
      '0.2000',
      '0.2000',
      '0.0200',
      '0.0200',
      '0.0020',
      '0.0020',
    ]);
  });

  it('rises over 30 % of one cycle and falls to nearly nothing', () => {
    const rates = course('one_cycle');
    expect(rates[0]).toBeCloseTo(0.2 / 25, 12);
    expect(rates[30]).toBeCloseTo(0.2, 12);
    expect(Math.max(...rates)).toBeCloseTo(0.2, 12);
    expect(rates.at(-1)).toBeLessThan(0.001);
  });

  it('stays as it ended after the horizon', () => {
    expect(course('cosine', HORIZON + 2).slice(-UPDATES)).toEqual(new Array(UPDATES).fill(0));
    expect(course('step', HORIZON + 2).at(-1)).toBeCloseTo(0.002, 12);
  });
});
