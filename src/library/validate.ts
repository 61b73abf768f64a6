import { checkTrainer } from '../app/check-trainer.js';
import { prepareCampaign } from '../app/prepare-campaign.js';
import type { CampaignFacts } from '../campaign/event.js';
import { configObject } from './config-object.js';
import type { CampaignConfig, SpaceConfig } from './tune-config.js';

/**
 * Checks a config and its data, a config as an object or the path of a config file, and trains nothing. Resolves with
 * what the campaign would be; `findings` are worth a look. Throws CONFIG_INVALID and DATA_INVALID, with all that is
 * wrong at once, one diagnostic a line.
 */
export async function validate<const Space extends SpaceConfig>(
  config: string | CampaignConfig<Space>,
): Promise<CampaignFacts> {
  const prepared = await prepareCampaign(typeof config === 'string' ? config : configObject(config));
  await checkTrainer(prepared);
  return prepared.facts;
}
