import type { CampaignSource, Snapshot } from '../../model/campaign-source.js';
import { continueHistory, type HistoryEntry, wholeHistory } from '../../model/history.js';
import { settledCount } from '../../model/open-trials.js';
import { secondsLeft, secondsOf, steadyEstimate } from '../../model/time-left.js';
import { type Clock, throttledSource } from '../../throttled-source.js';

/** All that the screen draws, at one moment. Never changed in place. */
export interface ScreenState {
  readonly snapshot: Snapshot;
  /** Numbers of the asked trials that have not settled. */
  readonly open: readonly number[];
  readonly settled: number;
  /** About how many seconds the asked trials still take; null before the first has ended. */
  readonly left: number | null;
  /** All that happened, in an order in which it can have. */
  readonly history: readonly HistoryEntry[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Where the screen gets its states. */
export interface ScreenSource {
  getSnapshot(): ScreenState;
  subscribe(listener: () => void): () => void;
  /** Takes in what is left and stops. */
  close(): void;
}

/**
 * Milliseconds between two redraws while no key is pressed: at least, because a redraw takes some 10 ms and people read
 * no faster, and at most, because the clock shows seconds.
 */
const INTERVAL = 1000;

/** States for the screen: from the source at most so often, and at least with each second that passes. */
export function screenSource(source: CampaignSource, clock: Clock): ScreenSource {
  const throttled = throttledSource(source, clock, INTERVAL, isAnswer);
  const listeners = new Set<() => void>();
  const first = throttled.getSnapshot();
  const taken = wholeHistory(first);
  let { cursor } = taken;
  let estimate = steadyEstimate(null, remaining(first, cursor.trials.open), clock.now());
  let state: ScreenState = {
    snapshot: first,
    open: cursor.trials.open,
    settled: settledCount(cursor.trials),
    left: secondsOf(estimate, clock.now()),
    history: taken.lines.filter(isHistory),
    now: clock.now(),
  };
  const change = (next: ScreenState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  throttled.subscribe(() => {
    const snapshot = throttled.getSnapshot();
    const update = continueHistory(snapshot, cursor);
    const isNewBatch = update.cursor.batches > cursor.batches;
    cursor = update.cursor;
    const added = (isNewBatch ? wholeHistory(snapshot).lines : update.lines).filter(isHistory);
    estimate = steadyEstimate(estimate, remaining(snapshot, cursor.trials.open), clock.now());
    change({
      snapshot,
      open: cursor.trials.open,
      settled: settledCount(cursor.trials),
      left: secondsOf(estimate, clock.now()),
      // Rebuilt with every batch, so that settings are named by everything that varies by now, and a screen that
      // joins later shows the same.
      history: isNewBatch ? added : added.length === 0 ? state.history : [...state.history, ...added],
      now: clock.now(),
    });
  });
  let cancel = (): void => {};
  const ticking = (): void => {
    const rest = state.now + INTERVAL - clock.now();
    cancel = clock.after(rest > 0 ? rest : INTERVAL, ticking);
    if (rest <= 0) change({ ...state, left: secondsOf(estimate, clock.now()), now: clock.now() });
  };
  cancel = clock.after(INTERVAL, ticking);
  return {
    getSnapshot: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      cancel();
      throttled.close();
      listeners.clear();
    },
  };
}

function remaining({ campaign, timing, driver }: Snapshot, open: readonly number[]): number | null {
  // A watcher in another process sees how many ran at once.
  return driver.state === 'paused'
    ? null
    : secondsLeft(campaign, timing, open, driver.slots ?? timing.workers);
}

/** Whether the driver does something else, or says something else: people wait for that after a key. */
function isAnswer({ driver: before }: Snapshot, { driver: now }: Snapshot): boolean {
  return before.state !== now.state || before.message !== now.message;
}

/** Leaves out what the screen shows in another place. */
function isHistory({ kind }: HistoryEntry): boolean {
  return kind === 'trial' || kind === 'finding' || kind === 'plan' || kind === 'conclusion';
}
