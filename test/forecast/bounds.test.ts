import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Campaign, emptyCampaign, evolve } from '../../src/campaign/campaign.js';
import { computeBounds } from '../../src/forecast/bounds.js';
import type { GrowthPlan } from '../../src/forecast/growth-plan.js';
import { epochsOf, type SimulationInput } from '../../src/forecast/simulate.js';
import { fitFirst } from '../../src/methods/fit-first/fit-first.js';
import { type FitFirstOptions, repeatsToFit } from '../../src/methods/fit-first/options.js';
import { gridSearch } from '../../src/methods/grid/grid.js';
import type { Method } from '../../src/methods/method.js';
import { fitFirstOptions } from '../support/fit-first-options.js';
import { landscape } from '../support/landscape.js';
import { eventsOfTrial, landscapeFacts, playOut } from '../support/play-out.js';

function growthPlanOf({ grow, sizes, off, fit, epochs }: FitFirstOptions): GrowthPlan {
  const { maxGrow: maxEpochs = null } = epochs;
  return { parameter: grow, sizes, off, quorum: repeatsToFit(fit), maxEpochs, stages: ['grow'] };
}

function unbegun(method: Method): SimulationInput {
  const start = evolve(emptyCampaign, { type: 'campaign-started', ...landscapeFacts(method) });
  return { method, start, maxTrials: Number.POSITIVE_INFINITY };
}

describe('the extremes of a campaign', () => {
  it(
    'hold whatever becomes of it, from its start and from wherever it stands: any size that ' +
      'fits, any that is best, any dropout, or none',
    () => {
      const world = fc.record({
        fitsFrom: fc.constantFrom(2, 4, 8, 16, 32, 64, 128, 1000),
        bestHidden: fc.constantFrom(4, 8, 16, 32, 64),
        bestDropout: fc.constantFrom(0, 0.2, 0.35, 0.5),
        growOn: fc.constantFrom(
          null,
          { patience: 1 },
          { patience: 2 },
          { patience: 1, atLeast: 64 },
          { patience: 2, atMost: 32 },
        ),
        confirm: fc.constantFrom(0, 3),
        repeats: fc.constantFrom(1, 3, 5),
        maxGrow: fc.constantFrom(20, 20, 70),
        ran: fc.integer({ min: 0, max: 90 }),
      });
      fc.assert(
        fc.property(world, ({ growOn, confirm, repeats, maxGrow, ran, ...shape }) => {
          const base = fitFirstOptions();
          const options = {
            ...base,
            growOn,
            confirm,
            epochs: { ...base.epochs, maxGrow },
            fit: { ...base.fit, repeats },
          };
          const method = fitFirst(options);
          const start = playOut(fitFirst(options), landscape(shape), eventsOfTrial, ran);
          const rehearsed = { method, start, maxTrials: Number.POSITIVE_INFINITY };
          const { metric } = landscapeFacts(method);
          const { short, long } = computeBounds(rehearsed, metric, growthPlanOf(options));
          const epochsIn = ({ trials, asked }: Campaign): number =>
            asked.reduce((sum, key) => sum + (trials.get(key)?.reports.last()?.epoch ?? 0), 0);
          const campaign = playOut(fitFirst(options), landscape(shape));
          const epochs = epochsIn(campaign) - epochsIn(start);
          const trials = campaign.asked.size;
          expect(trials).toBeGreaterThanOrEqual(Math.min(...short.map(({ asked }) => asked)));
          expect(trials).toBeLessThanOrEqual(Math.max(...long.map(({ asked }) => asked)));
          expect(epochs).toBeGreaterThanOrEqual(Math.min(...short.map(epochsOf)));
          expect(epochs).toBeLessThanOrEqual(Math.max(...long.map(epochsOf)));
        }),
        { numRuns: 300, seed: 1 },
      );
    },
  );

  it('are one and the same number of trials where results decide nothing', () => {
    const { comparison, finish } = fitFirstOptions();
    const settings = [4, 8, 16, 32].map((hidden) => ({ hidden, dropout: 0 }));
    const grid = gridSearch({ settings, varied: ['hidden'], epochs: 20, comparison, finish });
    const { short, long } = computeBounds(unbegun(grid), landscapeFacts(grid).metric, null);
    // Four settings on repeat 1, two of them on repeat 2, two on 3 and 4, and the finish.
    const counts = new Set([...short, ...long].map(({ trials }) => trials.length));
    expect([...counts]).toEqual([4 + 2 + 4 + 1]);
  });
});
