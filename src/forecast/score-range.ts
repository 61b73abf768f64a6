import type { Campaign } from '../campaign/campaign.js';
import { type Metric, reaches } from '../campaign/metric.js';
import { metricIn } from '../campaign/report.js';

/**
 * Numbers beyond everything that a campaign has reported, for simulated results that are better or worse than all
 * others.
 */
export interface ScoreRange {
  /** Far better than all reports of the metric. Larger is better for both goals. */
  readonly best: number;
  /** Far worse than all. */
  readonly worst: number;
  /**
   * How far from its bound the training metric was at the end of the nearest trial that did not fit; 1 without any.
   */
  readonly nearestToFit: number;
  /** The same for the farthest trial; at least 1. */
  readonly farthestFromFit: number;
}

/** More than the indices of two sizes can differ. */
const MARGIN = 1e4;

/** The range of the reports of a campaign. */
export function scoreRange({ trials }: Campaign, { name, goal }: Metric): ScoreRange {
  let [best, worst] = [0, 0];
  let [nearest, farthest] = [1, 1];
  for (const { spec, reports } of trials.values()) {
    for (const { metrics } of reports) {
      const value = metricIn(metrics, name);
      if (value === undefined) continue;
      const score = goal === 'maximize' ? value : -value;
      best = Math.max(best, score);
      worst = Math.min(worst, score);
    }
    const training = spec.until === null ? undefined : metricIn(reports.last()?.metrics, spec.until.metric);
    if (training === undefined || spec.until === null || reaches(spec.until, training)) continue;
    const away = Math.abs(training - spec.until.bound);
    if (away > 0) nearest = Math.min(nearest, away);
    farthest = Math.max(farthest, away);
  }
  const margin = MARGIN + 10 * (best - worst);
  return { best: best + margin, worst: worst - margin, nearestToFit: nearest, farthestFromFit: farthest };
}
