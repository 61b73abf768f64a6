import type { Estimate } from '../campaign/outcome.js';
import type { RandomStream } from '../numeric/keyed-stream.js';
import { percentile } from './percentile.js';

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
