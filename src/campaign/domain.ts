import { exp, log } from '../numeric/elementary.js';
import { keyedStream, type RandomStream } from '../numeric/keyed-stream.js';
import type { ParameterValue } from './parameters.js';
import type { SizeStep } from './plan.js';
import { multipleOf, multiplesWithin, nearestMultiple } from './space/quantize.js';

/** The values that a parameter may take, and how they are drawn. Bounds are inclusive. */
export type Domain =
  | { readonly kind: 'fixed'; readonly value: ParameterValue }
  /**
   * Listed values. With null probabilities all are equally likely; else there is one for each value, and they sum to
   * 1.
   */
  | {
      readonly kind: 'values';
      readonly values: readonly ParameterValue[];
      readonly probabilities: readonly number[] | null;
    }
  | { readonly kind: 'uniform'; readonly min: number; readonly max: number }
  /** Whole numbers, all equally likely. */
  | { readonly kind: 'int_uniform'; readonly min: number; readonly max: number }
  /** The multiples of q between the bounds, all equally likely. */
  | { readonly kind: 'q_uniform'; readonly min: number; readonly max: number; readonly q: number }
  /** The logarithm is uniform. The bounds are values, not exponents. */
  | { readonly kind: 'log_uniform_values'; readonly min: number; readonly max: number }
  /** The same, rounded to a multiple of q between the bounds. */
  | { readonly kind: 'q_log_uniform_values'; readonly min: number; readonly max: number; readonly q: number }
  /** Mean mu, standard deviation sigma. Draws outside the bounds, if there are any, are repeated. */
  | { readonly kind: 'normal'; readonly mu: number; readonly sigma: number; readonly bounds: Bounds | null }
  | {
      readonly kind: 'q_normal';
      readonly mu: number;
      readonly sigma: number;
      readonly q: number;
      readonly bounds: Bounds | null;
    }
  /** Sizes from the first one on, without end: only for a parameter that a method grows. It cannot be drawn from. */
  | { readonly kind: 'open'; readonly from: ParameterValue; readonly step: SizeStep };

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** How many values a domain has; null if it is continuous or infinite. */
export function domainSize(domain: Domain): number | null {
  switch (domain.kind) {
    case 'fixed':
      return 1;
    case 'values':
      return domain.values.length;
    case 'int_uniform':
      return domain.max - domain.min + 1;
    case 'q_uniform':
    case 'q_log_uniform_values': {
      const { first, last } = multiplesWithin(domain, domain.q);
      return Math.max(0, last - first + 1);
    }
    case 'uniform':
    case 'log_uniform_values':
    case 'normal':
    case 'q_normal':
    case 'open':
      return null;
    default:
      return domain satisfies never;
  }
}

/**
 * All values of a domain: listed values in their order, numbers in rising order; null if it is continuous or
 * infinite. There are `domainSize` of them.
 */
export function gridOf(domain: Domain): ParameterValue[] | null {
  switch (domain.kind) {
    case 'fixed':
      return [domain.value];
    case 'values':
      return [...domain.values];
    case 'int_uniform':
      return upTo(domainSize(domain) ?? 0, (i) => domain.min + i);
    case 'q_uniform':
    case 'q_log_uniform_values': {
      const { first } = multiplesWithin(domain, domain.q);
      return upTo(domainSize(domain) ?? 0, (i) => multipleOf(domain.q, first + i));
    }
    case 'uniform':
    case 'log_uniform_values':
    case 'normal':
    case 'q_normal':
    case 'open':
      return null;
    default:
      return domain satisfies never;
  }
}

const upTo = (length: number, value: (i: number) => number): number[] =>
  Array.from({ length }, (_, i) => value(i));

/**
 * Draw number `index` of a parameter. It depends on the seed, the index and the name only, so it is the same in every
 * search space, and no state is kept between draws.
 */
export function draw(domain: Domain, seed: number, index: number, name: string): ParameterValue {
  const stream = keyedStream('draw', seed, index, name);
  switch (domain.kind) {
    case 'fixed':
      return domain.value;
    case 'values':
      return oneOf(domain.values, domain.probabilities, stream);
    case 'uniform':
      return between(domain, domain, stream.uniform());
    case 'int_uniform':
      return domain.min + wholeBelow(domain.max - domain.min + 1, stream);
    case 'q_uniform': {
      const { first, last } = multiplesWithin(domain, domain.q);
      return multipleOf(domain.q, first + wholeBelow(last - first + 1, stream));
    }
    case 'log_uniform_values':
      return logUniform(domain, stream);
    case 'q_log_uniform_values':
      return nearestMultiple(logUniform(domain, stream), domain.q, domain);
    case 'normal':
      return normal(domain, stream);
    case 'q_normal':
      return nearestMultiple(normal(domain, stream), domain.q, domain.bounds);
    case 'open':
      throw new RangeError(`${name} is an open range of sizes, which cannot be drawn from`);
    default:
      return domain satisfies never;
  }
}

function oneOf(
  values: readonly ParameterValue[],
  probabilities: readonly number[] | null,
  stream: RandomStream,
): ParameterValue {
  let index = 0;
  if (probabilities === null) index = stream.below(values.length);
  else {
    let left = stream.uniform();
    // Rounding may leave a remainder at the end: it goes to the last value with a probability above 0.
    for (const [i, probability] of probabilities.entries()) {
      if (probability <= 0) continue;
      index = i;
      left -= probability;
      if (left < 0) break;
    }
  }
  const value = values[index];
  if (value === undefined) throw new RangeError('a domain without values cannot be drawn from');
  return value;
}

/** The point at a share of the way from one number to another. Rounding does not move it out of the bounds. */
function between(ends: Bounds, bounds: Bounds, share: number): number {
  return clamp(ends.min * (1 - share) + ends.max * share, bounds);
}

function logUniform(bounds: Bounds, stream: RandomStream): number {
  const share = stream.uniform();
  return clamp(exp(log(bounds.min) * (1 - share) + log(bounds.max) * share), bounds);
}

/** Draws after which a normal distribution counts as one that misses its bounds. */
const NORMAL_DRAWS = 1000;

function normal(
  domain: { readonly mu: number; readonly sigma: number; readonly bounds: Bounds | null },
  stream: RandomStream,
): number {
  const { mu, sigma, bounds } = domain;
  let value = mu + sigma * stream.normal();
  if (bounds === null) return value;
  for (let again = 1; again < NORMAL_DRAWS && clamp(value, bounds) !== value; again++)
    value = mu + sigma * stream.normal();
  return clamp(value, bounds);
}

function clamp(value: number, bounds: Bounds): number {
  return Math.min(Math.max(value, bounds.min), bounds.max);
}

/** A whole number from 0 to limit - 1. */
function wholeBelow(limit: number, stream: RandomStream): number {
  return limit <= 4294967296
    ? stream.below(limit)
    : Math.min(Math.floor(stream.uniform() * limit), limit - 1);
}

/** The largest number that a domain holds; Infinity for an open range and a normal distribution without bounds. */
export function largestValue(domain: Domain): number {
  switch (domain.kind) {
    case 'fixed':
      return Number(domain.value);
    case 'values':
      return Math.max(...domain.values.map(Number));
    case 'normal':
    case 'q_normal':
      return domain.bounds?.max ?? Number.POSITIVE_INFINITY;
    case 'open':
      return Number.POSITIVE_INFINITY;
    default:
      return domainSize(domain) === 0 ? 0 : domain.max;
  }
}
