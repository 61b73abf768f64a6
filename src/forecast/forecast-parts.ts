import type { Metric } from '../campaign/metric.js';
import type { TrialKey, TrialSpec } from '../campaign/trial.js';
import type { Work } from './cost-model.js';
import { type Extremes, extremesOf } from './extremes.js';
import type { Growing } from './growing.js';
import { imagineLikely } from './likely.js';
import { type Rehearsal, type Rehearsed, type RehearsedTrial, rehearse } from './rehearsal.js';
import type { Tried } from './tried.js';

/** What a forecast is made from. */
export interface ForecastParts extends Rehearsed {
  readonly identity: string;
  readonly metric: Metric;
  readonly growing: Growing | null;
  /** Trials that have ended in the campaign already, asked for or not. */
  readonly ended: ReadonlyMap<TrialKey, Tried>;
  /** What a trial does once, whatever its rows and epochs. */
  readonly onceOf: (spec: TrialSpec) => Work;
  /** What an epoch of a trial is made up of. */
  readonly workOf: (spec: TrialSpec) => Work;
  /** Operations of an epoch, in about equal steps of time. */
  readonly effortOf: (spec: TrialSpec) => number;
}

/** The rest of the campaign at its shortest and at its longest. */
export const extremesIn = (parts: ForecastParts): Extremes => extremesOf(parts, parts.metric, parts.growing);

/** The rest of the campaign as it is likely to go, given trials that were tried beside those that have ended. */
export function rehearseLikely(parts: ForecastParts, tried: ReadonlyMap<TrialKey, Tried>): Rehearsal {
  return rehearse(parts, imagineLikely({ ...parts, tried: new Map([...parts.ended, ...tried]) }));
}

/** The trial of the search whose epochs cost most; null where there is none. */
export function dearestOf({ effortOf }: ForecastParts, trials: readonly RehearsedTrial[]): TrialSpec | null {
  const search = trials.filter(({ spec }) => spec.finish === null).map(({ spec }) => spec);
  return search.reduce<TrialSpec | null>(
    (dearest, spec) => (dearest !== null && effortOf(dearest) > effortOf(spec) ? dearest : spec),
    null,
  );
}
