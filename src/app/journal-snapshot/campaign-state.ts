import type { Campaign } from '../../campaign/campaign.js';
import type { Timing } from '../../views/model/timing.js';

/** A campaign as its journal tells it. */
export interface CampaignState {
  readonly campaign: Campaign;
  readonly timing: Timing;
}
