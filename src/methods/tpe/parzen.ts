import { exp, log, pow } from '../../numeric/elementary.js';
import type { RandomStream } from '../../numeric/keyed-stream.js';
import type { Axis } from './coordinates.js';
import { kernelAxis } from './kernel-axis.js';
import { type PriorAxis, pick } from './prior-axis.js';

/** An estimate of the density of settings, from those that are known. */
export interface Parzen {
  /** The log density at coordinates; parameters that are not active there (NaN) do not count. */
  logDensity(point: readonly number[]): number;
  draw(stream: RandomStream): number[];
}

/** The width of kernels around one point, before the number of points narrows it. */
const FIRST_WIDTH = 0.1;
/** A kernel is at least a hundredth of its axis wide. */
const MIN_WIDTH = 0.01;
/** The latest points count in full; earlier ones less, the earlier the less. */
const FULL_WEIGHTS = 25;
/** Terms that are smaller than the largest by this much in logarithm do not change a sum. */
const NEGLIGIBLE = 40;

/**
 * A multivariate Parzen estimate: the product of the axes' kernels around each point, and a prior of the weight of one
 * point. The points are in the order of asking. `priors` are those of the config, by axis: null where it has none.
 *
 * Formulas: Bergstra et al. 2011 and 2013; the common width c n^(-1/(d+4)) is Scott's rule, as in Falkner et al. 2018
 * and in Optuna, which has c = 0.2 and keeps the kernels of few points wide. On the functions of `bench/methods`, a
 * smaller c without that bound finds better settings. The weights are Optuna's (Watanabe 2023, arXiv 2304.11127).
 */
export function parzen(
  axes: readonly Axis[],
  points: readonly (readonly number[])[],
  priors: readonly (PriorAxis | null)[] = [],
): Parzen {
  const known = points.length;
  const narrowed = FIRST_WIDTH * pow(Math.max(known, 1), -1 / (axes.length + 4));
  const width = Math.max(narrowed, MIN_WIDTH);
  const { kept, share } = thinned(known);
  const count = kept.length;
  const kernels = axes.map((axis, d) => {
    const coordinates = new Float64Array(count);
    for (let i = 0; i < count; i++) coordinates[i] = points[kept[i] ?? 0]?.[d] ?? 0;
    return kernelAxis(axis, coordinates, { width, known, prior: priors[d] ?? null });
  });
  // The prior comes last.
  const weights = new Float64Array(count + 1);
  weights[count] = 1;
  let total = 1;
  for (let i = 0; i < count; i++) {
    const index = kept[i] ?? 0;
    const weight = weightOf(index, known) * share(index);
    weights[i] = weight;
    total += weight;
  }
  const logWeights = weights.map((weight) => log(weight / total));
  const terms = new Float64Array(count + 1);
  return {
    logDensity(point) {
      terms.set(logWeights);
      for (const [d, axis] of kernels.entries()) {
        const at = point[d] ?? 0;
        if (!Number.isNaN(at)) axis.addLogDensities(at, terms);
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

/** Points that are kept where there are more than twice as many: the latest, and as many of the earlier ones. */
const KEPT_EACH = 1000;

/**
 * The points whose kernels make up an estimate, so that its cost is bounded: all of up to 2,000. Of more, the latest
 * 1,000 and 1,000 evenly spaced ones of those before, each of which stands for `share` points.
 */
function thinned(known: number): { readonly kept: Int32Array; share(index: number): number } {
  const kept = new Int32Array(Math.min(known, 2 * KEPT_EACH));
  if (known <= 2 * KEPT_EACH) {
    for (let i = 0; i < known; i++) kept[i] = i;
    return { kept, share: () => 1 };
  }
  const earlier = known - KEPT_EACH;
  const each = earlier / KEPT_EACH;
  for (let i = 0; i < KEPT_EACH; i++) {
    kept[i] = Math.floor((i + 0.5) * each);
    kept[KEPT_EACH + i] = earlier + i;
  }
  return { kept, share: (index) => (index < earlier ? each : 1) };
}

/** The logarithm of the sum of what the terms are the logarithms of. */
function logSum(terms: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < terms.length; i++) largest = Math.max(largest, terms[i] ?? 0);
  let sum = 0;
  for (let i = 0; i < terms.length; i++) {
    const below = (terms[i] ?? 0) - largest;
    if (below > -NEGLIGIBLE) sum += exp(below);
  }
  return largest + log(sum);
}
