import type { Goal, Metric } from '../../campaign/metric.js';
import type { CampaignPlan } from '../../campaign/plan.js';
import { metricIn } from '../../campaign/report.js';
import type { Settled } from '../../campaign/trial.js';
import { scoredReport, trialScore } from '../../campaign/trial-score.js';
import type { Comparison } from '../comparison.js';

/** Objectives that follow from the size of the network and need no report, each with what it counts. */
export const COST_OBJECTIVES: ReadonlyMap<string, string> = new Map([
  ['weights', 'the number of weights'],
  ['multiply_adds', 'multiply-adds of training, up to the epoch that counts'],
]);

/** The plan of a search with several objectives. */
export function withObjectives(plan: CampaignPlan, objectives: readonly Metric[]): CampaignPlan {
  if (objectives.length === 0) return plan;
  const listed = objectives.map(({ name, goal }) => ({ name, goal }));
  return { ...plan, options: { ...plan.options, objectives: listed } };
}

/** Whether settings are compared by more than the metric. */
export const hasSeveral = ({ objectives = [] }: Comparison): boolean => objectives.length > 0;

/** All objectives of a comparison, the metric of the campaign first. */
export function objectivesOf({ metric, objectives = [] }: Comparison): readonly Metric[] {
  return [metric, ...objectives];
}

export const goalsOf = (comparison: Comparison): Goal[] => objectivesOf(comparison).map(({ goal }) => goal);

/** The values of a trial in all objectives, at the epoch that counts. NaN where it gave none. */
export function objectiveValues(trial: Settled, comparison: Comparison): number[] {
  const report = trial.state === 'finished' ? scoredReport(trial, comparison) : null;
  const others = (comparison.objectives ?? []).map(({ name }) => {
    if (trial.state !== 'finished') return Number.NaN;
    const weights = comparison.cost(trial.spec.parameters);
    if (name === 'weights') return weights;
    if (name === 'multiply_adds') return weights * (comparison.trainingRows ?? 0) * (report?.epoch ?? 0);
    return metricIn(report?.metrics, name) ?? metricIn(trial.final, name) ?? Number.NaN;
  });
  return [trialScore(trial, comparison), ...others];
}
