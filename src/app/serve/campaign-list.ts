import type { CampaignNote } from '../../views/campaigns/campaign-note.js';
import type { CampaignOverview } from '../../views/campaigns/campaign-overview.js';

/** The campaigns that were read until now. */
export interface CampaignList {
  /** What `version` of LiveCampaigns said of all campaigns then. */
  readonly version: string;
  /** With the latest event first. */
  readonly overviews: readonly CampaignOverview[];
  /** Notes by the names of campaigns. */
  readonly notes: ReadonlyMap<string, CampaignNote>;
  /** Campaigns that are still to be read. */
  readonly unread: number;
}
