import type { StopTarget } from './metric.js';
import { reaches } from './metric.js';

/** What a trainer reports after an epoch: the epoch, counted from 1, and metrics by name. */
export interface Report {
  readonly epoch: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** True if the report reaches the target at which the trial ends early. */
export function reachesTarget(until: StopTarget | null, report: Report): boolean {
  if (until === null) return false;
  const value = metricIn(report.metrics, until.metric);
  return value !== undefined && reaches(until, value);
}

/**
 * The value of a metric; undefined if it was not reported. Programs choose the names, and one may be `constructor`:
 * what every object inherits is no metric.
 */
export function metricIn(metrics: Report['metrics'] | null | undefined, name: string): number | undefined {
  return metrics && Object.hasOwn(metrics, name) ? metrics[name] : undefined;
}
