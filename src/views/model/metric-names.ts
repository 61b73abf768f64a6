import type { Campaign } from '../../campaign/campaign.js';
import type { Settled } from '../../campaign/trial.js';
import { settledTrials } from './asked-trials.js';

const known = new WeakMap<Settled, readonly string[]>();

/** The names of all metrics that the settled trials reported by epoch, sorted. */
export function metricNames(campaign: Campaign): string[] {
  const names = new Set<string>();
  for (const trial of settledTrials(campaign)) {
    for (const name of namesOf(trial)) names.add(name);
  }
  return [...names].sort();
}

function namesOf(trial: Settled): readonly string[] {
  const cached = known.get(trial);
  if (cached !== undefined) return cached;
  const names = [...new Set(trial.reports.flatMap((report) => Object.keys(report.metrics)))];
  known.set(trial, names);
  return names;
}

/** The names of all metrics that they reported once, for the whole trial, sorted. */
export function finalMetricNames(campaign: Campaign): string[] {
  const names = new Set<string>();
  for (const trial of settledTrials(campaign))
    if (trial.state === 'finished') for (const name of Object.keys(trial.final ?? {})) names.add(name);
  return [...names].sort();
}
