import type { Campaign } from '../../campaign/campaign.js';
import { countProgress, type Progress } from '../../views/model/progress.js';

const progresses = new WeakMap<Campaign, Progress>();

/** The progress of a campaign. It is counted once for each state of it. */
export function progressOf(campaign: Campaign): Progress {
  const progress = progresses.get(campaign) ?? countProgress(campaign);
  progresses.set(campaign, progress);
  return progress;
}
