import { parse } from 'yaml';
import type { ConfigOrigin } from '../../config/resolve-config.js';
import type { TimeEstimate } from '../../config/starter/effort-for-budget.js';
import { prepareCampaign } from '../prepare-campaign.js';
import { type ForecastOptions, forecastCampaign } from './forecast-campaign.js';

/** Seconds that a campaign of the built-in network is likely to take, from a few trials that are trained for it. */
export async function estimateStarter(
  text: string,
  origin: ConfigOrigin,
  options: ForecastOptions,
): Promise<TimeEstimate> {
  const prepared = await prepareCampaign({ value: parse(text), ...origin });
  const { forecast } = await forecastCampaign(prepared, null, options);
  // Without a trial that ended in time even the first one takes too long.
  return forecast.seconds ?? { likely: Number.POSITIVE_INFINITY, max: Number.POSITIVE_INFINITY };
}
