import { expect, it } from 'vitest';
import { variedParameters } from '../../../src/views/model/varied-parameters.js';
import { campaignWith, repeats } from '../../diagnosis/campaign-with.js';

it('name what grows even if its first size is the only one', () => {
  const campaign = campaignWith([
    ...repeats('grow', { hidden: 8, dropout: 0 }, 1),
    ...repeats('dropout', { hidden: 8, dropout: 0.5 }, 1),
  ]);
  expect(variedParameters(campaign)).toEqual(['hidden', 'dropout']);
});
