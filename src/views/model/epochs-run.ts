import type { Trial } from '../../campaign/trial.js';
import { lastReport } from '../../campaign/trial-score.js';

/** How many epochs a trial has run, whether it ended well or not. */
export function epochsRun(trial: Trial): number {
  const reported = lastReport(trial)?.epoch ?? 0;
  return trial.state === 'diverged' ? Math.max(reported, trial.epoch) : reported;
}
