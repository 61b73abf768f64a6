import { expect, test } from 'vitest';
import { emptyCampaign } from '../../src/campaign/campaign.js';
import type { CampaignEntry } from '../../src/campaign/event.js';
import type { Outlet } from '../../src/outlets/outlet.js';
import { OutletGroup } from '../../src/outlets/outlet-group.js';

const entry = (seq: number): CampaignEntry => ({
  seq,
  at: '2024-01-01T00:00:00.000Z',
  event: { type: 'campaign-resumed' },
});

function recording(name = 'recording'): Outlet & { readonly calls: string[] } {
  const calls: string[] = [];
  return {
    name,
    calls,
    onEntry: ({ seq }) => {
      calls.push(`entry ${seq}`);
    },
    finish: () => {
      calls.push('finish');
    },
  };
}

test('every outlet gets every entry in order, then the end', async () => {
  const [a, b] = [recording('a'), recording('b')];
  const group = new OutletGroup([a, b]);
  for (const seq of [1, 2, 3]) group.onEntry(entry(seq), emptyCampaign);
  await group.finish(emptyCampaign);
  expect(a.calls).toEqual(['entry 1', 'entry 2', 'entry 3', 'finish']);
  expect(b.calls).toEqual(a.calls);
  expect(group.warnings).toEqual([]);
});

test.each([
  [
    'throws',
    () => {
      throw new Error('no space left');
    },
  ],
  ['rejects', () => Promise.reject(new Error('no space left'))],
])(
  'an outlet that %s is named in one warning and called no more, and the others go on',
  async (_, onEntry) => {
    const good = recording();
    const calls: number[] = [];
    const bad: Outlet = {
      name: 'bad',
      onEntry: (given) => {
        calls.push(given.seq);
        return onEntry();
      },
      finish: () => {
        calls.push(0);
      },
    };
    const group = new OutletGroup([bad, good]);
    group.onEntry(entry(1), emptyCampaign);
    await Promise.resolve();
    await Promise.resolve();
    group.onEntry(entry(2), emptyCampaign);
    await group.finish(emptyCampaign);
    expect(calls).toEqual([1]);
    expect(good.calls).toEqual(['entry 1', 'entry 2', 'finish']);
    expect(group.warnings).toEqual([{ outlet: 'bad', message: 'no space left' }]);
  },
);

test('an outlet that fails at its end is named too', async () => {
  const group = new OutletGroup([
    { name: 'bad', onEntry() {}, finish: () => Promise.reject(new Error('the server is gone')) },
  ]);
  await group.finish(emptyCampaign);
  expect(group.warnings).toEqual([{ outlet: 'bad', message: 'the server is gone' }]);
});

test('the end comes after the promises that entries left', async () => {
  const calls: string[] = [];
  let release = (): void => {};
  const slow: Outlet = {
    name: 'slow',
    onEntry: () =>
      new Promise<void>((resolve) => {
        release = resolve;
      }).then(() => {
        calls.push('entry');
      }),
    finish: () => {
      calls.push('finish');
    },
  };
  const group = new OutletGroup([slow]);
  group.onEntry(entry(1), emptyCampaign);
  const finished = group.finish(emptyCampaign);
  release();
  await finished;
  expect(calls).toEqual(['entry', 'finish']);
});
