import type { CampaignPlan } from '../../src/campaign/plan.js';

/** The plan of a grid or a random search. */
export const searchPlan: CampaignPlan = {
  stages: [
    { name: 'search', role: 'search' },
    { name: 'finish', role: 'finish' },
  ],
  growth: null,
  regularisers: [],
  options: {},
};

/** A plan that grows `hidden` and then tunes `dropout`; what matters to a test is given. */
export function fitFirstPlan(
  sizes: readonly number[] = [],
  dropout: readonly string[] = ['dropout'],
): CampaignPlan {
  return {
    stages: [
      { name: 'grow', role: 'grow' },
      { name: 'dropout', role: 'race' },
      { name: 'confirm', role: 'confirm' },
      { name: 'finish', role: 'finish' },
    ],
    growth: {
      parameter: 'hidden',
      sizes,
      metric: 'train_accuracy',
      goal: 'maximize',
      repeats: 3,
      quorum: 2,
      open: null,
      until: null,
    },
    regularisers: dropout.map((name) => ({ name, off: 0 })),
    options: {},
  };
}
