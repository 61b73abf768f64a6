import type { StopTarget } from './metric.js';
import { reaches } from './metric.js';

/** What a trainer says after an epoch: the epoch, counted from 1, and numbers by name. */
export interface Report {
  readonly epoch: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** True where the report meets the trial's early end. */
export function reachesTarget(until: StopTarget | null, report: Report): boolean {
  if (until === null) return false;
  const value = report.metrics[until.metric];
  return value !== undefined && reaches(until, value);
}
