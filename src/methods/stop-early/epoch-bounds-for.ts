import type { EpochBound } from '../../campaign/early-end/epoch-bounds.js';
import { isBetter, type Metric } from '../../campaign/metric.js';
import { metricIn } from '../../campaign/report.js';
import type { Settled } from '../../campaign/trial.js';

/** When trials are stopped early. */
export interface StopEarlyRule {
  /** The percentage of best trials that go on; 50 is the median. */
  readonly percentile: number;
  /** The share of the epochs before which no trial is stopped. */
  readonly warmup: number;
  /** A trial is compared with all trials that were asked for before it but the last `window` - 1. */
  readonly window: number;
}

/** Fewer trials than this are no standard to compare with. */
const MIN_COMPARED = 5;
/** Comparisons after the warm-up, at equal distances. */
const COMPARISONS = 8;

/** The epochs at which trials are compared: from the end of the warm-up on, before the last epoch. */
export function comparedEpochs(epochs: number, { warmup }: StopEarlyRule): number[] {
  const start = warmup * epochs;
  const all = Array.from({ length: COMPARISONS }, (_, i) =>
    Math.max(1, Math.ceil(start + (i * (epochs - start)) / COMPARISONS)),
  );
  return [...new Set(all)].filter((epoch) => epoch < epochs);
}

/**
 * The bounds of a trial: at each of the epochs, the value that the given percentage of the others had reached. A trial
 * that had none by then, since it had failed, diverged or been stopped, counts as worse than all.
 *
 * Source: the median rule of Golovin et al. 2017, "Google Vizier", and the percentile rule of Optuna, by best values.
 */
export function epochBoundsFor(
  epochs: number,
  others: readonly Settled[],
  metric: Metric,
  rule: StopEarlyRule,
): EpochBound[] {
  if (others.length < MIN_COMPARED) return [];
  return comparedEpochs(epochs, rule).flatMap((epoch) => {
    const reached = others
      .flatMap((trial) => bestBy(trial, epoch, metric) ?? [])
      .sort((a, b) => (isBetter(metric.goal, a, b) ? -1 : isBetter(metric.goal, b, a) ? 1 : 0));
    const value = reached[Math.ceil((others.length * rule.percentile) / 100) - 1];
    return value === undefined ? [] : [{ epoch, value }];
  });
}

/** The best value of a trial up to an epoch; null if it had none, or if it had ended before, but not by patience. */
function bestBy(trial: Settled, epoch: number, { name, goal }: Metric): number | null {
  if (trial.state !== 'finished') return null;
  if (trial.reason !== 'patience' && (trial.reports.last()?.epoch ?? 0) < epoch) return null;
  let best: number | null = null;
  for (const report of trial.reports) {
    if (report.epoch > epoch) break;
    const value = metricIn(report.metrics, name);
    if (value !== undefined && (best === null || isBetter(goal, value, best))) best = value;
  }
  return best;
}
