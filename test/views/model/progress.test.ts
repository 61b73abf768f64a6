import { expect, test } from 'vitest';
import { emptyCampaign, evolve } from '../../../src/campaign/campaign.js';
import { countProgress, evolveProgress, NO_PROGRESS } from '../../../src/views/model/progress.js';
import { inventedEntries } from '../../app/serve/invented-journal.js';
import { scriptedEvents } from '../scripted-campaign.js';
import { scriptOf } from '../scripts.js';

test('progress that follows the events is the progress that is counted trial by trial', () => {
  for (const entries of [[...inventedEntries('made-up', { trials: 150 })], scriptedEvents(scriptOf())]) {
    let [campaign, progress] = [emptyCampaign, NO_PROGRESS];
    for (const { event } of entries) {
      const before = campaign;
      campaign = evolve(before, event);
      progress = evolveProgress(progress, event, before, campaign);
      expect(progress).toEqual(countProgress(campaign));
    }
    expect(progress.settled).toBeGreaterThan(10);
    expect(progress.best).not.toBeNull();
  }
});
