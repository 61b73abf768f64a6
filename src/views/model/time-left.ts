import type { Campaign } from '../../campaign/campaign.js';
import type { Trial } from '../../campaign/trial.js';
import { lastReport } from '../../campaign/trial-score.js';
import type { TimedAttempt, Timing } from './timing.js';

/** How many of the last attempts say how fast the next ones will be. */
const LOOK_BACK = 32;

/**
 * Seconds until the trials that are asked for now will have ended, if they take as long for an epoch as the last ones
 * did; null before the first has ended. More may be asked for later, so it is the least that is left.
 */
export function secondsLeft(
  campaign: Campaign,
  timing: Timing,
  open: readonly number[],
  slots: number,
): number | null {
  const pace = millisecondsPerEpoch(campaign, timing);
  if (pace === null) return null;
  const left = open.map((number) => {
    const key = campaign.asked.get(number - 1);
    const trial = key === undefined ? undefined : campaign.trials.get(key);
    return trial === undefined ? 0 : pace * Math.max(0, trial.spec.epochs - epochOf(trial));
  });
  const together = left.reduce((sum, one) => sum + one, 0) / Math.max(1, slots);
  return left.reduce((longest, one) => Math.max(longest, one), together) / 1000;
}

function epochOf(trial: Trial): number {
  return trial.state === 'running' ? (lastReport(trial)?.epoch ?? 0) : 0;
}

function millisecondsPerEpoch(campaign: Campaign, timing: Timing): number | null {
  const stage = campaign.batches.last()?.stage;
  const recent = timing.attempts.takeLast(LOOK_BACK + timing.open.size).toArray();
  const pace = (attempts: readonly TimedAttempt[]): number | null => {
    let [milliseconds, epochs] = [0, 0];
    for (const { trial: key, started, ended, how } of attempts) {
      const trial = campaign.trials.get(key);
      if (ended === null || how === 'lost' || trial === undefined) continue;
      milliseconds += ended - started;
      epochs += lastReport(trial)?.epoch ?? 0;
    }
    return epochs === 0 ? null : milliseconds / epochs;
  };
  return pace(recent.filter(({ trial }) => campaign.trials.get(trial)?.stage === stage)) ?? pace(recent);
}
