import type { Campaign } from '../../../campaign/campaign.js';
import type { TrialKey } from '../../../campaign/trial.js';
import type { Timing } from '../../model/timing.js';

/** The trials that have failed and do not wait again, the last to do so first. */
export function failedTrials(campaign: Campaign, timing: Timing): TrialKey[] {
  const failed = timing.failures.keySeq().filter((key) => campaign.trials.get(key)?.state === 'failed');
  return failed.toArray().reverse();
}
