import type { Campaign } from '../../../campaign/campaign.js';
import type { Trial } from '../../../campaign/trial.js';
import { lastReport } from '../../../campaign/trial-score.js';
import { settledTrials } from '../asked-trials.js';

/** How many epochs a trial has run, whether it ended well or not. */
export function epochsRun(trial: Trial): number {
  const reported = lastReport(trial)?.epoch ?? 0;
  return trial.state === 'diverged' ? Math.max(reported, trial.epoch) : reported;
}

/** Epochs that the trials that were asked for have run, together. */
export function epochsTrained(campaign: Campaign): number {
  return [...settledTrials(campaign)].reduce((sum, trial) => sum + epochsRun(trial), 0);
}
