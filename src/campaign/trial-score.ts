import type { Metric } from './metric.js';
import { isBetter } from './metric.js';
import { metricIn, type Report } from './report.js';
import type { Reports } from './tables/reports.js';
import type { Trial } from './trial.js';

/** How a campaign judges its trials. */
export interface ScoringRule {
  readonly metric: Metric;
  readonly checkpoint: 'best' | 'last';
}

/** The report of the best epoch by a metric, the first of ties; null if no report has the metric. */
export function bestReport({ reports }: Trial, metric: Metric): Report | null {
  return reports.at(bestPlace(reports, metric)) ?? null;
}

/** The place of that report; -1 if there is none. */
function bestPlace(reports: Reports, { name, goal }: Metric): number {
  let [best, least] = [-1, Number.NaN];
  for (let place = 0; place < reports.size; place++) {
    const value = reports.valueAt(place, name);
    if (value === undefined) continue;
    if (best === -1 || isBetter(goal, value, least)) [best, least] = [place, value];
  }
  return best;
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
  return trial.reports.at(scoredPlace(trial, judgement)) ?? null;
}

/** The place of that report; -1 if there is none. */
function scoredPlace({ spec, reports }: Trial, judgement: ScoringRule): number {
  const checkpoint = spec.finish?.checkpoint ?? judgement.checkpoint;
  const best = checkpoint === 'best' ? bestPlace(reports, judgement.metric) : -1;
  return best === -1 ? reports.size - 1 : best;
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
  const { reports, final } = trial;
  const place = scoredPlace(trial, judgement);
  const value = (place === -1 ? undefined : reports.valueAt(place, name)) ?? metricIn(final, name) ?? worst;
  return { value, epoch: reports.epochAt(place) };
}

/** A metric at the end of a finished trial, of its last epoch or of the whole trial; NaN if there is none. */
export function lastValue(trial: Trial, name: string): number {
  if (trial.state !== 'finished') return Number.NaN;
  return metricIn(lastReport(trial)?.metrics, name) ?? metricIn(trial.final, name) ?? Number.NaN;
}
