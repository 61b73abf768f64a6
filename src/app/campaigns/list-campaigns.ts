import { relative } from 'node:path';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { lockHolder } from '../../journal/lock/lock-holder.js';
import { systemErrorCode } from '../../platform/system-error.js';
import { errorReason } from '../../text/error-reason.js';
import {
  type CampaignOverview,
  campaignOverview,
  unreadableCampaign,
} from '../../views/campaigns/campaign-overview.js';
import type { CampaignState } from '../journal-snapshot/campaign-state.js';
import { readCampaign } from '../read-campaign.js';
import { recordedOverview } from '../result-files/recorded-results.js';
import { findCampaigns } from './find-campaigns.js';

/**
 * Every campaign in `folder` and below it, with the latest event first. It takes no lock, so campaigns may run
 * meanwhile. A campaign that cannot be read is listed with the reason, and one that was deleted meanwhile is not.
 */
export async function listCampaigns(folder: string): Promise<CampaignOverview[]> {
  const overviews: CampaignOverview[] = [];
  for (const path of await findCampaigns(folder)) {
    const overview = await readOverview(path, relative('', path) || '.');
    if (overview !== null) overviews.push(overview);
  }
  return overviews.sort((a, b) => (b.lastEvent ?? 0) - (a.lastEvent ?? 0));
}

/**
 * What is listed of a campaign, with `shown` as its folder; null if it was deleted meanwhile. A concluded campaign is
 * only read if its last run did not record what is listed, or if its journal has changed since.
 */
export async function readOverview(
  folder: string,
  shown: string,
  read: () => Promise<CampaignState> = () => readCampaign(folder),
): Promise<CampaignOverview | null> {
  try {
    const recorded = await recordedOverview(folder, shown);
    if (recorded !== null) return recorded;
    const { campaign, timing } = await read();
    return campaignOverview(shown, campaign, timing, lockHolder(folder));
  } catch (error) {
    if (error instanceof FitfirstError) return unreadableCampaign(shown, error.message);
    const code = systemErrorCode(error);
    if (code === null || !(error instanceof Error)) throw error;
    return code === 'ENOENT' ? null : unreadableCampaign(shown, errorReason(error));
  }
}
