import type { StoredEvent } from '../../src/campaign/event.js';
import { parseCampaignEvent } from '../../src/journal/campaign-event.js';
import { FileJournal } from '../../src/journal/file-journal.js';
import type { Method } from '../../src/methods/method.js';
import { createControls } from '../../src/runner/controls.js';
import { runCampaign } from '../../src/runner/run-campaign.js';
import { openStore } from '../../src/runner/store.js';
import { summarise } from '../../src/views/summary/summary.js';
import { summaryJson } from '../../src/views/summary/summary-json.js';
import { epochsCsv } from '../../src/views/tables/epochs-table.js';
import { trialsCsv } from '../../src/views/tables/trials-table.js';
import { landscape } from './landscape.js';
import { landscapeFacts } from './play-out.js';
import { simulatedExecutor } from './simulated-executor.js';
import { windowedSearch } from './windowed-search.js';

/** A campaign that asks ahead: enough trials to be killed fifty times. */
const search = { trials: 120, window: 8, epochs: 2 };

/** Runs the campaign in a folder, or goes on with it, and returns the bytes of its tables and its summary. */
export async function runWindowed(
  folder: string,
  slots: number,
  order: number,
  onEvent: (event: StoredEvent) => void = () => {},
  maxTrials?: number,
  method: Method = windowedSearch(search),
): Promise<string> {
  await using journal = await FileJournal.open<StoredEvent>({
    folder,
    identity: { engine: 'test', config: 'c', data: null },
    parseEvent: parseCampaignEvent,
    now: () => new Date(0),
  });
  const store = await openStore(journal);
  store.onEntry(({ event }) => onEvent(event));
  if (store.campaign.facts === null) {
    await store.commit({ type: 'campaign-started', ...landscapeFacts(method) });
  } else if (store.campaign.conclusion === null) await store.commit({ type: 'campaign-resumed' });
  if (store.campaign.conclusion === null) {
    const executor = simulatedExecutor(landscape(), slots, order);
    const parts = { store, executor, networks: { save: async () => {} }, controls: createControls() };
    await runCampaign(method, maxTrials === undefined ? parts : { ...parts, maxTrials });
  }
  const { campaign } = store;
  return trialsCsv(campaign) + epochsCsv(campaign) + summaryJson(summarise(campaign));
}
