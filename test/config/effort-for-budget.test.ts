import { expect, it } from 'vitest';
import { effortForBudget } from '../../src/config/starter/effort-for-budget.js';
import type { StarterEffort } from '../../src/config/starter/starter-plan.js';

const seconds: Readonly<Record<StarterEffort, number>> = {
  minimal: 5,
  quick: 20,
  standard: 100,
  thorough: 1000,
};

async function chosenFor(budget: number): Promise<{ effort: StarterEffort; fits: boolean; tried: string }> {
  const tried: StarterEffort[] = [];
  const { effort, fits } = await effortForBudget(budget, async (some) => {
    tried.push(some);
    return { likely: seconds[some], max: 3 * seconds[some] };
  });
  return { effort, fits, tried: tried.join(' ') };
}

it('takes the largest effort that is likely to end in seven tenths of the time', async () => {
  expect(await chosenFor(2000)).toEqual({ effort: 'thorough', fits: true, tried: 'standard thorough' });
  expect(await chosenFor(1000)).toEqual({ effort: 'standard', fits: true, tried: 'standard thorough' });
  expect(await chosenFor(100)).toEqual({ effort: 'quick', fits: true, tried: 'standard quick' });
  expect(await chosenFor(10)).toEqual({ effort: 'minimal', fits: true, tried: 'standard quick minimal' });
});

it('takes the minimal effort if no effort fits, and says so', async () => {
  expect(await chosenFor(1)).toMatchObject({ effort: 'minimal', fits: false });
});
