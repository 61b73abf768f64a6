import { centerOf, normalWithin } from '../../campaign/space/prior.js';
import { log } from '../../numeric/elementary.js';
import type { RandomStream } from '../../numeric/keyed-stream.js';
import { normalBelow } from '../../numeric/normal.js';
import type { Axis } from './coordinates.js';

/** The prior of an axis: how dense good settings are expected to be, before anything is known. */
export interface PriorAxis {
  logDensity(at: number): number;
  draw(stream: RandomStream): number;
}

const LOG_ROOT_TWO_PI = 0.9189385332046727;
const MIN_MASS = 1e-300;

/** What the config says of the axis; null if it says nothing. */
export function priorAxis(axis: Axis): PriorAxis | null {
  const { prior, domain } = axis;
  if (prior === undefined) return null;
  const center = centerOf(domain, prior);
  const { spread } = prior;
  if (axis.kind === 'categorical') {
    const place = axis.values.findIndex((value) => String(value) === String(prior.center));
    return listedPrior(
      axis.probabilities.map((share, at) => share * spread + (at === place ? 1 - spread : 0)),
    );
  }
  if (center === null) return null;
  const norm = normalBelow((1 - center) / spread) - normalBelow(-center / spread);
  if (axis.kind === 'ordered') {
    const cells = axis.values.length;
    const below = (edge: number): number => normalBelow((edge / cells - center) / spread);
    return listedPrior(axis.values.map((_, at) => (below(at + 1) - below(at)) / norm));
  }
  const logNorm = log(norm) + log(spread) + LOG_ROOT_TWO_PI;
  return {
    logDensity(at) {
      const z = (at - center) / spread;
      return -0.5 * z * z - logNorm;
    },
    draw: (stream) => normalWithin(center, spread, stream.uniform()),
  };
}

/** Listed values and their probabilities. */
function listedPrior(shares: readonly number[]): PriorAxis {
  const logs = shares.map((share) => log(Math.max(share, MIN_MASS)));
  return { logDensity: (at) => logs[at] ?? 0, draw: (stream) => pick(shares, stream) };
}

/** An index, by weights; never one of weight 0. */
export function pick(weights: ArrayLike<number>, stream: RandomStream): number {
  let left = 0;
  for (let i = 0; i < weights.length; i++) left += weights[i] ?? 0;
  left *= stream.uniform();
  let index = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0;
    if (weight <= 0) continue;
    index = i;
    left -= weight;
    if (left < 0) break;
  }
  return index;
}
