import type { StopTarget } from './metric.js';
import { reaches } from './metric.js';

/** What a trainer reports after an epoch: the epoch, counted from 1, and metrics by name. */
export interface Report {
  readonly epoch: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Several reports that have the same metrics. */
export interface ReportColumns {
  /** The epoch of each report, in rising order. */
  readonly epochs: readonly number[];
  /** For each metric its values, one for each of the epochs. */
  readonly metrics: Readonly<Record<string, readonly number[]>>;
}

/** The reports of which there are columns. */
export function reportsIn({ epochs, metrics }: ReportColumns): Report[] {
  const columns = Object.entries(metrics);
  return epochs.map((epoch, place) => ({
    epoch,
    metrics: Object.fromEntries(columns.map(([name, values]) => [name, values[place] ?? Number.NaN])),
  }));
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
