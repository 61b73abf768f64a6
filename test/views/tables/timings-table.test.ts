import { expect, test } from 'vitest';
import type { CampaignEvent } from '../../../src/campaign/event.js';
import { elapsedSeconds } from '../../../src/views/model/timing.js';
import { csvText } from '../../../src/views/tables/csv-text.js';
import { timingRows } from '../../../src/views/tables/timings-table.js';
import { dated, factsOf, keyOf, planned, specOf } from '../campaigns.js';
import { after } from '../scripted-campaign.js';

const [asked, ahead] = [specOf({ hidden: 4 }), specOf({ hidden: 8 })];
const events: CampaignEvent[] = [
  { type: 'campaign-started', ...factsOf() },
  planned('search', [asked], [ahead]),
  { type: 'trial-started', trial: keyOf(asked), attempt: 1 },
  { type: 'trial-started', trial: keyOf(ahead), attempt: 1 },
  { type: 'trial-finished', trial: keyOf(ahead), attempt: 1, reason: 'fit', evaluation: null },
  { type: 'campaign-resumed' },
  { type: 'trial-started', trial: keyOf(asked), attempt: 2 },
];

test('every attempt has a row, and a trial that rode along is named by its key', () => {
  const { campaign, timing } = after(dated(events));
  expect(csvText(timingRows(campaign, timing))).toBe(
    [
      'trial,attempt,worker,started,seconds,ended',
      '1,1,1,2026-01-02T00:00:02.000Z,2,lost',
      `${keyOf(ahead)},1,2,2026-01-02T00:00:03.000Z,1,fit`,
      '1,2,1,2026-01-02T00:00:06.000Z,,',
      '',
    ].join('\n'),
  );
});

test('an attempt during which the clock was set back took no time, and not less', () => {
  const [started, plan, first, second, finished] = dated(events);
  if (!started || !plan || !first || !second || !finished) throw new Error('there are events');
  const { campaign, timing } = after([
    ...[started, plan, first, second],
    { ...finished, at: '2026-01-01T23:00:00.000Z' },
  ]);
  expect([...timingRows(campaign, timing)].map(([, , , , seconds]) => seconds)).toEqual(['seconds', null, 0]);
});

test('the night between two drivers does not count as time that the campaign ran', () => {
  const [last, ...rest] = dated(events).reverse();
  if (last === undefined) throw new Error('there are events');
  const nextMorning = { ...last, at: '2026-01-02T09:00:00.000Z' };
  const evening = rest.reverse();
  const resumedInTheMorning = evening.map((entry) =>
    entry.event.type === 'campaign-resumed' ? { ...entry, at: '2026-01-02T08:59:58.000Z' } : entry,
  );
  const { timing } = after([...resumedInTheMorning, nextMorning]);
  expect(elapsedSeconds(timing, Date.parse('2026-01-02T09:00:10.000Z'))).toBe(4 + 12);
});

test('the clock of a concluded campaign stands still', () => {
  const concluded: CampaignEvent = {
    type: 'campaign-concluded',
    kind: 'failed',
    chosen: null,
    because: 'enough',
    findings: [],
  };
  const { timing } = after(dated([...events, concluded]));
  expect(elapsedSeconds(timing, Date.UTC(2030, 0, 1))).toBe(4 + 2);
});
