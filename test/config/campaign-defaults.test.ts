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
