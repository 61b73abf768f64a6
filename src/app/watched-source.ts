import { isDeepStrictEqual } from 'node:util';
import { emptyCampaign, evolve } from '../campaign/campaign.js';
import type { StoredEntry } from '../campaign/event.js';
import type { CampaignSource, DriverStatus, Snapshot } from '../views/model/campaign-source.js';
import { emptyTiming, evolveTiming } from '../views/model/timing.js';
import type { CampaignState } from './journal-snapshot/campaign-state.js';

/** Workers of other machines, as far as they are known here. */
type WatchedWorkers = Required<Pick<DriverStatus, 'slots' | 'hosts'>>;

/** A campaign that another process runs, as its journal tells it. */
export interface WatchedSource extends CampaignSource {
  /** Takes in an entry; views hear of it with the next `tell`. */
  take(entry: StoredEntry): void;
  /** Takes the state on which the entries that are taken in follow. */
  restore(state: CampaignState): void;
  /** What is known of the driver now; views hear of it, and of all that was taken in. */
  tell(state: DriverStatus['state'], message: string | null, workers?: WatchedWorkers): void;
}

/** Folds the entries of a journal into snapshots. */
export function createWatchedSource(): WatchedSource {
  const listeners = new Set<() => void>();
  let campaign = emptyCampaign;
  let timing = emptyTiming;
  let snapshot: Snapshot = {
    campaign,
    timing,
    driver: { slots: null, state: 'watching', message: null },
  };
  return {
    take(entry) {
      campaign = evolve(campaign, entry.event);
      timing = evolveTiming(timing, entry);
    },
    restore(state) {
      ({ campaign, timing } = state);
    },
    tell(state, message, workers) {
      const before = snapshot;
      const latest: DriverStatus = { ...(workers ?? { slots: null }), state, message };
      const sameDriver = isDeepStrictEqual(before.driver, latest);
      if (before.timing === timing && sameDriver) return;
      const driver = sameDriver ? before.driver : latest;
      snapshot = { campaign, timing, driver };
      for (const listener of listeners) listener();
    },
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
