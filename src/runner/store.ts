import { type Campaign, emptyCampaign, evolve } from '../campaign/campaign.js';
import type { CampaignEntry, CampaignEvent } from '../campaign/event.js';
import type { Journal } from '../journal/journal.js';

/** Called with each entry, and the campaign of which the entry is a part by then. */
export type EntryListener = (entry: CampaignEntry, campaign: Campaign) => void;

/**
 * The campaign and its journal, kept in step: the state is the fold of what is durable, and of nothing else.
 * Listeners are told of every entry in order, those read at the opening included.
 */
export interface Store {
  readonly campaign: Campaign;
  /**
   * Appends an event and resolves when it is durable and part of the state. Whoever does not wait loses
   * nothing: the promise may be dropped, and a journal that cannot write says so to whoever waits next.
   */
  commit(event: CampaignEvent): Promise<void>;
  /** Called with each entry after it became part of the state; returns the way to stop it. */
  onEntry(listener: EntryListener): () => void;
}

/** Reads the journal into a store; `listeners` hear of every entry from the first. */
export async function openStore(
  journal: Journal<CampaignEvent>,
  ...listeners: readonly EntryListener[]
): Promise<Store> {
  const heard = new Set(listeners);
  let campaign = emptyCampaign;
  const take = (entry: CampaignEntry): void => {
    campaign = evolve(campaign, entry.event);
    for (const listener of heard) listener(entry, campaign);
  };
  for await (const entry of journal.entries()) take(entry);
  return {
    get campaign() {
      return campaign;
    },
    commit(event) {
      const committed = journal.append(event).then(take);
      committed.catch(() => {}); // whoever waits hears of it; whoever does not, hears with the next one
      return committed;
    },
    onEntry(listener) {
      heard.add(listener);
      return () => heard.delete(listener);
    },
  };
}
