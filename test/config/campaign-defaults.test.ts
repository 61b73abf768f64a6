import { expect, it } from 'vitest';
import { continueCampaign, prepareCampaign } from '../../src/app/prepare-campaign.js';

it('a campaign that began before other names of learning rates were known does not tune them again', async () => {
  const value = {
    name: 'old',
    trainer: { command: ['true'] },
    parameters: {
      hidden: { values: [2, 4] },
      dropout: { values: [0, 0.5] },
      lr: { values: [0.1, 0.3] },
      epochs: 1,
    },
    metric: { name: 'val_loss' },
    method: 'fit_first',
    fit_first: { grow: 'hidden', dropout: ['dropout'], fit: { metric: 'train_accuracy', reach: 1 } },
  };
  const prepared = await prepareCampaign({ value, folder: '.', name: 'old' });
  const { facts } = prepared;
  expect(facts.plan.options.retune).toEqual(['lr']);
  const began = { ...facts, plan: { ...facts.plan, options: { ...facts.plan.options, retune: [] } } };
  expect(continueCampaign(prepared, began).facts.plan).toEqual(began.plan);
});

it('a campaign that began with three repeats of growth and no sizes above the grown one goes on so', async () => {
  const value = {
    name: 'old',
    data: { generate: 'moons', rows: 60 },
    parameters: { hidden: { values: [2, 4] }, dropout: { values: [0, 0.5] }, epochs: { value: 2 } },
    method: 'fit_first',
    fit_first: { grow: 'hidden', dropout: ['dropout'] },
  };
  const prepared = await prepareCampaign({ value, folder: '.', name: 'old' });
  const { facts } = prepared;
  const { above, fit, ...options } = facts.plan.options;
  const { least_repeats: least, ...rest } = Object(fit);
  expect({ above, least, fit: rest }).toMatchObject({ above: 2, least: 2, fit: { repeats: 2 } });
  const plan = {
    ...facts.plan,
    growth: facts.plan.growth && { ...facts.plan.growth, repeats: 3 },
    options: { ...options, fit: { ...rest, repeats: 3 } },
  };
  expect(continueCampaign(prepared, { ...facts, plan }).facts.plan).toEqual(plan);
});
