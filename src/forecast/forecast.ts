import { type TrialSpec, trialKey } from '../campaign/trial.js';
import type { ForecastBounds } from './bounds.js';
import { type Calibration, type CalibrationTiming, calibrate } from './calibration.js';
import { boundsOf, type ForecastParts, mostExpensiveOf, simulateLikely } from './forecast-parts.js';
import type { ProbeTrial } from './probe-trials.js';
import { epochsOf, type Simulation } from './simulate.js';
import { noLatency, onAll, secondsOf, type TimeModel, timeModelOf } from './time-model.js';

/** A number that depends on results: its minimum, its likely value and its maximum. */
export interface Range {
  readonly min: number;
  readonly likely: number;
  readonly max: number;
}

/** How much is left of a campaign; all of it if it has not begun. */
export interface Forecast {
  /** Trials that are done and count. */
  readonly done: number;
  readonly trials: Range;
  readonly epochs: Range;
  /** Reports, each a line of the journal. */
  readonly reports: Range;
  /** Seconds of the trials, in the slots of the executor; null if none was timed. */
  readonly seconds: Range | null;
  /** Trials that ran for the forecast, and their epochs. */
  readonly tried: {
    readonly trials: number;
    readonly epochs: number;
    /** Those of them that are trials of the campaign and ran to their end. The likely values rest on them. */
    readonly own: number;
    /** Those of the latter that a run takes over, so that it does not train them. */
    readonly kept: number;
    /** The share of the rows that the cost was learned on. */
    readonly share: number;
  };
  /** Whether any trial was run on all rows, for which every worker has its own copy in memory. */
  readonly isOnAllRows: boolean;
  /** Why a probe trial failed; null if none did. */
  readonly failure: string | null;
  /** Whether the budget of trials is likely to end the campaign before its conclusion. */
  readonly isSpent: boolean;
  /** A probe trial, for its reports. */
  readonly sample: ProbeTrial | null;
  /** The trial with the most expensive epochs; null if none is left. */
  readonly mostExpensive: TrialSpec | null;
}

/** A forecast without running trials. It includes the time if trials of the campaign have ended already. */
export function forecastUntimed(parts: ForecastParts, slots: number): Forecast {
  const clock = timeModelOf(parts, [...parts.ended.values()].map(onAll), null, noLatency);
  const calibration = {
    clock,
    everything: [],
    own: new Map(),
    kept: 0,
    share: 1,
    isOnAllRows: true,
    failure: null,
  };
  return summed(parts, boundsOf(parts), calibration, slots);
}

/**
 * A forecast from trials that it runs, to measure the time of an epoch and to see how the campaign is likely to go.
 */
export async function forecastTimed(parts: ForecastParts, timing: CalibrationTiming): Promise<Forecast> {
  const extremes = boundsOf(parts);
  const calibration = await calibrate(parts, extremes, timing);
  const { slots } = timing.executor;
  return calibration === null ? forecastUntimed(parts, slots) : summed(parts, extremes, calibration, slots);
}

function summed(
  parts: ForecastParts,
  { short, long }: ForecastBounds,
  calibration: Calibration,
  slots: number,
): Forecast {
  const { clock, everything, own, kept, share, isOnAllRows, failure } = calibration;
  const keptKeys = new Set([...own.keys()].slice(0, kept));
  const likely = simulateLikely(parts, own);
  const range = (of: (rehearsal: Simulation) => number): Range => {
    const value = of(likely);
    return {
      min: Math.min(value, ...short.map(of)),
      likely: value,
      max: Math.max(value, ...long.map(of)),
    };
  };
  const timed: TimeModel | null = clock && {
    ...clock,
    trial: (trial) => {
      const key = trialKey(parts.identity, trial.spec);
      return keptKeys.has(key) ? 0 : (own.get(key)?.seconds ?? clock.trial(trial));
    },
  };
  return {
    done: likely.asked - likely.trials.length,
    trials: range(({ trials }) => trials.length),
    epochs: range(epochsOf),
    reports: range(reportsIn),
    seconds: timed && range((simulation) => secondsOf(simulation, timed, slots)),
    tried: {
      trials: everything.length,
      epochs: everything.reduce((sum, one) => sum + one.epochs, 0),
      own: own.size,
      kept,
      share,
    },
    isOnAllRows,
    failure,
    isSpent: likely.isSpent,
    sample: everything.find(({ reports }) => reports.length > 0) ?? null,
    mostExpensive: mostExpensiveOf(parts, (long[0] ?? likely).trials),
  };
}

function reportsIn({ trials }: Simulation): number {
  return trials.reduce(
    (sum, { spec, epochs }) =>
      sum + Math.ceil(epochs / Math.max(1, Number(spec.parameters.report_every ?? 1))),
    0,
  );
}
