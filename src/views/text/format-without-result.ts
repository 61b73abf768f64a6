import type { Campaign } from '../../campaign/campaign.js';
import {
  decidedWithout,
  formatCounts,
  type TrialWithoutResult,
  trialsWithoutResult,
} from '../model/trials-without-result.js';
import { firstLine, formatTrial } from './format-trial.js';

/** Up to this many trials are named; summary.json and trials.csv have them all. */
const NAMED_UP_TO = 3;

/**
 * The trials that failed or were stopped: how many, which, why, and how the method decided without them. Null if every
 * trial has a result.
 */
export function formatWithoutResult(campaign: Campaign): string | null {
  const trials = trialsWithoutResult(campaign);
  if (trials.length === 0) return null;
  const named = trials.slice(0, NAMED_UP_TO).map((trial) => {
    const { setting } = formatTrial(campaign, trial);
    return `#${trial.number} (${setting}), ${withoutStop(whyWithoutResult(campaign, trial))}`;
  });
  const more = trials.length - named.length;
  const list = [...named, ...(more === 0 ? [] : [`${more} more in trials.csv`])].join('; ');
  const counts = formatCounts(trials, ['failed', 'stopped']);
  return [`${counts}: ${list}.`, ...decidedWithout(campaign, trials)].join(' ');
}

/** Why a trial has no result, in a few words. */
export function whyWithoutResult(campaign: Campaign, trial: TrialWithoutResult): string {
  if (trial.state === 'failed') return `${trial.code}: ${firstLine(trial.message)}`;
  return `stopped by you ${formatTrial(campaign, trial).result}`;
}

const withoutStop = (text: string): string => text.replace(/\.$/, '');
