import type { CampaignSource, Snapshot } from './model/campaign-source.js';

/** What a view knows of time. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back once after these milliseconds, unless the returned function was called. Holds no process open. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** The time of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};

/**
 * The same source, heard at most once per interval: the first change at once, later ones together, the
 * last one never lost, and an urgent one at once. `getSnapshot` stays at what was heard of last. `close` tells of what
 * is left and lets go.
 */
export function throttledSource(
  source: CampaignSource,
  clock: Clock,
  milliseconds: number,
  isUrgent?: (heard: Snapshot, latest: Snapshot) => boolean,
): CampaignSource & { close(): void } {
  const listeners = new Set<() => void>();
  let snapshot: Snapshot = source.getSnapshot();
  let quietUntil = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | null = null;
  const tell = (): void => {
    cancel = null;
    const latest = source.getSnapshot();
    if (latest === snapshot) return;
    snapshot = latest;
    quietUntil = clock.now() + milliseconds;
    for (const listener of listeners) listener();
  };
  const unsubscribe = source.subscribe(() => {
    if (isUrgent?.(snapshot, source.getSnapshot())) {
      cancel?.();
      tell();
      return;
    }
    if (cancel !== null) return;
    const wait = quietUntil - clock.now();
    if (wait > 0) cancel = clock.after(wait, tell);
    else tell();
  });
  return {
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      unsubscribe();
      cancel?.();
      tell();
      listeners.clear();
    },
  };
}
