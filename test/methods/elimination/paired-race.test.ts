import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../../src/campaign/campaign.js';
import type { SearchSpace } from '../../../src/campaign/search-space.js';
import { contextOf } from '../../../src/contracts/method/method-subject.js';
import { fitFirst } from '../../../src/methods/fit-first/fit-first.js';
import { gridMethod } from '../../../src/methods/grid/grid.js';
import { keyedStream } from '../../../src/numeric/keyed-stream.js';
import { fitFirstOptions } from '../../support/fit-first-options.js';
import { type Landscape, landscape } from '../../support/landscape.js';
import { searchPlan } from '../../support/plans.js';
import { playOut } from '../../support/play-out.js';

const space: SearchSpace = {
  hidden: { kind: 'values', values: [2, 4, 8, 16, 32, 64], probabilities: null },
};
const repeats = { first: 1, most: 10, firstTest: 4 };

/** A loss that rises with the size, and noise of this size on each trial. */
const withNoise =
  (size: number): Landscape =>
  ({ parameters, repeat }) => {
    const noise = size * keyedStream('paired race', Number(parameters.hidden), repeat).normal();
    return [{ epoch: 1, metrics: { val_loss: 10 + Math.log2(Number(parameters.hidden)) + noise } }];
  };

function raceOf(world: Landscape): Campaign {
  const context = contextOf({ space });
  const comparison = { ...context.comparison, repeats };
  return playOut(gridMethod.create({ ...searchPlan, options: {} }, { ...context, comparison }), world);
}

const searchOf = ({ batches }: Campaign) => batches.toArray().filter(({ stage }) => stage === 'search');

describe('a race with paired tests', () => {
  it('runs every setting up to the first test, and ends as soon as one is left', () => {
    const campaign = raceOf(withNoise(0));
    expect(searchOf(campaign).map(({ trials }) => trials.length)).toEqual([24]);
    expect(campaign.findings.toArray()[0]).toMatchObject({
      kind: 'race-ended',
      test: 'friedman',
      repeats: 4,
      because: expect.stringMatching(/^Friedman's test over 4 repeats .* so the race ends\.$/),
    });
    expect(campaign.findings.find(({ kind }) => kind === 'chosen')).toMatchObject({
      parameters: { hidden: 2 },
      validation: { repeats: 4 },
    });
  });

  it('goes on by one repeat at a time with those that no test tells from the best', () => {
    const search = searchOf(raceOf(withNoise(2)));
    const [first = 0, ...later] = search.map(({ trials }) => trials.length);
    expect(first).toBe(24);
    expect(later.length).toBeGreaterThan(1);
    expect(later).toEqual([...later].sort((a, b) => b - a));
    expect(later.at(-1)).toBeLessThan(6);
    for (const { because } of search.slice(1)) expect(because).toMatch(/ test over \d+ repeats .*\bp /);
  });

  it('runs up to the last repeat where all settings are alike', () => {
    const campaign = raceOf(({ parameters, repeat }) => [
      { epoch: 1, metrics: { val_loss: 1 + ((Number(parameters.hidden) + 5 * repeat) % 7) } },
    ]);
    expect(campaign.findings.some(({ kind }) => kind === 'race-ended')).toBe(false);
    expect(campaign.findings.find(({ kind }) => kind === 'chosen')).toMatchObject({
      validation: { repeats: 10 },
    });
  });

  it('gives the best setting without dropout as many repeats as the winner', () => {
    const usual = fitFirstOptions({ choose: 'best' });
    const comparison = { ...usual.comparison, repeats };
    const smooth = landscape();
    const world: Landscape = (spec) => {
      const key = JSON.stringify([spec.parameters, spec.repeat]);
      const noise = keyedStream('noise of dropout', key).normal() / 50;
      return smooth(spec).map(({ epoch, metrics }) => ({
        epoch,
        metrics: { ...metrics, val_loss: (metrics.val_loss ?? 0) + noise },
      }));
    };
    const campaign = playOut(fitFirst({ ...usual, comparison }), world);
    const validation = (kind: 'chosen' | 'baseline') =>
      campaign.findings.toArray().flatMap((one) => (one.kind === kind ? [one] : []))[0];
    const race = [...campaign.trials.values()].filter(({ stage }) => stage === 'dropout');
    const off = race.filter(({ spec }) => spec.parameters.dropout === 0);
    const ran = (trials: typeof race) => Math.max(...trials.map(({ spec }) => spec.repeat));
    expect(ran(off)).toBe(ran(race));
    expect(validation('baseline')?.parameters.dropout).toBe(0);
  });
});
