import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../../src/campaign/campaign.js';
import { isSettled } from '../../../src/campaign/trial.js';
import { fitFirst } from '../../../src/methods/fit-first/fit-first.js';
import { isAsked } from '../../../src/views/model/asked-trials.js';
import { epochsBefore } from '../../../src/views/model/epochs/epochs-before.js';
import { growthOf } from '../../../src/views/model/growth.js';
import { growSection } from '../../../src/views/report/sections/grow-section.js';
import { formatTrial } from '../../../src/views/text/format-trial.js';
import { fitFirstOptions } from '../../support/fit-first-options.js';
import { landscape } from '../../support/landscape.js';
import { playOut } from '../../support/play-out.js';

/** Trials of 20 epochs go on if their loss still falls. */
function campaignThatGoesOn(): Campaign {
  const epochs = { grow: 20, maxGrow: 160, dropout: 20 };
  const campaign = playOut(fitFirst(fitFirstOptions({ epochs })), landscape({ fitsFrom: 64 }));
  const { facts } = campaign;
  if (facts?.plan.growth == null) throw new Error('nothing grows');
  const growth = { ...facts.plan.growth, maxEpochs: 160 };
  return { ...campaign, facts: { ...facts, plan: { ...facts.plan, growth } } };
}

const campaign = campaignThatGoesOn();
const trials = campaign.trials.toList().toArray().filter(isSettled).filter(isAsked);
trials.sort((a, b) => a.spec.epochs - b.spec.epochs);

describe('a growing trial that goes on', () => {
  it('is known by the epochs of the shorter trial', () => {
    const first = trials.filter(({ spec }) => spec.until !== null && spec.parameters.hidden === 16);
    const own = first.filter(({ spec }) => spec.repeat === 1 && spec.parameters.learning_rate === 0.01);
    expect(own.map((trial) => [trial.spec.epochs, epochsBefore(campaign, trial)])).toEqual([
      [20, null],
      [40, 20],
      [80, 40],
    ]);
    expect(
      trials.filter(({ spec }) => spec.until === null && epochsBefore(campaign, { spec }) !== null),
    ).toEqual([]);
  });

  it('says so in its line', () => {
    const longer = trials.find((trial) => trial.spec.epochs === 40 && epochsBefore(campaign, trial) !== null);
    if (longer === undefined) throw new Error('none goes on');
    expect(formatTrial(campaign, longer).setting).toMatch(/repeat \d, goes on from epoch 20$/);
  });

  it('shows in the epochs of its size, on the screen and in the report', () => {
    const growth = growthOf(campaign);
    expect(growth?.goesOn).toBe(true);
    expect(growth?.sizes.map(({ epochs }) => epochs)).toEqual([20, 20, 80, 40, 20]);
    expect(growSection(campaign, 'grow')?.text).toContain('epochs up to');
  });

  it('is one dot in the picture of the report, that of its longest trial', () => {
    const text = growSection(campaign, 'grow')?.text ?? '';
    const tips = [...text.matchAll(/hidden 16, repeat 1[^:"<]*: train_accuracy/g)].map(([tip]) => tip);
    expect([...new Set(tips)]).toEqual(['hidden 16, repeat 1, goes on from epoch 40: train_accuracy']);
  });
});
