import { expect, test } from 'vitest';
import type { CampaignEvent } from '../../../src/campaign/event.js';
import { finalSummary } from '../../../src/views/summary/final-summary.js';
import { textWidth } from '../../../src/views/text/text-width.js';
import { dated, factsOf } from '../campaigns.js';
import { after, scriptedEvents } from '../scripted-campaign.js';
import { scriptOf } from '../scripts.js';

const { campaign } = after(scriptedEvents(scriptOf()));
const options = { width: 80, folder: 'results/digits', seconds: 133 };

test('the final summary says size, choice, gain and test score, and fits a message', async () => {
  await expect(finalSummary(campaign, options)).toMatchFileSnapshot('fixtures/final-summary-80.txt');
  await expect(finalSummary(campaign, { ...options, width: 50 })).toMatchFileSnapshot(
    'fixtures/final-summary-50.txt',
  );
});

test.each([30, 60, 80, 120])('no line is wider than %i columns', (width) => {
  const lines = finalSummary(campaign, { ...options, width }).split('\n');
  for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
});

test('a warning that says what the fit already said is not said twice', () => {
  const because = 'No size in the range fits.';
  const events: CampaignEvent[] = [
    { type: 'campaign-started', ...factsOf() },
    {
      type: 'campaign-concluded',
      kind: 'nothing-fits',
      chosen: null,
      because: 'Nothing fits, and the config says to stop then.',
      findings: [
        { kind: 'fitted', parameters: null, because },
        { kind: 'warning', code: 'nothing-fits', numbers: {}, because },
      ],
    },
  ];
  const text = finalSummary(after(dated(events)).campaign, options);
  expect(text.split(because).length - 1).toBe(1);
});

test('a limit that growing on met does not hide that growth ended with a fit', () => {
  const ended = ['Growth ended with a fit.', 'Growth ends before hidden 512.'];
  const events: CampaignEvent[] = [
    { type: 'campaign-started', ...factsOf() },
    {
      type: 'campaign-concluded',
      kind: 'stopped',
      chosen: null,
      because: 'Stopped.',
      findings: [
        { kind: 'growth-ended', by: 'fit', because: ended[0] ?? '' },
        { kind: 'growth-ended', by: 'trials', because: ended[1] ?? '' },
      ],
    },
  ];
  const text = finalSummary(after(dated(events)).campaign, options);
  expect(text).toMatch(/Growth +Growth ended with a fit\.\n +Growing on +Growth ends before hidden 512\.\n/);
});

test('names cannot steer the terminal', () => {
  const events: CampaignEvent[] = [{ type: 'campaign-started', ...factsOf({ name: 'red\u001b[31m\u0007' }) }];
  expect(finalSummary(after(dated(events)).campaign, options)).toContain('red\\u001b[31m\\u0007');
});
