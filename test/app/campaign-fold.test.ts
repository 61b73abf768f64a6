import { expect, test } from 'vitest';
import { CampaignFold } from '../../src/app/campaign-fold.js';
import { emptyCampaign, evolve } from '../../src/campaign/campaign.js';
import type { CampaignEntry, CampaignEvent } from '../../src/campaign/event.js';
import { ImpossibleEvent } from '../../src/campaign/impossible-event.js';
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

test.each([
  ['a search with failures and retries', [...inventedEntries('made-up', { trials: 60, epochs: 7 })]],
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
