import { expect, it } from 'vitest';
import { chosenNetwork } from '../../../src/app/model/chosen-network.js';
import { campaignWith, chosen } from '../../diagnosis/campaign-with.js';

it('is refused for a trainer of the user, whose networks fitfirst does not have', async () => {
  const campaign = campaignWith([], [chosen({ hidden: 8 })], { trainer: 'external' });
  await expect(chosenNetwork('results/mine', campaign)).rejects.toMatchObject({
    code: 'CAMPAIGN_MISSING',
    message:
      'results/mine: the networks of this campaign were trained by your own trainer, so fitfirst has none to predict ' +
      'with. Use the model that your trainer saved.',
  });
});
