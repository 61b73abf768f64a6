import { expect, test } from 'vitest';
import { growthOf } from '../../../src/views/model/growth.js';
import { leaderboardOf } from '../../../src/views/model/leaderboard.js';
import { after, scriptedEvents } from '../scripted-campaign.js';
import { scriptOf } from '../scripts.js';

const events = [...scriptedEvents(scriptOf())];
const states = (count: number) =>
  growthOf(after(events.slice(0, count)).campaign)?.sizes.map(({ state }) => state);

test('the growth knows the sizes to come, the one that is tried, and those that were judged', () => {
  expect(states(10)).toEqual(['trying', 'to-come', 'to-come', 'to-come', 'to-come', 'to-come']);
  expect(states(300)).toEqual([
    'does-not-fit',
    'does-not-fit',
    'does-not-fit',
    'trying',
    'to-come',
    'to-come',
  ]);
  expect(states(events.length)).toEqual([
    'does-not-fit',
    'does-not-fit',
    'does-not-fit',
    'fits',
    'grown-on',
    'grown-on',
  ]);
});

test('a size that fits says on how many repeats, and what it is worth over its full epochs', () => {
  const size = growthOf(after(events).campaign)?.sizes[3];
  expect(size).toMatchObject({ size: 32, fit: 3, ran: 3, training: 1 });
  expect(size?.validation).toBeCloseTo(0.377, 3);
});

test('a size counts repeats of one setting, also while it is tried with several', () => {
  const several = [...scriptedEvents(scriptOf({ learningRates: [0.003, 0.01, 0.03] }))];
  const first = several.findIndex(({ event }) => event.type === 'trial-finished');
  const tried = Array.from({ length: 40 }, (_, i) => after(several.slice(0, first + 40 * i)).campaign);
  const counts = tried.flatMap((campaign) => growthOf(campaign)?.sizes.map(({ ran }) => ran) ?? []);
  expect(Math.max(...counts)).toBe(3);
});

test('methods that do not grow have no growth', () => {
  const grid = after([...scriptedEvents(scriptOf({ method: 'grid', epochs: 3 }))]).campaign;
  expect(growthOf(grid)).toBeNull();
  expect(leaderboardOf(grid, 'search')?.contenders.filter(({ best }) => best).length).toBe(1);
});

test('the leaderboard marks the best setting and the best without dropout', () => {
  const board = leaderboardOf(after(events).campaign, 'dropout');
  expect(board?.names).toEqual(['hidden', 'dropout']);
  expect(board?.contenders.find(({ best }) => best)?.parameters).toMatchObject({
    hidden: 128,
    dropout: 0.35,
  });
  expect(board?.contenders.find(({ baseline }) => baseline)?.parameters).toMatchObject({
    hidden: 128,
    dropout: 0,
  });
});
