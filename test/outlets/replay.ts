import { type Campaign, emptyCampaign, evolve } from '../../src/campaign/campaign.js';
import { type CampaignRecord, campaignRecord } from '../../src/campaign/campaign-record.js';
import type { CampaignEntry } from '../../src/campaign/event.js';
import type { Outlet } from '../../src/outlets/outlet.js';
import type { Snapshot } from '../../src/views/model/campaign-source.js';
import { emptyTiming, evolveTiming, type Timing } from '../../src/views/model/timing.js';

interface ReplayState {
  readonly campaign: Campaign;
  readonly timing: Timing;
}

/** Calls the listener with each entry and the campaign after it. */
export function replay(
  entries: readonly CampaignEntry[],
  listener: (entry: CampaignEntry, state: ReplayState, record: CampaignRecord) => void,
): void {
  let campaign = emptyCampaign;
  let timing = emptyTiming;
  for (const entry of entries) {
    campaign = evolve(campaign, entry.event);
    timing = evolveTiming(timing, entry);
    listener(entry, { campaign, timing }, campaignRecord(campaign));
  }
}

/** An outlet of one run, whose snapshots follow the entries that it receives. */
export function followed<Created extends Outlet>(create: (snapshot: () => Snapshot) => Created): Outlet {
  let campaign = emptyCampaign;
  let timing = emptyTiming;
  const driver = { slots: null, state: 'running', message: null } as const;
  const outlet = create(() => ({ campaign, timing, driver }));
  return {
    name: outlet.name,
    onEntry(entry, record) {
      campaign = evolve(campaign, entry.event);
      timing = evolveTiming(timing, entry);
      return outlet.onEntry(entry, record);
    },
    finish: (record) => outlet.finish(record),
  };
}
