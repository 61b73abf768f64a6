import type { Trial } from '../../../campaign/trial.js';

/** Epochs of a curve that are drawn, at most. */
const MAX_POINTS = 200;

/** A metric of several repeats, epoch by epoch. */
export interface CurveBand {
  /** Repeats that reported it. */
  readonly repeats: number;
  readonly points: readonly {
    readonly epoch: number;
    readonly mean: number;
    readonly low: number;
    readonly high: number;
  }[];
}

/** The mean, the least and the greatest value of a metric over the trials that reported it, at evenly spread epochs. */
export function curveBand(trials: readonly Trial[], metric: string): CurveBand {
  const curves = trials
    .map(({ reports }) => reports)
    .filter((reports) => reports.size > 0 && reports.valueAt(reports.size - 1, metric) !== undefined);
  const longest = curves.reduce((max, { size }) => Math.max(max, size), 0);
  const step = Math.max(1, Math.ceil(longest / MAX_POINTS));
  const points = [];
  for (let place = (longest - 1) % step; place < longest; place += step) {
    let [sum, count, low, high, epoch] = [
      0,
      0,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      place + 1,
    ];
    for (const reports of curves) {
      const value = place < reports.size ? reports.valueAt(place, metric) : undefined;
      if (value === undefined || !Number.isFinite(value)) continue;
      epoch = reports.at(place)?.epoch ?? epoch;
      sum += value;
      count += 1;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (count > 0) points.push({ epoch, mean: sum / count, low, high });
  }
  return { repeats: curves.length, points };
}
