import { emptyCampaign, evolve } from '../campaign/campaign.js';
import { campaignRecord } from '../campaign/campaign-record.js';
import { SingleEntries } from '../campaign/reported-epochs.js';
import { parseCampaignEvent } from '../journal/campaign-event.js';
import { takeEntry } from '../journal/journal-errors.js';
import { readEntries } from '../journal/journal-reader.js';
import type { OutletKind } from '../outlets/kinds/outlet-kind.js';
import { emptyTiming, evolveTiming } from '../views/model/timing.js';
import { notBegun, requireJournal } from './read-campaign.js';

/** Where a campaign is exported to. */
interface ExportOptions {
  /** What the format writes to: a file, a folder or an address; null for its default. */
  readonly output: string | null;
  /** Writes to standard output. */
  readonly print: (text: string) => Promise<void>;
}

/**
 * Sends a campaign to an outlet afterwards: the outlet receives every entry of the journal, as in a run. Throws
 * CAMPAIGN_MISSING if there is no campaign, and what the outlet throws.
 */
export async function exportCampaign(
  folder: string,
  kind: OutletKind,
  { output, print }: ExportOptions,
): Promise<void> {
  const path = await requireJournal(folder);
  let campaign = emptyCampaign;
  let timing = emptyTiming;
  const singles = new SingleEntries();
  const driver = { slots: null, state: 'ended', message: null } as const;
  const snapshot = () => ({ campaign, timing, driver });
  const outlet = await kind.export({ output, folder, snapshot, print });
  for await (const entry of readEntries(path, parseCampaignEvent)) {
    takeEntry(path, entry, ({ event }) => {
      campaign = evolve(campaign, event);
    });
    timing = evolveTiming(timing, entry);
    for (const single of singles.of(entry)) await outlet.onEntry(single, campaignRecord(campaign));
  }
  if (campaign.facts === null) throw notBegun(folder);
  await outlet.finish(campaignRecord(campaign));
}
