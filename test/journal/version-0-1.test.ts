import { describe, expect, it } from 'vitest';
import { parseCampaignEvent } from '../../src/journal/campaign-event.js';

const concluded = { type: 'campaign-concluded', chosen: null, findings: [] };

/** The finding of version 0.1.0 that no size fits, as its conclusion held it. */
const nothingFits = (near: string) => ({
  kind: 'fitted',
  parameters: null,
  because: `No size in the range fits.${near} At hidden 4 the training loss is flat at the end: try more units.`,
});

describe('the conclusion of a campaign of version 0.1.0', () => {
  it.each([
    ['chosen', { chosen: 'ab12', because: 'hidden 4 has the best mean val_loss: 0.3.' }],
    ['failed', { because: 'No setting gave val_loss on all of its repeats.' }],
    ['failed', { because: 'No trial without dropout finished, at any size.' }],
    [
      'nothing-fits',
      {
        because: 'Nothing fits, and the config says to stop then.',
        findings: [nothingFits(' The best was train_accuracy 0.9 at hidden 4.')],
      },
    ],
    ['failed', { because: 'Nothing fits, and the config says to stop then.', findings: [nothingFits('')] }],
  ])('is %s by what it says', (kind, event) => {
    expect(parseCampaignEvent({ ...concluded, ...event })).toMatchObject({ kind });
  });
});
