import { expect, test } from 'vitest';
import { secondsLeft } from '../../../src/views/model/time-left.js';
import { after, scriptedEvents } from '../scripted-campaign.js';
import { scriptOf } from '../scripts.js';

test.each([20, 10, 5])('the time left counts the epochs that trials run: %i of 20', (run) => {
  const script = scriptOf({ method: 'grid', slots: 1, epochs: 20 });
  const events = [
    ...scriptedEvents({
      ...script,
      reports: (spec) => script.reports(spec).slice(0, run),
      pace: () => 100,
    }),
  ];
  const ended = events.flatMap(({ event }, i) => (event.type === 'trial-finished' ? [i] : []));
  const { campaign, timing } = after(events.slice(0, (ended[5] ?? 0) + 1));
  const open = campaign.asked
    .toArray()
    .flatMap((key, i) => (campaign.trials.get(key)?.state === 'waiting' ? [i + 1] : []));
  expect(open.length).toBeGreaterThan(3);
  expect(secondsLeft(campaign, timing, open, 1)).toBeCloseTo(open.length * run * 0.1, 1);
  expect(secondsLeft(campaign, timing, open, 2)).toBeCloseTo((open.length * run * 0.1) / 2, 1);
});
