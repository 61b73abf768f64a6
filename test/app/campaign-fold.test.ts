import { expect, test } from 'vitest';
import { CampaignFold } from '../../src/app/campaign-fold.js';
import { emptyCampaign, evolve } from '../../src/campaign/campaign.js';
import type { CampaignEntry, CampaignEvent, StoredEntry } from '../../src/campaign/event.js';
import { ImpossibleEvent } from '../../src/campaign/impossible-event.js';
import { reportEvents } from '../../src/campaign/reported-epochs.js';
import type { TrialKey } from '../../src/campaign/trial.js';
import { emptyTiming, evolveTiming } from '../../src/views/model/timing.js';
import { scriptedEvents } from '../views/scripted-campaign.js';
import { scriptOf } from '../views/scripts.js';
import { inventedEntries } from './serve/invented-journal.js';

/** The entries of a campaign, to which late reports of lost attempts are added. */
function withLateReports(entries: readonly CampaignEntry[]): CampaignEntry[] {
  return entries.flatMap((entry) => {
    const { event } = entry;
    if (event.type !== 'trial-reported') return [entry];
    const late: CampaignEvent = { ...event, attempt: event.attempt + 1 };
    return event.report.epoch % 3 === 0 ? [entry, { ...entry, event: late }, entry] : [entry];
  });
}

/** The entries of a campaign whose reports arrive five together, as far as no other event comes between. */
function withSharedEntries(entries: readonly CampaignEntry[]): StoredEntry[] {
  const shared: StoredEntry[] = [];
  let waiting: CampaignEntry[] = [];
  const take = (): void => {
    const reports = waiting.flatMap(({ event }) => ('report' in event ? [event.report] : []));
    const [first] = waiting;
    if (first !== undefined && 'attempt' in first.event)
      for (const event of reportEvents(first.event, reports)) shared.push({ ...first, event });
    waiting = [];
  };
  for (const entry of entries) {
    const { event } = entry;
    const before = waiting[0]?.event;
    const isOther = !('trial' in event) || !(before && 'trial' in before) || before.trial !== event.trial;
    if (isOther || waiting.length === 5 || event.type !== 'trial-reported') take();
    if (event.type === 'trial-reported') waiting.push(entry);
    else shared.push(entry);
  }
  return shared;
}

const oneSlot = [...inventedEntries('shared', { trials: 40, epochs: 12, slots: 1 })];

test('the state is the same whether reports share entries or not', () => {
  const shared = withSharedEntries(oneSlot);
  expect(shared.some(({ event }) => event.type === 'trial-reported-epochs')).toBe(true);
  expect(shared.length).toBeLessThan(oneSlot.length / 2);
  const [alone, together] = [new CampaignFold(), new CampaignFold()];
  for (const entry of oneSlot) alone.take(entry);
  for (const entry of shared) together.take(entry);
  expect([...together.state.campaign.trials.values()]).toEqual([...alone.state.campaign.trials.values()]);
  expect(together.state.timing.workers).toBe(alone.state.timing.workers);
});

test.each<[string, readonly StoredEntry[]]>([
  ['a search with failures and retries', [...inventedEntries('made-up', { trials: 60, epochs: 7 })]],
  ['shared entries', withSharedEntries(oneSlot)],
  ['fit_first', [...scriptedEvents(scriptOf({ epochs: 5 }))]],
  ['late reports', withLateReports([...inventedEntries('late', { trials: 20, epochs: 7, slots: 3 })])],
])('the state is that of each entry alone, wherever somebody looks at it: %s', (_, entries) => {
  for (const looks of [1, 2, 7, Number.POSITIVE_INFINITY]) {
    const fold = new CampaignFold();
    let [campaign, timing] = [emptyCampaign, emptyTiming];
    for (const [i, entry] of entries.entries()) {
      campaign = evolve(campaign, entry.event);
      timing = evolveTiming(timing, entry);
      fold.take(entry);
      if (i % looks === 0) expect(fold.state.timing.lasting).toEqual(timing.lasting);
    }
    const { state } = fold;
    expect([...state.campaign.trials.values()]).toEqual([...campaign.trials.values()]);
    expect({ ...state.campaign, trials: null }).toEqual({ ...campaign, trials: null });
    expect([...state.timing.attempts]).toEqual([...timing.attempts]);
    expect({ ...state.timing, attempts: null }).toEqual({ ...timing, attempts: null });
    // Nobody has to look again at a state that has not changed.
    expect(fold.state).toBe(state);
  }
});

test('a report of a trial that was never planned is impossible at once', () => {
  const fold = new CampaignFold();
  const [begin] = inventedEntries('made-up', { trials: 1 });
  if (begin === undefined) throw new Error('no entry');
  fold.take(begin);
  const trial = '00000000000000000000000000000000' as TrialKey;
  const event: CampaignEvent = {
    type: 'trial-reported',
    trial,
    attempt: 1,
    report: { epoch: 1, metrics: {} },
  };
  expect(() => fold.take({ ...begin, seq: 2, event })).toThrow(ImpossibleEvent);
});
