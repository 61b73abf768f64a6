import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extremesOf } from '../../src/forecast/extremes.js';
import type { Growing } from '../../src/forecast/growing.js';
import { epochsOf, trialsOf } from '../../src/forecast/rehearsal.js';
import { fitFirst } from '../../src/methods/fit-first/fit-first.js';
import { type FitFirstOptions, repeatsToFit } from '../../src/methods/fit-first/options.js';
import { gridSearch } from '../../src/methods/search.js';
import { fitFirstOptions } from '../support/fit-first-options.js';
import { landscape } from '../support/landscape.js';
import { landscapeFacts, playOut } from '../support/play-out.js';

function growingOf({ grow, sizes, off, fit }: FitFirstOptions): Growing {
  return { parameter: grow, sizes, off, quorum: repeatsToFit(fit) };
}

describe('the extremes of a campaign', () => {
  it('hold whatever becomes of it: any size that fits, any that is best, any dropout, or none', () => {
    const world = fc.record({
      fitsFrom: fc.constantFrom(2, 4, 8, 16, 32, 64, 128, 1000),
      bestHidden: fc.constantFrom(4, 8, 16, 32, 64),
      bestDropout: fc.constantFrom(0, 0.2, 0.35, 0.5),
      growOn: fc.constantFrom(null, { patience: 1 }, { patience: 2 }),
      confirm: fc.constantFrom(0, 3),
      repeats: fc.constantFrom(1, 3, 5),
    });
    fc.assert(
      fc.property(world, ({ growOn, confirm, repeats, ...shape }) => {
        const base = fitFirstOptions();
        const options = { ...base, growOn, confirm, fit: { ...base.fit, repeats } };
        const method = fitFirst(options);
        const { fewest, most } = extremesOf(method, landscapeFacts(method), growingOf(options));
        const campaign = playOut(fitFirst(options), landscape(shape));
        const epochs = campaign.asked.reduce(
          (sum, key) => sum + (campaign.trials.get(key)?.reports.last()?.epoch ?? 0),
          0,
        );
        expect(campaign.asked.size).toBeGreaterThanOrEqual(trialsOf(fewest).length);
        expect(campaign.asked.size).toBeLessThanOrEqual(trialsOf(most).length);
        expect(epochs).toBeGreaterThanOrEqual(epochsOf(fewest));
        expect(epochs).toBeLessThanOrEqual(epochsOf(most));
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it('are one and the same number of trials where results decide nothing', () => {
    const { comparison, finish } = fitFirstOptions();
    const settings = [4, 8, 16, 32].map((hidden) => ({ hidden, dropout: 0 }));
    const grid = gridSearch({ settings, varied: ['hidden'], epochs: 20, comparison, finish });
    const { fewest, most } = extremesOf(grid, landscapeFacts(grid), null);
    // Four settings on repeat 1, two of them on repeat 2, two on 3 and 4, and the finish.
    expect([trialsOf(fewest).length, trialsOf(most).length]).toEqual([4 + 2 + 4 + 1, 4 + 2 + 4 + 1]);
  });
});
