import { describe, expect, it } from 'vitest';
import { starterPlan } from '../../src/config/starter/starter-plan.js';

describe('what init searches', () => {
  it('has a second layer only for tables of some hundred rows, and a largest size only for small ones', () => {
    const [small, medium, large] = [100, 400, 1000].map((rows) => starterPlan(rows, 10));
    expect(small).toMatchObject({ layers: null, maxHidden: 512 });
    expect(medium).toMatchObject({ layers: null, maxHidden: null });
    expect(large).toMatchObject({ layers: [1, 2], maxHidden: null });
  });

  it('compares sizes up to 128 units on small tables, unless there is hardly any time', () => {
    const grownOn = [100, 2500, 2501].map((rows) => starterPlan(rows, 10).growOnTo);
    expect(grownOn).toEqual([128, 128, null]);
    expect(starterPlan(100, 10, 'quick').growOnTo).toBeNull();
  });

  it('ends with a committee unless there is hardly any time', () => {
    const networks = (['minimal', 'quick', 'standard', 'thorough'] as const).map(
      (effort) => starterPlan(1000, 10, effort).networks,
    );
    expect(networks).toEqual([1, 3, 5, 5]);
  });
});
