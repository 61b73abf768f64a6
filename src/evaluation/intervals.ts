import type { Estimate } from '../campaign/outcome.js';
import type { RandomStream } from '../numeric/keyed-stream.js';

const RESAMPLES = 2000;

/**
 * A statistic of rows with its 95 % interval by the percentile bootstrap (Efron 1979): the statistic of
 * 2,000 samples of as many rows, drawn with replacement, between its 2.5th and 97.5th percentile (linear
 * between the two nearest). The statistic is handed the numbers of the rows. No bounds with fewer than two
 * rows.
 */
export function bootstrapInterval(
  rows: number,
  statistic: (sample: Uint32Array) => number,
  stream: RandomStream,
): Estimate {
  const sample = Uint32Array.from({ length: rows }, (_, row) => row);
  const value = statistic(sample);
  if (rows < 2) return { value, low: null, high: null };
  const values = new Float64Array(RESAMPLES);
  for (let b = 0; b < RESAMPLES; b++) {
    for (let k = 0; k < rows; k++) sample[k] = stream.below(rows);
    values[b] = statistic(sample);
  }
  values.sort();
  return { value, low: percentile(values, 0.025), high: percentile(values, 0.975) };
}

/** The value that a standard normal variable stays below with probability 0.975. */
const Z = 1.959963984540054;

/**
 * A share of `trials` with its 95 % interval by Wilson's score (Wilson 1927; Brown, Cai and DasGupta
 * 2001 recommend it), which stays within 0 and 1 and is honest near both. `total` at least 1.
 */
export function wilsonInterval(successes: number, total: number): Estimate {
  const share = successes / total;
  const square = (Z * Z) / total;
  const centre = (share + square / 2) / (1 + square);
  const half = (Z * Math.sqrt((share * (1 - share)) / total + square / (4 * total))) / (1 + square);
  return {
    value: share,
    low: successes === 0 ? 0 : centre - half,
    high: successes === total ? 1 : centre + half,
  };
}

/** The value that a share (0 to 1) of the sorted values lies below, linear between the two nearest; NaN of none. */
export function percentile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return low + (place - below) * (high - low);
}
