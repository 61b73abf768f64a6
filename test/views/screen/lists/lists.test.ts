import { expect, test } from 'vitest';
import { leaderboardOf } from '../../../../src/views/model/leaderboard.js';
import { steadyEstimate } from '../../../../src/views/model/time-left.js';
import { filterOf } from '../../../../src/views/screen/lists/list-filter.js';
import { keepInView, sortedBy, sortRows, wholeList } from '../../../../src/views/screen/lists/list-view.js';
import { listSettings, settingColumns } from '../../../../src/views/screen/lists/setting-list.js';
import { listTrials, trialColumns } from '../../../../src/views/screen/lists/trial-list.js';
import { after, scriptedEvents } from '../../scripted-campaign.js';
import { scriptOf } from '../../scripts.js';

const script = scriptOf({ method: 'grid', slots: 4, epochs: 5 });
const events = [
  ...scriptedEvents({
    ...script,
    fate: ({ parameters: { hidden, dropout } }) =>
      hidden === 4 && dropout === 0 ? 'failed' : hidden === 8 && dropout === 0 ? 'stopped' : undefined,
  }),
];
const { campaign } = after(events.slice(0, 120));

test('the list has every trial that has started: running, finished, failed and stopped ones, the newest first', () => {
  const list = listTrials(campaign, wholeList, null);
  const started = campaign.trials.toList().filter(({ attempts }) => attempts > 0);
  expect(list).toHaveLength(started.size);
  const states = new Set(list.map(({ trial }) => trial.state));
  expect([...states].sort()).toEqual(['failed', 'finished', 'running', 'stopped']);
  const numbers = list.map(({ trial }) => trial.number ?? Number.POSITIVE_INFINITY);
  expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
});

test('the list is filtered by a part of any text, by a value, by a number, and by what does not match', () => {
  const count = (filter: string): number => listTrials(campaign, { ...wholeList, filter }, null).length;
  const all = count('');
  expect(count('failed')).toBe(1);
  expect(count('hidden=4 dropout=0')).toBe(1);
  expect(count('!failed')).toBe(all - 1);
  expect(count('dropout>0.35') + count('!dropout>0.35')).toBe(all);
  expect(count('hidden=40')).toBe(0);
});

test('a word of a filter with a sign compares whole values', () => {
  const fields = { hidden: '320', schedule: 'one cycle' };
  expect(filterOf('hidden=32')(fields)).toBe(false);
  expect(filterOf('HIDDEN=320')(fields)).toBe(true);
  expect(filterOf('hidden<321 cycle')(fields)).toBe(true);
  expect(filterOf('= > <')(fields)).toBe(false);
  expect(filterOf('  ')(fields)).toBe(true);
});

test('sorting by the metric puts the best first and trials without a value last', () => {
  const names = trialColumns(campaign).map(({ name }) => name);
  const view = { ...wholeList, sort: names.indexOf('val_loss') };
  const cells = listTrials(campaign, view, null).map(({ cells }) => cells.val_loss ?? '');
  const numbers = cells.filter((cell) => cell !== '').map(Number);
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  expect(cells.slice(0, numbers.length)).not.toContain('');
  const reversed = listTrials(campaign, { ...view, reversed: true }, null).map(({ cells }) => cells.val_loss);
  expect(reversed[0]).toBe(cells[numbers.length - 1]);
});

test('a comparison is sorted by merit, by the plan or by a parameter, and filtered', () => {
  const board = leaderboardOf(campaign, 'search');
  if (board === null) throw new Error('no comparison');
  const metric = { name: 'val_loss', goal: 'minimize' } as const;
  expect(settingColumns(board)).toEqual(['merit', 'plan', 'hidden', 'dropout']);
  expect(listSettings(board, metric, wholeList)[0]?.best).toBe(true);
  expect(listSettings(board, metric, { ...wholeList, sort: 1 })).toEqual(board.contenders);
  const byDropout = listSettings(board, metric, { ...wholeList, sort: 3, reversed: true });
  expect(byDropout[0]?.parameters.dropout).toBe(0.65);
  const some = listSettings(board, metric, { ...wholeList, filter: 'dropout=0.2' });
  expect(some.length).toBeGreaterThan(0);
  for (const { parameters } of some) expect(parameters.dropout).toBe(0.2);
});

test('equal rows keep their order, and the columns to sort by go around', () => {
  expect(sortRows(['b1', 'a2', 'a1'], (row) => row.slice(0, 1), false)).toEqual(['a2', 'a1', 'b1']);
  expect(sortRows([3, null, 1], (row) => row, true)).toEqual([3, 1, null]);
  expect(sortedBy(wholeList, -1, 4).sort).toBe(3);
  expect(sortedBy({ ...wholeList, sort: 3, reversed: true }, 1, 4)).toEqual(wholeList);
});

test('a window moves only as far as the selection needs', () => {
  expect(keepInView(0, 4, 5, 20)).toBe(0);
  expect(keepInView(0, 5, 5, 20)).toBe(1);
  expect(keepInView(9, 3, 5, 20)).toBe(3);
  expect(keepInView(18, -1, 5, 20)).toBe(15);
  expect(keepInView(3, 0, 5, 2)).toBe(0);
});

test('the time left counts down and jumps only when a new estimate differs much', () => {
  const first = steadyEstimate(null, 100, 0);
  expect(steadyEstimate(first, 110, 10_000)).toBe(first);
  expect(steadyEstimate(first, 75, 10_000)).toBe(first);
  expect(steadyEstimate(first, 200, 10_000)).toEqual({ seconds: 200, made: 10_000 });
  expect(steadyEstimate(first, null, 10_000)).toBeNull();
});
