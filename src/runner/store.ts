import { type Campaign, emptyCampaign, evolve } from '../campaign/campaign.js';
import type { StoredEntry, StoredEvent } from '../campaign/event.js';
import type { Journal } from '../journal/journal.js';
import { takeEntry } from '../journal/journal-errors.js';

/** Called with each entry, and with the campaign after it. */
export type EntryListener = (entry: StoredEntry, campaign: Campaign) => void;

/**
 * Keeps the campaign in step with its journal: the state is the fold of the durable events and of nothing else.
 * Listeners get every entry in order, including those read when the journal is opened.
 */
export interface Store {
  readonly campaign: Campaign;
  /**
   * Appends an event and resolves when it is durable and part of the state. The promise may be dropped: if the
   * journal cannot be written, the next call that is awaited rejects too.
   */
  commit(event: StoredEvent): Promise<void>;
  /**
   * Calls the listener with each entry once it is part of the state. Returns a function that removes the listener.
   */
  onEntry(listener: EntryListener): () => void;
}

/** Reads the journal into a store. The listeners get every entry from the first. Throws JOURNAL_DAMAGED. */
export function openStore(
  journal: Journal<StoredEvent>,
  ...listeners: readonly EntryListener[]
): Promise<Store> {
  return openStoreFrom(emptyCampaign, journal, ...listeners);
}

/** As `openStore`, where the entries of the journal follow on a campaign that is known. */
export async function openStoreFrom(
  start: Campaign,
  journal: Journal<StoredEvent>,
  ...listeners: readonly EntryListener[]
): Promise<Store> {
  const heard = new Set(listeners);
  let campaign = start;
  const take = (entry: StoredEntry): void => {
    campaign = evolve(campaign, entry.event);
    for (const listener of heard) listener(entry, campaign);
  };
  for await (const entry of journal.entries()) takeEntry(journal.path, entry, take);
  return {
    get campaign() {
      return campaign;
    },
    commit(event) {
      const committed = journal.append(event).then(take);
      committed.catch(() => {}); // if nobody waits for it, the next commit rejects as well
      return committed;
    },
    onEntry(listener) {
      heard.add(listener);
      return () => heard.delete(listener);
    },
  };
}
