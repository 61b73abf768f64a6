import { expect, test } from 'vitest';
import type { CampaignEvent } from '../../../src/campaign/event.js';
import type { FinishReason } from '../../../src/campaign/outcome.js';
import { epochsSaved } from '../../../src/views/summary/epochs-saved.js';
import { summarise } from '../../../src/views/summary/summary.js';
import { formatEpochsSaved } from '../../../src/views/text/format-epochs-saved.js';
import { dated, factsOf, finished, planned, specOf } from '../campaigns.js';
import { after } from '../scripted-campaign.js';

/** A campaign whose trials of ten epochs end in these ways after their first epoch. */
function endingBy(...reasons: readonly FinishReason[]) {
  const specs = reasons.map((_, i) => ({ ...specOf({ hidden: i + 1 }), epochs: 10 }));
  const { campaign } = after(
    dated([
      { type: 'campaign-started', ...factsOf({ parameters: ['hidden'], method: 'random' }) },
      planned('search', specs),
      ...specs.flatMap((spec, i): CampaignEvent[] =>
        finished(spec, { val_loss: 0.5 }).map((event) =>
          event.type === 'trial-finished' ? { ...event, reason: reasons[i] ?? 'complete' } : event,
        ),
      ),
    ]),
  );
  return campaign;
}

test('epochs that trials were asked for and did not run are saved if the trials ended early', () => {
  const campaign = endingBy('patience', 'complete', 'patience', 'stopped-early', 'fit');
  const saved = {
    patience: { trials: 2, epochs_saved: 18 },
    'stopped-early': { trials: 1, epochs_saved: 9 },
  };
  expect(epochsSaved(campaign)).toEqual(saved);
  expect(summarise(campaign).ended_early).toEqual(saved);
});

test('nothing is said where no trial ended early', () => {
  const campaign = endingBy('complete', 'fit');
  expect(epochsSaved(campaign)).toBeNull();
  expect(summarise(campaign)).not.toHaveProperty('ended_early');
});

test.each([
  [
    { patience: { trials: 120, epochs_saved: 5400 } },
    '120 trials no longer improved. This saved 5,400 epochs, 56.3 % of all.',
  ],
  [
    { patience: { trials: 1, epochs_saved: 800 }, 'stopped-early': { trials: 2, epochs_saved: 600 } },
    '1 trial no longer improved and 2 trials fell behind. This saved 1,400 epochs, 25 % of all.',
  ],
])('the summary says how many epochs were saved: %j', (saved, sentence) => {
  expect(formatEpochsSaved(saved, 4200)).toBe(sentence);
});
