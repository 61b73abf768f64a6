import { isSameSetting, type Parameters } from '../../../campaign/parameters.js';
import type { TrialKey } from '../../../campaign/trial.js';
import { type ListView, sortedBy, wholeList } from '../lists/list-view.js';
import type { SettingOfStage } from '../lists/setting-list.js';
import { type Movement, moveInList, moveInRing } from './movement.js';

/** What stands between the steps and the footer. */
export type Page = 'stages' | 'trial' | 'trials' | 'comparison' | 'history' | 'help';

/** Where a person is on the screen. */
export interface Navigation {
  readonly page: Page;
  /** The pages that Escape leads back to, the last one first. */
  readonly trail: readonly Page[];
  /** The trial that is selected: its row is marked, and on the page of a trial it is the one shown. */
  readonly selected: TrialKey | null;
  /** The trials that the arrows go through on the page of a trial. */
  readonly among: 'running' | 'failed' | 'trials';
  /** The screen waits for a yes or a no to stopping the selected trial. */
  readonly asking: boolean;
  /** The keys go into the filter of the list. */
  readonly typing: boolean;
  /** Lines by which the history is scrolled back from its end. */
  readonly back: number;
  readonly trials: ListView;
  /** The setting whose trials are listed; null for all trials. */
  readonly setting: SettingOfStage | null;
  readonly comparison: ListView;
  /** The stage whose settings are compared; null for the current one. */
  readonly stage: string | null;
  /** The setting that is selected in the comparison. */
  readonly contender: Parameters | null;
}

/** Where everybody begins. */
export const home: Navigation = {
  page: 'stages',
  trail: [],
  selected: null,
  among: 'running',
  asking: false,
  typing: false,
  back: 0,
  trials: wholeList,
  setting: null,
  comparison: wholeList,
  stage: null,
  contender: null,
};

/** What a key asks for. */
export type NavigationKey =
  | Movement
  | 'enter'
  | 'escape'
  | 'stop'
  | 'failed'
  | 'history'
  | 'trials'
  | 'comparison'
  | 'next-stage'
  | 'sort'
  | 'sort-back'
  | 'reverse'
  | 'filter'
  | 'help'
  | 'other';

/** What there is to go through. */
export interface NavigationContext {
  /** The running trials from top to bottom. */
  readonly running: readonly TrialKey[];
  /** Trials that have failed, the last to do so first. */
  readonly failed: readonly TrialKey[];
  /** The trials in the list of trials, from top to bottom. */
  readonly trials: readonly TrialKey[];
  /** The stages that compare settings. */
  readonly stages: readonly string[];
  /** The settings in the comparison, from top to bottom. */
  readonly settings: readonly Parameters[];
  /** Columns that the lists can be sorted by. */
  readonly columns: { readonly trials: number; readonly comparison: number };
  /** Rows of a list that are seen at once. */
  readonly seen: number;
  /** Lines of the history, and how many of them are seen at once. */
  readonly history: { readonly lines: number; readonly seen: number };
}

/**
 * Where a key leads. The arrows go through what the page lists, and on the page of a trial through the list from which
 * it was opened. Enter opens what is selected, or the first; Escape clears a filter, then goes back, in the end to no
 * selection. In the history the arrows scroll. A question takes the next key, of any kind.
 */
export function navigate(at: Navigation, key: NavigationKey, around: NavigationContext): Navigation {
  if (at.asking) return { ...at, asking: false };
  switch (key) {
    case 'help':
    case 'history':
      return { ...openPage(at, key), back: 0 };
    case 'trials':
      return { ...openPage(at, key), setting: null };
    case 'comparison':
      return around.stages.length === 0 ? at : openPage(at, key);
    case 'failed':
      return openFailed(at, around.failed);
    case 'escape':
      return goBack(at);
    case 'enter':
      return enter(at, around);
    case 'stop': {
      const canBeSeen = at.page === 'stages' || at.page === 'trial' || at.page === 'trials';
      const runs = at.selected !== null && around.running.includes(at.selected);
      return { ...at, asking: canBeSeen && runs };
    }
    case 'next-stage':
      return at.page === 'comparison' ? nextStage(at, around.stages) : at;
    case 'sort':
      return changeList(at, around, (view, columns) => sortedBy(view, 1, columns));
    case 'sort-back':
      return changeList(at, around, (view, columns) => sortedBy(view, -1, columns));
    case 'reverse':
      return changeList(at, around, (view) => ({ ...view, reversed: !view.reversed }));
    case 'filter': {
      const list = changeList(at, around, (view) => view);
      return { ...list, typing: isList(list.page) };
    }
    case 'up':
    case 'down':
    case 'page-up':
    case 'page-down':
    case 'first':
    case 'last':
      return move(at, key, around);
    case 'other':
      return at;
    default:
      return key satisfies never;
  }
}

/** The page over the one of now; the same page again closes it. */
function openPage(at: Navigation, page: Page): Navigation {
  if (at.page === page) return closePage(at);
  const place = at.trail.indexOf(page);
  const trail = place >= 0 ? at.trail.slice(0, place) : [...at.trail, at.page];
  return { ...at, page, trail };
}

function closePage(at: Navigation): Navigation {
  const page = at.trail.at(-1) ?? 'stages';
  const trail = at.trail.slice(0, -1);
  if (page !== 'stages') return { ...at, page, trail };
  return { ...at, page, trail, selected: at.among === 'running' ? at.selected : null, among: 'running' };
}

function goBack(at: Navigation): Navigation {
  if (at.page === 'trial' && at.among === 'failed') return unselected(at);
  if (at.page === 'stages') return { ...at, selected: null };
  if (at.page === 'trials' && at.trials.filter !== '') return { ...at, trials: { ...at.trials, filter: '' } };
  if (at.page === 'comparison' && at.comparison.filter !== '')
    return { ...at, comparison: { ...at.comparison, filter: '' } };
  return closePage(at);
}

/** At the beginning again; the lists keep their order and filter. */
function unselected({ trials, comparison }: Navigation): Navigation {
  return { ...home, trials, comparison };
}

function enter(at: Navigation, around: NavigationContext): Navigation {
  switch (at.page) {
    case 'stages': {
      const selected = at.selected ?? around.running[0] ?? null;
      return selected === null ? at : { ...openPage(at, 'trial'), selected, among: 'running' };
    }
    case 'trials': {
      const isListed = at.selected !== null && around.trials.includes(at.selected);
      const selected = isListed ? at.selected : (around.trials[0] ?? null);
      return selected === null ? at : { ...openPage(at, 'trial'), selected, among: 'trials' };
    }
    case 'comparison': {
      const place = placeOf(at.contender, around.settings);
      const parameters = around.settings[Math.max(0, place)];
      const stage = at.stage ?? around.stages.at(-1);
      if (parameters === undefined || stage === undefined) return at;
      const setting = { stage, parameters };
      return { ...openPage(at, 'trials'), contender: parameters, setting, selected: null, among: 'trials' };
    }
    default:
      return at;
  }
}

/** Opens the trial that failed last; closes it again. */
function openFailed(at: Navigation, keys: readonly TrialKey[]): Navigation {
  const selected = keys[0];
  if (selected === undefined) return at;
  if (at.page === 'trial' && at.among === 'failed') return unselected(at);
  return { ...unselected(at), page: 'trial', selected, among: 'failed' };
}

function nextStage(at: Navigation, stages: readonly string[]): Navigation {
  const shown = stages.indexOf(at.stage ?? stages.at(-1) ?? '');
  const stage = stages[(shown + 1) % Math.max(1, stages.length)] ?? null;
  return { ...at, stage, contender: null, comparison: wholeList };
}

/** Whether a page is a list that can be sorted and filtered. */
export function isList(page: Page): page is 'trials' | 'comparison' {
  return page === 'trials' || page === 'comparison';
}

/** Looks at the list of the page in another way. From the stages, their comparison opens, or else the trials. */
function changeList(
  at: Navigation,
  { stages, columns }: NavigationContext,
  change: (view: ListView, columns: number) => ListView,
): Navigation {
  const list = at.page === 'stages' ? openPage(at, stages.length > 0 ? 'comparison' : 'trials') : at;
  const { page } = list;
  if (!isList(page)) return at;
  return { ...list, [page]: change(list[page], Math.max(1, columns[page])) };
}

function move(at: Navigation, key: Movement, around: NavigationContext): Navigation {
  const { seen } = around;
  switch (at.page) {
    case 'help':
      return at;
    case 'history':
      return scroll(at, key, around.history);
    case 'comparison': {
      const place = placeOf(at.contender, around.settings);
      return {
        ...at,
        contender: around.settings[moveInList(place, key, around.settings.length, seen)] ?? null,
      };
    }
    case 'trials':
    case 'stages':
    case 'trial': {
      const among = at.page === 'trial' ? at.among : at.page === 'trials' ? 'trials' : 'running';
      const keys = around[among];
      const place = at.selected === null ? -1 : keys.indexOf(at.selected);
      const next =
        among === 'trials' ? moveInList(place, key, keys.length, seen) : moveInRing(place, key, keys.length);
      return { ...at, selected: keys[next] ?? null, among };
    }
    default:
      return at.page satisfies never;
  }
}

function placeOf(contender: Parameters | null, settings: readonly Parameters[]): number {
  return contender === null ? -1 : settings.findIndex((one) => isSameSetting(one, contender));
}

function scroll(at: Navigation, key: Movement, { lines, seen }: NavigationContext['history']): Navigation {
  const max = Math.max(0, lines - seen);
  const page = Math.max(1, seen - 1);
  const by = { up: 1, down: -1, 'page-up': page, 'page-down': -page, first: max, last: -max }[key];
  return { ...at, back: Math.min(max, Math.max(0, Math.min(max, at.back) + by)) };
}
