import type { Campaign } from '../../campaign/campaign.js';
import type { Trial } from '../../campaign/trial.js';
import { lastReport } from '../../campaign/trial-score.js';
import type { TimedAttempt } from './attempts/timed-attempt.js';
import type { Timing } from './timing.js';

/** How many of the last attempts say how fast the next ones will be. */
const LOOK_BACK = 32;

/**
 * Seconds until the trials that are asked for now will have ended, if they take as long for an epoch as the last ones
 * did, and run the same share of their epochs; null before the first has ended. More may be asked for later.
 */
export function secondsLeft(
  campaign: Campaign,
  timing: Timing,
  open: readonly number[],
  slots: number,
): number | null {
  const pace = recentPace(campaign, timing);
  if (pace === null) return null;
  const left = open.map((number) => {
    const key = campaign.asked.get(number - 1);
    const trial = key === undefined ? undefined : campaign.trials.get(key);
    if (trial === undefined) return 0;
    return pace.milliseconds * Math.max(0, pace.share * trial.spec.epochs - epochOf(trial));
  });
  const together = left.reduce((sum, one) => sum + one, 0) / Math.max(1, slots);
  return left.reduce((longest, one) => Math.max(longest, one), together) / 1000;
}

function epochOf(trial: Trial): number {
  return trial.state === 'running' ? (lastReport(trial)?.epoch ?? 0) : 0;
}

interface Pace {
  /** For an epoch. */
  readonly milliseconds: number;
  /** The share of their epochs that trials run: those that end early run fewer. */
  readonly share: number;
}

function recentPace(campaign: Campaign, timing: Timing): Pace | null {
  const stage = campaign.batches.last()?.stage;
  const recent = timing.attempts.takeLast(LOOK_BACK + timing.open.size);
  const pace = (attempts: readonly TimedAttempt[]): Pace | null => {
    let [milliseconds, epochs, asked] = [0, 0, 0];
    for (const { trial: key, started, ended, how } of attempts) {
      const trial = campaign.trials.get(key);
      if (ended === null || how === 'lost' || trial === undefined) continue;
      milliseconds += ended - started;
      epochs += lastReport(trial)?.epoch ?? 0;
      asked += trial.spec.epochs;
    }
    return epochs === 0 ? null : { milliseconds: milliseconds / epochs, share: epochs / asked };
  };
  return pace(recent.filter(({ trial }) => campaign.trials.get(trial)?.stage === stage)) ?? pace(recent);
}

/** An estimate of the time left, and when it was made, in milliseconds since 1970. */
export interface DatedEstimate {
  readonly seconds: number;
  readonly made: number;
}

/** An estimate is replaced only where a new one differs by this share and by this number of seconds. */
const TOLERANCE = { share: 0.3, seconds: 10 };

/**
 * The estimate to show: the one of before counts down as long as the new one roughly agrees, so that the time left does
 * not jump with each trial that ends.
 */
export function steadyEstimate(
  before: DatedEstimate | null,
  seconds: number | null,
  now: number,
): DatedEstimate | null {
  if (seconds === null) return null;
  const expected = secondsOf(before, now);
  if (before === null || expected === null) return { seconds, made: now };
  const tolerated = Math.max(TOLERANCE.seconds, TOLERANCE.share * expected);
  return Math.abs(seconds - expected) <= tolerated ? before : { seconds, made: now };
}

/** Seconds left of an estimate at `now`. */
export function secondsOf(estimate: DatedEstimate | null, now: number): number | null {
  return estimate === null ? null : Math.max(0, estimate.seconds - (now - estimate.made) / 1000);
}
