import { type Campaign, emptyCampaign, evolve } from '../../src/campaign/campaign.js';
import type { CampaignEntry } from '../../src/campaign/event.js';
import { emptyTiming, evolveTiming, type Timing } from '../../src/views/model/timing.js';

/** Calls the listener with each entry and the campaign after it. */
export function replay(
  entries: readonly CampaignEntry[],
  listener: (entry: CampaignEntry, state: { readonly campaign: Campaign; readonly timing: Timing }) => void,
): void {
  let campaign = emptyCampaign;
  let timing = emptyTiming;
  for (const entry of entries) {
    campaign = evolve(campaign, entry.event);
    timing = evolveTiming(timing, entry);
    listener(entry, { campaign, timing });
  }
}
