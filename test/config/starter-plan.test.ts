import { describe, expect, it } from 'vitest';
import { starterPlan } from '../../src/config/starter/starter-plan.js';

describe('what init searches', () => {
  it('has a second layer only for tables of some hundred rows', () => {
    const layers = [100, 400, 1000].map((rows) => starterPlan(rows, 10).layers);
    expect(layers).toEqual([null, null, [1, 2]]);
  });

  it('compares sizes from 128 to 512 units on small tables, unless there is hardly any time', () => {
    const grownOn = [100, 2500, 2501].map((rows) => starterPlan(rows, 10).growOn);
    const bounds = { atLeast: 128, atMost: 512 };
    expect(grownOn).toEqual([bounds, bounds, null]);
    expect(starterPlan(100, 10, 'quick').growOn).toBeNull();
  });

  it('lets all settings run on several repeats where a validation part has few rows', () => {
    const repeats = [250, 251, 10_000].map((rows) => starterPlan(rows, 10).repeats);
    expect(repeats).toEqual([
      { first: 3, most: 12 },
      { first: 1, most: 8 },
      { first: 1, most: 4 },
    ]);
  });

  it('tries dropout at larger sizes than the grown one: fewer where they cost more, none in a hurry', () => {
    const above = [100, 10_000].map((rows) => starterPlan(rows, 10).sizesAbove);
    expect(above).toEqual([2, 1]);
    expect(starterPlan(100, 10, 'quick').sizesAbove).toBe(0);
  });

  it('takes smaller steps where there are hundreds of inputs', () => {
    expect(starterPlan(48_000, 64).learningRates).toEqual([0.003]);
    expect(starterPlan(48_000, 717).learningRates).toEqual([0.001]);
    expect(starterPlan(48_000, 717, 'quick').learningRates).toEqual([0.001]);
  });

  it('lets growth reach several sizes on large tables, too, and fewer where there is hardly any time', () => {
    expect(starterPlan(10_000, 10).growthCost).toBeNull();
    const costs = (['minimal', 'quick', 'standard', 'thorough'] as const).map((effort) =>
      Number(starterPlan(48_000, 717, effort).growthCost),
    );
    // Two repeats of 16 units: 16 x 718 weights, 48,000 rows and 15 epochs.
    const first = 2 * 16 * 718 * 48_000 * 15;
    expect(costs.map((cost) => cost / first >= 7)).toEqual([true, true, true, true]);
    expect(costs[1]).toBeGreaterThanOrEqual(31 * first);
    expect(costs[2]).toBeGreaterThanOrEqual(31 * 8 * first);
    expect(costs).toEqual([...costs].sort((a, b) => a - b));
  });

  it('ends with a committee unless there is hardly any time', () => {
    const networks = (['minimal', 'quick', 'standard', 'thorough'] as const).map(
      (effort) => starterPlan(1000, 10, effort).networks,
    );
    expect(networks).toEqual([1, 3, 5, 5]);
  });
});
