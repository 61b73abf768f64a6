import type { TrialKey } from '../../../campaign/trial.js';

/** What stands between the steps and the footer. */
export type Page = 'stages' | 'trial' | 'history' | 'help';

/** Where a person is on the screen. */
export interface Navigation {
  readonly page: Page;
  /** The trial that is selected: its row is marked, and on the page of a trial it is the one shown. */
  readonly selected: TrialKey | null;
  /** The screen waits for a yes or a no to stopping the selected trial. */
  readonly asking: boolean;
  /** Lines by which the history is scrolled back from its end. */
  readonly back: number;
}

/** Where everybody begins. */
export const home: Navigation = { page: 'stages', selected: null, asking: false, back: 0 };

/** What a key asks for. */
export type NavigationKey =
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'first'
  | 'last'
  | 'enter'
  | 'escape'
  | 'stop'
  | 'failed'
  | 'history'
  | 'help'
  | 'other';

/** What there is to go through. */
export interface NavigationContext {
  /** The running trials from top to bottom. */
  readonly running: readonly TrialKey[];
  /** Trials that have failed, the last to do so first. */
  readonly failed: readonly TrialKey[];
  /** Lines of the history, and how many of them are seen at once. */
  readonly history: { readonly lines: number; readonly seen: number };
}

/**
 * Where a key leads. The arrows go through the running trials, around, or through the failed ones where one of those
 * is looked at; Enter opens the selected one, or the first; Escape goes back, in the end to no selection. In the
 * history the arrows scroll. A question takes the next key, of any kind.
 */
export function navigate(at: Navigation, key: NavigationKey, around: NavigationContext): Navigation {
  if (at.asking) return { ...at, asking: false };
  switch (key) {
    case 'help':
    case 'history':
      return { ...at, page: at.page === key ? 'stages' : key, back: 0 };
    case 'failed':
      return failed(at, around.failed);
    case 'escape':
      if (looksAtFailed(at, around.failed)) return home;
      return at.page === 'stages' ? { ...at, selected: null } : { ...at, page: 'stages' };
    case 'enter': {
      const selected = at.selected ?? around.running[0] ?? null;
      return at.page !== 'stages' || selected === null ? at : { ...at, page: 'trial', selected };
    }
    case 'stop': {
      const canBeSeen = at.page === 'stages' || at.page === 'trial';
      const runs = at.selected !== null && around.running.includes(at.selected);
      return { ...at, asking: canBeSeen && runs };
    }
    case 'up':
    case 'down':
    case 'page-up':
    case 'page-down':
    case 'first':
    case 'last':
      if (at.page === 'help') return at;
      return at.page === 'history' ? scroll(at, key, around.history) : select(at, key, listOf(at, around));
    case 'other':
      return at;
    default:
      return key satisfies never;
  }
}

/** Opens the trial that failed last; closes it again. */
function failed(at: Navigation, keys: readonly TrialKey[]): Navigation {
  const selected = keys[0];
  if (selected === undefined) return at;
  return looksAtFailed(at, keys) ? home : { ...at, page: 'trial', selected };
}

/** Whether the page of a failed trial is open. */
function looksAtFailed({ page, selected }: Navigation, failed: readonly TrialKey[]): boolean {
  return page === 'trial' && selected !== null && failed.includes(selected);
}

/** What the arrows go through. */
function listOf(at: Navigation, { running, failed }: NavigationContext): readonly TrialKey[] {
  return looksAtFailed(at, failed) ? failed : running;
}

type Movement = 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last';

function scroll(at: Navigation, key: Movement, { lines, seen }: NavigationContext['history']): Navigation {
  const most = Math.max(0, lines - seen);
  const page = Math.max(1, seen - 1);
  const by = { up: 1, down: -1, 'page-up': page, 'page-down': -page, first: most, last: -most }[key];
  return { ...at, back: Math.min(most, Math.max(0, Math.min(most, at.back) + by)) };
}

function select(at: Navigation, key: Movement, running: readonly TrialKey[]): Navigation {
  const last = running.length - 1;
  const place = at.selected === null ? -1 : running.indexOf(at.selected);
  const places = {
    up: place <= 0 ? last : place - 1,
    down: place >= last ? 0 : place + 1,
    'page-up': 0,
    'page-down': last,
    first: 0,
    last,
  };
  return { ...at, selected: running[places[key]] ?? null };
}
