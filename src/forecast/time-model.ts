import type { TrialSpec } from '../campaign/trial.js';
import { fitCost, type Work } from './cost-model.js';
import type { ForecastParts } from './forecast-parts.js';
import type { ProbeTrial } from './probe-trials.js';
import type { SimulatedTrial, Simulation } from './simulate.js';

/** A trial that was timed, on a share of the rows. */
export interface Probed {
  readonly tried: ProbeTrial;
  readonly share: number;
}

/** A trial that was timed on all rows. */
export const onAll = (tried: ProbeTrial): Probed => ({ tried, share: 1 });

/** How many seconds the parts of a campaign take. */
export interface TimeModel {
  readonly trial: (trial: Pick<SimulatedTrial, 'spec' | 'epochs'>) => number;
  readonly latency: Latency;
}

/** Seconds besides those of the trials. */
export interface Latency {
  /** For each batch, until it is planned and everything is on disk. */
  readonly batch: number;
  /** Until the workers run. */
  readonly start: number;
}

export const noLatency: Latency = { batch: 0, start: 0 };

/** A time model from timed trials; null without any. `finish` is a trial of the finish stage on all rows. */
export function timeModelOf(
  { onceOf, workOf }: ForecastParts,
  timed: readonly Probed[],
  finish: ProbeTrial | null,
  latency: Latency,
): TimeModel | null {
  if (timed.length === 0) return null;
  // Every trial takes a moment before its first epoch.
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
    // If the evaluation of the final network was not timed, it is taken to last as long as an epoch.
    if (finish === null) return model(whole(spec, 2, 1)) - model(whole(spec, 1, 1));
    return Math.max(0, finish.seconds - model(whole(finish.spec, finish.epochs, 1)));
  };
  const trial: TimeModel['trial'] = ({ spec, epochs }) =>
    model(whole(spec, epochs, 1)) + (spec.finish === null ? 0 : closing(spec));
  return { trial, latency };
}

/**
 * Seconds that the trials take in this many slots. Each starts in order in the slot that is free first, once the
 * trials that it waits for have settled and it is planned.
 */
export function secondsOf({ trials }: Simulation, { trial, latency }: TimeModel, slots: number): number {
  if (trials.length === 0) return 0;
  const free = new Array<number>(Math.max(1, Math.min(slots, trials.length))).fill(latency.start);
  /** When all trials up to a place have settled. */
  const settledBy: number[] = [];
  let [planned, isPlannedFor] = [latency.start, -1];
  for (const one of trials) {
    if (one.waitsFor > isPlannedFor) {
      planned = latency.batch + Math.max(planned, settledBy[one.waitsFor - 1] ?? latency.start);
      isPlannedFor = one.waitsFor;
    }
    const first = free.indexOf(Math.min(...free));
    const ended = Math.max(free[first] ?? 0, planned) + trial(one);
    free[first] = ended;
    settledBy.push(Math.max(ended, settledBy.at(-1) ?? 0));
  }
  return settledBy.at(-1) ?? 0;
}
