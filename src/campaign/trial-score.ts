import type { Metric } from './metric.js';
import { isBetter } from './metric.js';
import { metricIn, type Report } from './report.js';
import type { Trial } from './trial.js';

/** How a campaign judges its trials. */
export interface ScoringRule {
  readonly metric: Metric;
  readonly checkpoint: 'best' | 'last';
}

/** The report of the best epoch by a metric, the first of ties; null if no report has the metric. */
export function bestReport(trial: Trial, metric: Metric): Report | null {
  const { reports } = trial;
  let best: { readonly place: number; readonly value: number } | null = null;
  for (let place = 0; place < reports.size; place++) {
    const value = reports.valueAt(place, metric.name);
    if (value === undefined) continue;
    if (best === null || isBetter(metric.goal, value, best.value)) best = { place, value };
  }
  return (best && reports.at(best.place)) ?? null;
}

/** The report of the last epoch; null before the first report. */
export function lastReport(trial: Trial): Report | null {
  return trial.reports.last() ?? null;
}

/**
 * The report that a trial is judged by: that of its best epoch or of its last. A trial of the finish stage names one
 * of the two itself. If no epoch has the metric, for lack of a validation part, it is the last.
 */
export function scoredReport(trial: Trial, judgement: ScoringRule): Report | null {
  const checkpoint = trial.spec.finish?.checkpoint ?? judgement.checkpoint;
  return (checkpoint === 'best' ? bestReport(trial, judgement.metric) : null) ?? lastReport(trial);
}

/**
 * The number that a settled trial is judged by. A trial that diverged, failed or did not report the metric has the
 * worst value: Infinity or -Infinity, by the goal.
 */
export function trialScore(trial: Trial, judgement: ScoringRule): number {
  return trialScoreAt(trial, judgement).value;
}

/** The score of a trial, and the epoch of the report that it comes from; 0 if the trial has no report. */
export function trialScoreAt(
  trial: Trial,
  judgement: ScoringRule,
): { readonly value: number; readonly epoch: number } {
  const { goal, name } = judgement.metric;
  const worst = goal === 'minimize' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (trial.state !== 'finished') return { value: worst, epoch: 0 };
  const report = scoredReport(trial, judgement);
  const value = metricIn(report?.metrics, name) ?? metricIn(trial.final, name) ?? worst;
  return { value, epoch: report?.epoch ?? 0 };
}

/** A metric at the end of a finished trial, of its last epoch or of the whole trial; NaN if there is none. */
export function lastValue(trial: Trial, name: string): number {
  if (trial.state !== 'finished') return Number.NaN;
  return metricIn(lastReport(trial)?.metrics, name) ?? metricIn(trial.final, name) ?? Number.NaN;
}
