import type { Metric } from '../campaign/metric.js';
import type { TrialKey, TrialSpec } from '../campaign/trial.js';
import { computeBounds, type ForecastBounds } from './bounds.js';
import type { Work } from './cost-model.js';
import type { GrowthPlan } from './growth-plan.js';
import { likelyOutcomes } from './likely-outcomes.js';
import type { ProbeTrial } from './probe-trials.js';
import { type SimulatedTrial, type Simulation, type SimulationInput, simulate } from './simulate.js';

/** The inputs of a forecast. */
export interface ForecastParts extends SimulationInput {
  readonly identity: string;
  readonly metric: Metric;
  readonly growing: GrowthPlan | null;
  /** Trials of the campaign that have ended already, speculative ones included. */
  readonly ended: ReadonlyMap<TrialKey, ProbeTrial>;
  /** The work of a trial that does not depend on rows and epochs. */
  readonly onceOf: (spec: TrialSpec) => Work;
  /** The work of an epoch. */
  readonly workOf: (spec: TrialSpec) => Work;
  /** Operations of an epoch; each takes about the same time. */
  readonly costPerEpoch: (spec: TrialSpec) => number;
}

/** The shortest and the longest rest of the campaign. */
export const boundsOf = (parts: ForecastParts): ForecastBounds =>
  computeBounds(parts, parts.metric, parts.growing);

/** The likely rest of the campaign, given probe trials and the trials that have ended. */
export function simulateLikely(parts: ForecastParts, tried: ReadonlyMap<TrialKey, ProbeTrial>): Simulation {
  return simulate(parts, likelyOutcomes({ ...parts, tried: new Map([...parts.ended, ...tried]) }));
}

/** The trial of the search with the most expensive epochs; null if there is none. */
export function mostExpensiveOf(
  { costPerEpoch }: ForecastParts,
  trials: readonly SimulatedTrial[],
): TrialSpec | null {
  const search = trials.filter(({ spec }) => spec.finish === null).map(({ spec }) => spec);
  return search.reduce<TrialSpec | null>(
    (mostExpensive, spec) =>
      mostExpensive !== null && costPerEpoch(mostExpensive) > costPerEpoch(spec) ? mostExpensive : spec,
    null,
  );
}
