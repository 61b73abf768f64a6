import type { Campaign } from '../../campaign/campaign.js';
import type { StoredEvent } from '../../campaign/event.js';
import { isBetter } from '../../campaign/metric.js';
import { isSettled, type Trial, type TrialKey } from '../../campaign/trial.js';
import { isAsked, settledTrials } from './asked-trials.js';
import { scoreOf } from './settings.js';
import { comparingStages } from './stages.js';

/** How far a campaign is, in a few numbers that cost little to follow. */
export interface Progress {
  /** Trials that the method asked for and that have ended for good. */
  readonly settled: number;
  /** The best score of a single trial that ran its full epochs in the search; null before the first. */
  readonly best: { readonly trial: number; readonly score: number } | null;
}

/** The progress of a campaign of which no trial has ended. */
export const NO_PROGRESS: Progress = { settled: 0, best: null };

/** The progress of a campaign, counted trial by trial. */
export function countProgress(campaign: Campaign): Progress {
  let progress = NO_PROGRESS;
  for (const trial of settledTrials(campaign)) progress = withSettled(progress, campaign, trial);
  return progress;
}

/** The progress after an event, given the campaign before and after it. Takes no longer for more trials. */
export function evolveProgress(
  progress: Progress,
  event: StoredEvent,
  before: Campaign,
  after: Campaign,
): Progress {
  switch (event.type) {
    case 'campaign-started':
    case 'campaign-extended':
    case 'trial-reopened':
      return countProgress(after);
    case 'batch-planned':
      // Some may have run before they were asked for.
      return (after.batches.last()?.trials ?? []).reduce(
        (sum, key) => settledBy(sum, key, before, after),
        progress,
      );
    case 'trial-finished':
    case 'trial-diverged':
    case 'trial-failed':
    case 'trial-stopped':
      return settledBy(progress, event.trial, before, after);
    default:
      return progress;
  }
}

function settledBy(progress: Progress, key: TrialKey, before: Campaign, after: Campaign): Progress {
  const [then, now] = [before.trials.get(key), after.trials.get(key)];
  const counted = then !== undefined && isAsked(then) && isSettled(then);
  return counted || now === undefined || !isAsked(now) || !isSettled(now)
    ? progress
    : withSettled(progress, after, now);
}

function withSettled({ settled, best }: Progress, campaign: Campaign, trial: Trial): Progress {
  const { facts } = campaign;
  const { spec, stage, number } = trial;
  const isCompared = spec.until === null && spec.finish === null && comparingStages(campaign).includes(stage);
  const score = facts === null || !isCompared ? Number.NaN : scoreOf(trial, facts);
  const isBest =
    Number.isFinite(score) &&
    (best === null || isBetter(facts?.metric.goal ?? 'minimize', score, best.score));
  return { settled: settled + 1, best: isBest ? { trial: number ?? 0, score } : best };
}
