import type { Campaign } from '../../campaign/campaign.js';
import { settledTrials } from './asked-trials.js';

/** The names of all metrics that the settled trials reported by epoch, sorted. */
export function metricNames(campaign: Campaign): string[] {
  const names = new Set<string>();
  for (const trial of settledTrials(campaign)) {
    for (const name of trial.reports.names()) names.add(name);
  }
  return [...names].sort();
}

/** The names of all metrics that they reported once, for the whole trial, sorted. */
export function finalMetricNames(campaign: Campaign): string[] {
  const names = new Set<string>();
  for (const trial of settledTrials(campaign))
    if (trial.state === 'finished') for (const name of Object.keys(trial.final ?? {})) names.add(name);
  return [...names].sort();
}
