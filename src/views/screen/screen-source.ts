import type { CampaignSource, Snapshot } from '../campaign-source.js';
import { type ChronicleLine, goOn, takeUp } from '../chronicle.js';
import { settledCount } from '../open-trials.js';
import { type Clock, throttledSource } from '../throttled-source.js';

/** A line that has scrolled up for good. */
export interface HistoryItem {
  readonly id: number;
  readonly line: ChronicleLine;
}

/** All that the screen draws, at one moment. Never changed in place. */
export interface ScreenState {
  readonly snapshot: Snapshot;
  /** Numbers of the asked trials that have not settled. */
  readonly open: readonly number[];
  readonly settled: number;
  readonly history: readonly HistoryItem[];
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

/** Milliseconds between two redraws, at the least: a redraw costs some 30 ms, and nobody reads faster. */
const interval = 500;

/** Milliseconds after which the clock ticks, unless something was drawn meanwhile, and the time with it. */
const tick = 1000;

/** States for the screen: from the source at most so often, and at least with each second that passes. */
export function screenSource(source: CampaignSource, clock: Clock): ScreenSource {
  const throttled = throttledSource(source, clock, interval);
  const listeners = new Set<() => void>();
  const first = throttled.getSnapshot();
  const taken = takeUp(first);
  let { told } = taken;
  let count = 0;
  const items = (lines: readonly ChronicleLine[]): HistoryItem[] =>
    lines.filter(isHistory).map((line) => {
      count += 1;
      return { id: count, line };
    });
  let state: ScreenState = {
    snapshot: first,
    open: told.trials.open,
    settled: settledCount(told.trials),
    history: items(taken.lines),
    now: clock.now(),
  };
  const change = (next: ScreenState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  throttled.subscribe(() => {
    const snapshot = throttled.getSnapshot();
    const telling = goOn(snapshot, told);
    told = telling.told;
    const added = items(telling.lines);
    change({
      snapshot,
      open: told.trials.open,
      settled: settledCount(told.trials),
      history: added.length === 0 ? state.history : [...state.history, ...added],
      now: clock.now(),
    });
  });
  let cancel = (): void => {};
  const ticking = (): void => {
    const rest = state.now + tick - clock.now();
    cancel = clock.after(rest > 0 ? rest : tick, ticking);
    if (rest <= 0) change({ ...state, now: clock.now() });
  };
  cancel = clock.after(tick, ticking);
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

/** What the screen shows elsewhere need not scroll by. */
function isHistory({ kind }: ChronicleLine): boolean {
  return kind === 'trial' || kind === 'finding' || kind === 'plan' || kind === 'conclusion';
}
