import { exp, log, pow } from '../../numeric/elementary.js';
import type { RandomStream } from '../../numeric/keyed-stream.js';
import type { Axis } from './coordinates.js';
import { kernelAxis, pick } from './kernel-axis.js';

/** An estimate of the density of settings, from those that are known. */
export interface Parzen {
  /** The log density at coordinates. */
  logDensity(point: readonly number[]): number;
  draw(stream: RandomStream): number[];
}

/** The width of kernels around one point, before the number of points narrows it. */
const FIRST_WIDTH = 0.2;
/** A kernel is at least a hundredth of its axis wide. */
const MAX_PARTS = 100;
/** The latest points count in full; earlier ones less, the earlier the less. */
const FULL_WEIGHTS = 25;
/** Terms that are smaller than the largest by this much in logarithm do not change a sum. */
const NEGLIGIBLE = 40;

/**
 * A multivariate Parzen estimate: the product of the axes' kernels around each point, and a prior of the weight of one
 * point. The points are in the order of asking.
 *
 * Formulas: Bergstra et al. 2011 and 2013; the common width 0.2 n^(-1/(d+4)), its lower bound and the weights are those
 * of Optuna's multivariate sampler (Watanabe 2023, arXiv 2304.11127, section 3.3).
 */
export function parzen(axes: readonly Axis[], points: readonly (readonly number[])[]): Parzen {
  const count = points.length;
  const narrowed = FIRST_WIDTH * pow(Math.max(count, 1), -1 / (axes.length + 4));
  const width = Math.max(narrowed, 1 / Math.min(MAX_PARTS, 1 + count));
  const kernels = axes.map((axis, d) =>
    kernelAxis(
      axis,
      Float64Array.from(points, (point) => point[d] ?? 0),
      width,
    ),
  );
  // The prior comes last.
  const weights = Float64Array.from({ length: count + 1 }, (_, i) => weightOf(i, count));
  weights[count] = 1;
  let total = 0;
  for (const weight of weights) total += weight;
  const logWeights = weights.map((weight) => log(weight / total));
  const terms = new Float64Array(count + 1);
  return {
    logDensity(point) {
      terms.set(logWeights);
      for (const [d, axis] of kernels.entries()) {
        const at = point[d] ?? 0;
        for (let i = 0; i < count; i++) terms[i] = (terms[i] ?? 0) + axis.logDensity(i, at);
        terms[count] = (terms[count] ?? 0) + axis.logPrior(at);
      }
      return logSum(terms);
    },
    draw(stream) {
      const kernel = pick(weights, stream);
      return kernels.map((axis) => (kernel === count ? axis.drawPrior(stream) : axis.draw(kernel, stream)));
    },
  };
}

function weightOf(index: number, count: number): number {
  const ramp = count - FULL_WEIGHTS;
  if (index >= ramp) return 1;
  return ramp === 1 ? 1 / count : 1 / count + (index / (ramp - 1)) * (1 - 1 / count);
}

/** The logarithm of the sum of what the terms are the logarithms of. */
function logSum(terms: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const term of terms) if (term > largest) largest = term;
  let sum = 0;
  for (const term of terms) if (term > largest - NEGLIGIBLE) sum += exp(term - largest);
  return largest + log(sum);
}
