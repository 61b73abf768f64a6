import { expect, test } from 'vitest';
import type { CampaignEvent } from '../../../src/campaign/event.js';
import { leaderboardOf, ranked } from '../../../src/views/model/leaderboard.js';
import { comparedIn, standings } from '../../../src/views/report/compared.js';
import { noteOf } from '../../../src/views/screen/widgets/contender-label.js';
import { finalSummary } from '../../../src/views/summary/final-summary.js';
import { dated, factsOf, finished, planned, specOf } from '../campaigns.js';
import { after } from '../scripted-campaign.js';

const settings = [4, 8, 16].map((hidden) => specOf({ hidden }));

/** Three settings with these losses; the first one was stopped early. */
const { campaign } = after(
  dated([
    { type: 'campaign-started', ...factsOf({ parameters: ['hidden'], method: 'random' }) },
    planned('search', settings),
    ...settings.flatMap((spec, i): CampaignEvent[] =>
      finished(spec, { val_loss: 0.2 + 0.1 * i }).map((event) =>
        event.type === 'trial-finished' && i === 0 ? { ...event, reason: 'stopped-early' } : event,
      ),
    ),
    {
      type: 'batch-planned',
      stage: 'finish',
      because: 'The chosen setting is trained once more.',
      trials: [],
      ahead: [],
      findings: [
        {
          kind: 'front',
          because: 'One setting is on the Pareto front.',
          objectives: [{ name: 'val_loss', goal: 'minimize' }],
          settings: [{ parameters: { hidden: 16 }, values: [] }],
        },
      ],
    },
  ]),
);

test('a setting that was stopped early is marked, is not the best and ranks last', () => {
  const board = leaderboardOf(campaign, 'search');
  const notes = ranked(board?.contenders ?? [], 'minimize').map((one) => [
    one.parameters.hidden,
    noteOf(one, 40),
  ]);
  expect(notes).toEqual([
    [8, 'best ×1'],
    [16, 'front ×1'],
    [4, 'stopped early ×1'],
  ]);
});

test('the report says so', () => {
  const compared = comparedIn(campaign, ['search']);
  const standing = standings(campaign, compared);
  expect(compared.map(standing)).toEqual(['stopped-early', 'compared', 'compared']);
});

test('a setting that was stopped early is counted with the epochs that this saved', () => {
  const text = finalSummary(campaign, { folder: 'results', seconds: 1, width: 200 });
  expect(text).toMatch(/Trials +3 trials, 3 epochs, /);
  expect(text).toMatch(/Ended early +1 trial fell behind\. This saved \d+ epochs?, /);
});
