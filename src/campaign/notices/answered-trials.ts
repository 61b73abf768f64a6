import type { Campaign } from '../campaign.js';
import { isSettled, type Settled, type TrialKey } from '../trial.js';

/** The settled trials that the method asked for, in the order of asking, without those that it has not been given. */
export function* answeredTrials(campaign: Campaign, unanswered: ReadonlySet<TrialKey>): Generator<Settled> {
  for (const key of campaign.asked) {
    const trial = campaign.trials.get(key);
    if (isSettled(trial) && !unanswered.has(key)) yield trial;
  }
}
