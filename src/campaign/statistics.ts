import { studentTQuantile } from '../numeric/student-t.js';
import type { MeanOverRepeats } from './finding.js';

/** The arithmetic mean; NaN of nothing. */
export function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** The sample variance, with n - 1 below; null with fewer than two values. */
function variance(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const centre = mean(values);
  let sum = 0;
  for (const value of values) sum += (value - centre) * (value - centre);
  return sum / (values.length - 1);
}

/** Whether several values are all the same, to the last digit. */
export function hasNoSpread(values: readonly number[]): boolean {
  return values.length > 1 && values.every((value) => value === values[0]);
}

/** Mean and standard error of the mean. */
export function meanOverRepeats(values: readonly number[]): MeanOverRepeats {
  const spread = variance(values);
  return {
    mean: mean(values),
    standardError: spread === null ? null : Math.sqrt(spread / values.length),
    repeats: values.length,
  };
}

/** The median; of an even number of values, the lower of the two in the middle. */
export function lowerMedian(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** A mean difference with its 95 % interval. Half of its width is the smallest difference that it could show. */
export interface PairedDifference {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly repeats: number;
  readonly detectable: number | null;
}

/**
 * The mean of differences that were paired by repeat, with a 95 % interval.
 *
 * Repeats share training rows, so the plain paired t interval is too narrow. The variance of the mean is
 * taken as s^2 (1/n + overlap), overlap being validation rows over training rows (Nadeau and Bengio 2003,
 * "Inference for the generalization error", Machine Learning 52, section 3). Null bounds with one repeat.
 */
export function pairedDifference(differences: readonly number[], overlap: number): PairedDifference {
  const repeats = differences.length;
  const centre = mean(differences);
  const spread = variance(differences);
  if (spread === null) return { mean: centre, low: null, high: null, repeats, detectable: null };
  const half = studentTQuantile(0.95, repeats - 1) * Math.sqrt(spread * (1 / repeats + overlap));
  return { mean: centre, low: centre - half, high: centre + half, repeats, detectable: half };
}
