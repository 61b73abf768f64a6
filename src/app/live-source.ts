import { isDeepStrictEqual } from 'node:util';
import { type Campaign, emptyCampaign } from '../campaign/campaign.js';
import type { Controls } from '../runner/controls.js';
import type { EntryListener } from '../runner/store.js';
import type { CampaignSource, DriverStatus, Snapshot } from '../views/model/campaign-source.js';
import { emptyTiming, evolveTiming } from '../views/model/timing.js';
import type { CampaignState } from './journal-snapshot/campaign-state.js';

/** What a run in this process looks like from a view. */
export interface LiveSource extends CampaignSource {
  /** To be handed every entry of the journal, those read at the opening included. */
  readonly hear: EntryListener;
  /** Takes the state on which the entries that are heard follow. */
  restore(state: CampaignState): void;
  /** Tells views about workers on other machines. */
  setWorkers(status: Pick<DriverStatus, 'slots' | 'message' | 'hosts'>): void;
  /** Tells views that the run has ended. */
  end(): void;
}

/** Puts campaign, timing and steering together in snapshots. */
export function createLiveSource(controls: Controls, slots: number): LiveSource {
  const listeners = new Set<() => void>();
  let campaign: Campaign = emptyCampaign;
  let timing = emptyTiming;
  let ended = false;
  let snapshot: Snapshot | null = null;
  const changed = (): void => {
    snapshot = null;
    for (const listener of listeners) listener();
  };
  controls.onChange(changed);
  let workers: Pick<DriverStatus, 'slots' | 'message' | 'hosts'> = { slots, message: null };
  const driver = (): DriverStatus =>
    ended ? { slots: workers.slots, state: 'ended', message: null } : { ...workers, state: controls.state };
  return {
    hear(entry, now) {
      campaign = now;
      timing = evolveTiming(timing, entry);
      changed();
    },
    restore(state) {
      ({ campaign, timing } = state);
      changed();
    },
    setWorkers(status) {
      if (isDeepStrictEqual(status, workers)) return;
      workers = status;
      changed();
    },
    end() {
      ended = true;
      changed();
    },
    getSnapshot() {
      snapshot ??= { campaign, timing, driver: driver() };
      return snapshot;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
