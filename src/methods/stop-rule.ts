import { isBetter, type Metric } from '../campaign/metric.js';
import { formatCount, formatNumber } from '../text/number.js';

/** When a search ends before its last setting; null where that does not end it. */
export interface StopRule {
  /** Settings in a row, in the order of asking, of which none is better than the best before. */
  readonly noImprovement: number | null;
  /** A value of the metric that is good enough, as the mean of a setting over the first repeats. */
  readonly target: number | null;
}

/** Follows the settings of a search in the order of asking. */
export interface StopWatch {
  /** Takes the mean of the next setting. */
  observe(score: number): void;
  /** Why the search ends, as a sentence; null while it goes on. */
  readonly reason: string | null;
}

export function createStopWatch(rule: StopRule | null | undefined, metric: Metric): StopWatch {
  let best = Number.NaN;
  let without = 0;
  let reason: string | null = null;
  return {
    observe(score) {
      if (rule == null || reason !== null) return;
      const isGain = Number.isFinite(score) && isBetter(metric.goal, score, best);
      without = isGain ? 0 : without + 1;
      if (isGain) best = score;
      if (rule.target !== null && Number.isFinite(best) && !isBetter(metric.goal, rule.target, best)) {
        const reached = `${metric.name} ${formatNumber(best)}`;
        reason = `The search ends: ${reached} reaches the target ${formatNumber(rule.target)}.`;
      } else if (rule.noImprovement !== null && without >= rule.noImprovement) {
        reason = `The search ends: the last ${formatCount(without, 'setting')} brought nothing better.`;
      }
    },
    get reason() {
      return reason;
    },
  };
}
