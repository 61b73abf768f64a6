import { metricIn } from '../../../campaign/report.js';
import type { Settled } from '../../../campaign/trial.js';

/** By more than this share the lowest loss of the last tenth of the epochs has to be below the lowest one before. */
const SHARE = 0.02;

/** True if the lowest training loss of the last tenth of the epochs is more than 2 % below the lowest one before. */
export function isLossStillFalling(trial: Settled): boolean {
  return isFalling(lossesOf(trial));
}

/**
 * True if the training loss still falls, as above. If the trainer does not report `train_loss`, what counts is the
 * distance of the fit metric from its target.
 */
export function isStillFalling(trial: Settled): boolean {
  return isFalling(valuesOf(trial));
}

/** True if a trial ended with a greater loss than another one had after a quarter of as many epochs. */
export function isFourTimesSlower(trial: Settled, other: Settled): boolean {
  const last = valuesOf(trial).at(-1);
  const reports = other.reports.upTo(trial.spec.epochs / 4);
  const early = valuesOf({ ...other, reports }).at(-1);
  return last !== undefined && early !== undefined && last > early;
}

function valuesOf(trial: Settled): readonly number[] {
  const losses = lossesOf(trial);
  return losses.length > 0 ? losses : distancesOf(trial);
}

/** By the lowest values: the curve of a small minibatch has peaks, and one at the last epoch would decide otherwise. */
function isFalling(values: readonly number[]): boolean {
  const start = Math.floor((values.length - 1) * 0.9) + 1;
  const lowest = (part: readonly number[]): number =>
    part.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return lowest(values.slice(start)) < lowest(values.slice(0, start)) * (1 - SHARE);
}

function lossesOf(trial: Settled): number[] {
  return trial.reports.toArray().flatMap((report) => report.metrics.train_loss ?? []);
}

function distancesOf({ spec: { until }, reports }: Settled): number[] {
  if (until === null) return [];
  return reports.toArray().flatMap(({ metrics }) => {
    const value = metricIn(metrics, until.metric);
    return value === undefined ? [] : [Math.abs(value - until.bound)];
  });
}
