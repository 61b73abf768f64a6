import { metricIn } from '../../campaign/report.js';
import { mean } from '../../campaign/statistics.js';
import type { Trial } from '../../campaign/trial.js';

/** An epoch of a learning curve. */
export interface CurvePoint {
  readonly epoch: number;
  readonly validation: number;
  readonly training: number | null;
}

/** Points of a curve, at most: a plot cannot show more. */
export const MAX_CURVE_POINTS = 2000;

/** The metrics of a curve, and the epoch that must be among those of a long one. */
export interface CurveOptions {
  readonly validation: string;
  readonly training: string | null;
  readonly counts: number;
}

/**
 * The means over the trials at each epoch, or, of many epochs, at some of them: evenly spread, the last and the one
 * that counts among them.
 */
export function meanCurve(
  trials: readonly Trial[],
  { validation, training, counts }: CurveOptions,
): CurvePoint[] {
  return epochsOf(trials, counts).flatMap((epoch) => {
    const reports = trials.flatMap((trial) => trial.reports.ofEpoch(epoch) ?? []);
    const valuesOf = (name: string): number[] =>
      reports.flatMap(({ metrics }) => metricIn(metrics, name) ?? []).filter(Number.isFinite);
    const judged = valuesOf(validation);
    const fit = training === null ? [] : valuesOf(training);
    if (judged.length === 0) return [];
    return [{ epoch, validation: mean(judged), training: fit.length === 0 ? null : mean(fit) }];
  });
}

/** The epochs whose points are drawn: a limited number of each trial, and the epoch that counts. */
function epochsOf(trials: readonly Trial[], counts: number): number[] {
  const epochs = new Set(Number.isFinite(counts) ? [counts] : []);
  for (const { reports } of trials) {
    const step = Math.ceil(reports.size / (MAX_CURVE_POINTS - 1));
    for (let place = reports.size - 1; place >= 0; place -= step)
      epochs.add(reports.at(place)?.epoch ?? counts);
  }
  return [...epochs].sort((a, b) => a - b);
}
