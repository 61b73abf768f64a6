import type { TrialSpec } from '../campaign/trial.js';
import { fitCost, type Work } from './cost-model.js';
import type { ForecastParts } from './forecast-parts.js';
import { makespan, type ProbeTrial } from './probe-trials.js';
import type { SimulatedTrial, Simulation } from './simulate.js';

/** A trial that was timed, on a share of the rows. */
export interface Probed {
  readonly tried: ProbeTrial;
  readonly share: number;
}

/** A trial that was timed on all rows. */
export const onAll = (tried: ProbeTrial): Probed => ({ tried, share: 1 });

/** Seconds of a campaign's parts. */
export interface TimeModel {
  readonly trial: (trial: SimulatedTrial) => number;
  readonly latency: Latency;
}

/** Seconds beyond those of the trials. */
export interface Latency {
  /** Of each batch, until it is planned and all of it is on disk. */
  readonly batch: number;
  /** Until workers run. */
  readonly start: number;
}

export const noLatency: Latency = { batch: 0, start: 0 };

/** A clock by what was timed; null where nothing was. `finish` is a network that was handed over, on all rows. */
export function timeModelOf(
  { onceOf, workOf }: ForecastParts,
  timed: readonly Probed[],
  finish: ProbeTrial | null,
  latency: Latency,
): TimeModel | null {
  if (timed.length === 0) return null;
  // Whatever it trains, a trial takes a moment before its first epoch.
  const whole = (spec: TrialSpec, epochs: number, share: number): Work => [
    1,
    ...onceOf(spec),
    ...workOf(spec).map((amount) => amount * epochs * share),
  ];
  const model = fitCost(
    timed.map(({ tried: { spec, epochs, seconds }, share }) => ({
      work: whole(spec, epochs, share),
      seconds,
    })),
  );
  const closing = (spec: TrialSpec): number => {
    // What is looked at beside training takes about as long as an epoch where it was not timed.
    if (finish === null) return model(whole(spec, 2, 1)) - model(whole(spec, 1, 1));
    return Math.max(0, finish.seconds - model(whole(finish.spec, finish.epochs, 1)));
  };
  const trial = ({ spec, epochs }: SimulatedTrial): number =>
    model(whole(spec, epochs, 1)) + (spec.finish === null ? 0 : closing(spec));
  return { trial, latency };
}

/** A batch is waited for: it takes as long as its trials one after another in the slots. */
export function secondsOf({ batches }: Simulation, { trial, latency }: TimeModel, slots: number): number {
  const seconds = batches
    .filter((batch) => batch.length > 0)
    .map((batch) => latency.batch + makespan(batch.map(trial), slots));
  return seconds.reduce((sum, each) => sum + each, seconds.length === 0 ? 0 : latency.start);
}
