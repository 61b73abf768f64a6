import { log } from '../../numeric/elementary.js';
import type { RandomStream } from '../../numeric/keyed-stream.js';
import { normalBelow, normalQuantile } from '../../numeric/normal.js';
import type { Axis } from './coordinates.js';
import { type PriorAxis, pick } from './prior-axis.js';

/**
 * One axis of the kernels of an estimate: one kernel around each known coordinate, all of one width. Where the
 * coordinate is NaN, as its parameter is not active, the kernel is the prior.
 */
export interface KernelAxis {
  /** Adds the log density at a coordinate of each kernel, in their order, and of the prior to the terms. */
  addLogDensities(at: number, terms: Float64Array): void;
  /** A draw from a kernel. */
  draw(kernel: number, stream: RandomStream): number;
  drawPrior(stream: RandomStream): number;
}

/**
 * The kernels around coordinates on an axis. `width` is their standard deviation, as a share of the axis. The estimate
 * stands for `known` coordinates, of which some may be left out. `prior` replaces the prior that follows from the
 * domain; null keeps it.
 */
export function kernelAxis(
  axis: Axis,
  coordinates: Float64Array,
  { width, known, prior }: { width: number; known: number; prior: PriorAxis | null },
): KernelAxis {
  const kernels = domainKernels(axis, coordinates, width, known);
  if (prior === null) return kernels;
  return {
    ...kernels,
    addLogDensities(at, terms) {
      const last = coordinates.length;
      const before = terms[last] ?? 0;
      kernels.addLogDensities(at, terms);
      terms[last] = before + prior.logDensity(at);
    },
    drawPrior: (stream) => prior.draw(stream),
  };
}

function domainKernels(axis: Axis, coordinates: Float64Array, width: number, known: number): KernelAxis {
  switch (axis.kind) {
    case 'continuous':
      return continuousAxis(coordinates, width);
    case 'ordered':
      return orderedAxis(axis.values.length, coordinates, width);
    case 'categorical':
      return categoricalAxis(axis.probabilities, coordinates, known);
    default:
      return axis satisfies never;
  }
}

const LOG_ROOT_TWO_PI = 0.9189385332046727;

/** Normal kernels, truncated to the interval from 0 to 1. */
function continuousAxis(centres: Float64Array, width: number): KernelAxis {
  const logWidth = log(width) + LOG_ROOT_TWO_PI;
  const norms = centres.map(
    (centre) => logWidth + log(normalBelow((1 - centre) / width) - normalBelow(-centre / width)),
  );
  return {
    addLogDensities(at, terms) {
      // The density of the prior is 1.
      for (let i = 0; i < centres.length; i++) {
        const z = (at - (centres[i] ?? 0)) / width;
        const term = -0.5 * z * z - (norms[i] ?? 0);
        if (!Number.isNaN(term)) terms[i] = (terms[i] ?? 0) + term;
      }
    },
    draw(kernel, stream) {
      const centre = centres[kernel] ?? 0;
      if (Number.isNaN(centre)) return within(stream.uniform());
      const from = normalBelow(-centre / width);
      const share = from + stream.uniform() * (normalBelow((1 - centre) / width) - from);
      return within(centre + width * normalQuantile(clampShare(share)));
    },
    drawPrior: (stream) => within(stream.uniform()),
  };
}

/** Coordinates stay strictly between the ends, where every domain has a value. */
const within = (at: number): number => Math.min(Math.max(at, 1e-12), 1 - 1e-12);
const clampShare = (share: number): number => Math.min(Math.max(share, 1e-300), 1 - Number.EPSILON / 2);

/** The same for listed numbers: each value has the share of the kernel in its cell. */
function orderedAxis(cells: number, centres: Float64Array, width: number): KernelAxis {
  const cell = 1 / cells;
  const logCell = log(cell);
  const masses = Array.from(
    { length: cells },
    (_, steps) => normalBelow(((steps + 0.5) * cell) / width) - normalBelow(((steps - 0.5) * cell) / width),
  );
  // Far tails underflow. They keep a mass whose logarithm is finite.
  const logs = Float64Array.from(masses, (mass) => log(Math.max(mass, 1e-300)));
  const norms = Float64Array.from(masses, (_, centre) => {
    let sum = 0;
    for (let at = 0; at < cells; at++) sum += masses[Math.abs(at - centre)] ?? 0;
    return log(sum);
  });
  return {
    addLogDensities(at, terms) {
      const count = centres.length;
      for (let i = 0; i < count; i++) {
        const centre = centres[i] ?? 0;
        const term = (logs[Math.abs(at - centre)] ?? logCell) - (norms[centre] ?? 0);
        terms[i] = (terms[i] ?? 0) + term;
      }
      terms[count] = (terms[count] ?? 0) + logCell;
    },
    draw(kernel, stream) {
      const centre = centres[kernel] ?? 0;
      if (Number.isNaN(centre)) return stream.below(cells);
      const weights = masses.map((_, at) => masses[Math.abs(at - centre)] ?? 0);
      return pick(weights, stream);
    },
    drawPrior: (stream) => stream.below(cells),
  };
}

/** Kernels that share a part of their mass among all values, by the prior: less, the more is known. */
function categoricalAxis(prior: readonly number[], centres: Float64Array, known: number): KernelAxis {
  const shared = prior.length / (known + prior.length);
  const same = Float64Array.from(prior, (share) => log(1 - shared + shared * share));
  const other = Float64Array.from(prior, (share) => log(Math.max(shared * share, 1e-300)));
  const logPrior = Float64Array.from(prior, (share) => log(Math.max(share, 1e-300)));
  return {
    addLogDensities(at, terms) {
      const count = centres.length;
      const [equal = 0, unequal = 0] = [same[at], other[at]];
      for (let i = 0; i < count; i++) {
        const centre = centres[i] ?? 0;
        terms[i] =
          (terms[i] ?? 0) + (centre === at ? equal : Number.isNaN(centre) ? (logPrior[at] ?? 0) : unequal);
      }
      terms[count] = (terms[count] ?? 0) + (logPrior[at] ?? 0);
    },
    draw(kernel, stream) {
      const centre = centres[kernel] ?? 0;
      return stream.uniform() < shared || Number.isNaN(centre) ? pick(prior, stream) : centre;
    },
    drawPrior: (stream) => pick(prior, stream),
  };
}
