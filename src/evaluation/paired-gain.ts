import type { Estimate } from '../campaign/outcome.js';
import { keyedStream } from '../numeric/keyed-stream.js';
import { bootstrapInterval } from './intervals.js';
import type { TargetScale } from './scores.js';
import type { RowResults } from './test-scores.js';

/**
 * How much better a network is than another one on the same rows, by score: positive is better. The 95 % intervals are
 * those of the percentile bootstrap over rows; both networks are scored on each sample, so rows that are hard for both
 * do not widen the interval.
 */
export function pairedGain(
  before: RowResults,
  after: RowResults,
  scale: TargetScale,
  seed: number,
): Record<string, Estimate> {
  const rows = after.losses.length;
  const gain = (name: string, statistic: (sample: Uint32Array) => number): Estimate =>
    bootstrapInterval(rows, statistic, keyedStream(seed, 'bootstrap', 'gain', name));
  const loss = gain('loss', (sample) => meanOf(sample, before.losses) - meanOf(sample, after.losses));
  switch (scale.kind) {
    case 'class':
      return {
        accuracy: gain(
          'accuracy',
          (sample) => meanOf(sample, after.correct) - meanOf(sample, before.correct),
        ),
        loss,
      };
    case 'number':
      return {
        loss,
        rmse: gain('rmse', (sample) => (rmse(sample, before) - rmse(sample, after)) * scale.deviation),
      };
    default:
      return scale satisfies never;
  }
}

function rmse(sample: Uint32Array, { losses }: RowResults): number {
  return Math.sqrt(2 * meanOf(sample, losses));
}

function meanOf(sample: Uint32Array, values: ArrayLike<number>): number {
  let sum = 0;
  for (const row of sample) sum += values[row] ?? Number.NaN;
  return sum / sample.length;
}
