import { expect, test } from 'vitest';
import type { TrialKey } from '../../../../src/campaign/trial.js';
import {
  home,
  type Navigation,
  type NavigationKey,
  navigate,
} from '../../../../src/views/screen/pages/navigation.js';
import { keyOf, specOf } from '../../campaigns.js';

const [first, second, third] = [4, 8, 16].map((hidden) => keyOf(specOf({ hidden }))) as [
  TrialKey,
  TrialKey,
  TrialKey,
];
const [broken, earlier] = [3, 5].map((hidden) => keyOf(specOf({ hidden }))) as [TrialKey, TrialKey];
const around = {
  running: [first, second, third],
  failed: [broken, earlier],
  trials: [third, broken, second, first],
  stages: ['search', 'dropout'],
  settings: [{ hidden: 4 }, { hidden: 8 }],
  columns: { trials: 5, comparison: 3 },
  seen: 3,
  history: { lines: 100, seen: 10 },
};

function after(...keys: readonly NavigationKey[]): Navigation {
  return keys.reduce((at, key) => navigate(at, key, around), home);
}

test('the arrows go through the running trials, around', () => {
  expect(after('down').selected).toBe(first);
  expect(after('down', 'down').selected).toBe(second);
  expect(after('down', 'down', 'down', 'down').selected).toBe(first);
  expect(after('up').selected).toBe(third);
  expect(after('up', 'up', 'up', 'up').selected).toBe(third);
});

test('where nothing runs, nothing is selected', () => {
  const idle = { ...around, running: [] };
  for (const key of ['up', 'down', 'enter', 'stop'] as const) expect(navigate(home, key, idle)).toEqual(home);
});

test('a selected trial that has ended leads to those that run', () => {
  const ended = { ...home, selected: keyOf(specOf({ hidden: 99 })) };
  expect(navigate(ended, 'down', around).selected).toBe(first);
  expect(navigate(ended, 'up', around).selected).toBe(third);
  expect(navigate(ended, 'stop', around).asking).toBe(false);
});

test('Enter opens the selected trial, or the first, and Escape goes back step by step', () => {
  expect(after('enter')).toMatchObject({ page: 'trial', selected: first });
  expect(after('down', 'down', 'enter')).toMatchObject({ page: 'trial', selected: second });
  expect(after('enter', 'down')).toMatchObject({ page: 'trial', selected: second });
  expect(after('enter', 'escape')).toMatchObject({ page: 'stages', selected: first });
  expect(after('enter', 'escape', 'escape')).toEqual(home);
});

test('the trial that failed last opens from anywhere, and the arrows go through those that failed', () => {
  for (const before of [[], ['down'], ['enter'], ['help'], ['history']] as const) {
    expect(after(...before, 'failed')).toMatchObject({ page: 'trial', selected: broken });
  }
  expect(after('failed', 'down').selected).toBe(earlier);
  expect(after('failed', 'down', 'down').selected).toBe(broken);
  expect(after('failed', 'stop').asking).toBe(false);
  expect(after('failed', 'failed')).toEqual(home);
  expect(after('failed', 'down', 'escape')).toEqual(home);
  expect(after('failed', 'escape', 'down').selected).toBe(first);
  expect(navigate(home, 'failed', { ...around, failed: [] })).toEqual(home);
});

test('a question takes the next key, whatever it is', () => {
  expect(after('down', 'stop').asking).toBe(true);
  for (const key of ['down', 'help', 'escape', 'stop', 'other'] as const) {
    expect(after('down', 'stop', key)).toEqual(after('down'));
  }
});

test('help and history open and close with their keys', () => {
  for (const page of ['help', 'history'] as const) {
    expect(after(page).page).toBe(page);
    expect(after(page, page).page).toBe('stages');
    expect(after(page, 'escape').page).toBe('stages');
  }
  expect(after('help', 'history').page).toBe('history');
  expect(after('down', 'help', 'stop').asking).toBe(false);
});

test('the history scrolls from its end to its beginning and no further', () => {
  expect(after('history', 'up', 'up', 'down').back).toBe(1);
  expect(after('history', 'down').back).toBe(0);
  expect(after('history', 'page-up').back).toBe(9);
  expect(after('history', 'first').back).toBe(90);
  expect(after('history', 'first', 'up').back).toBe(90);
  expect(after('history', 'first', 'page-down').back).toBe(81);
  expect(after('history', 'first', 'last').back).toBe(0);
});

test('any trial in the list can be selected and opened, and the arrows stay in the list', () => {
  expect(after('trials', 'enter')).toMatchObject({ page: 'trial', selected: third });
  expect(after('trials', 'down', 'down', 'enter')).toMatchObject({ page: 'trial', selected: broken });
  expect(after('trials', 'down', 'enter', 'down').selected).toBe(broken);
  expect(after('trials', 'last', 'down').selected).toBe(first);
  expect(after('trials', 'down', 'page-down').selected).toBe(second);
  expect(after('trials', 'down', 'down', 'enter', 'escape')).toMatchObject({
    page: 'trials',
    selected: broken,
  });
  expect(after('trials', 'down', 'enter', 'escape', 'escape')).toEqual(home);
  expect(after('trials', 'last', 'stop').asking).toBe(true);
  expect(after('trials', 'down', 'down', 'stop').asking).toBe(false);
});

test('a setting of the comparison leads to its trials, and Escape back', () => {
  const trials = after('comparison', 'down', 'down', 'enter');
  expect(trials).toMatchObject({ page: 'trials', setting: { stage: 'dropout', parameters: { hidden: 8 } } });
  expect(navigate(trials, 'escape', around)).toMatchObject({ page: 'comparison', contender: { hidden: 8 } });
  expect(after('comparison', 'next-stage').stage).toBe('search');
  expect(navigate(home, 'comparison', { ...around, stages: [] })).toEqual(home);
});

test('lists are sorted and filtered, from the stages too, and Escape clears a filter before it goes back', () => {
  expect(after('trials', 'sort', 'sort').trials.sort).toBe(2);
  expect(after('trials', 'sort-back', 'reverse').trials).toMatchObject({ sort: 4, reversed: true });
  expect(after('sort')).toMatchObject({ page: 'comparison', comparison: { sort: 1 } });
  expect(after('filter')).toMatchObject({ page: 'comparison', typing: true });
  const filtered = { ...after('trials'), trials: { ...home.trials, filter: 'failed' } };
  expect(navigate(filtered, 'escape', around)).toMatchObject({ page: 'trials', trials: { filter: '' } });
  expect(after('help', 'sort', 'filter')).toEqual(after('help'));
});
