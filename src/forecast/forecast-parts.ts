import type { Metric } from '../campaign/metric.js';
import type { TrialKey, TrialSpec } from '../campaign/trial.js';
import { type Bounds, computeBounds } from './bounds.js';
import type { Work } from './cost-model.js';
import type { GrowthPlan } from './growth-plan.js';
import { likelyOutcomes } from './likely-outcomes.js';
import type { ProbeTrial } from './probe-trials.js';
import { type SimulatedTrial, type Simulation, type SimulationInput, simulate } from './simulate.js';

/** What a forecast is made from. */
export interface ForecastParts extends SimulationInput {
  readonly identity: string;
  readonly metric: Metric;
  readonly growing: GrowthPlan | null;
  /** Trials that have ended in the campaign already, asked for or not. */
  readonly ended: ReadonlyMap<TrialKey, ProbeTrial>;
  /** What a trial does once, whatever its rows and epochs. */
  readonly onceOf: (spec: TrialSpec) => Work;
  /** What an epoch of a trial is made up of. */
  readonly workOf: (spec: TrialSpec) => Work;
  /** Operations of an epoch, in about equal steps of time. */
  readonly costPerEpoch: (spec: TrialSpec) => number;
}

/** The rest of the campaign at its shortest and at its longest. */
export const boundsOf = (parts: ForecastParts): Bounds => computeBounds(parts, parts.metric, parts.growing);

/** The rest of the campaign as it is likely to go, given trials that were tried beside those that have ended. */
export function simulateLikely(parts: ForecastParts, tried: ReadonlyMap<TrialKey, ProbeTrial>): Simulation {
  return simulate(parts, likelyOutcomes({ ...parts, tried: new Map([...parts.ended, ...tried]) }));
}

/** The trial of the search whose epochs cost most; null where there is none. */
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
