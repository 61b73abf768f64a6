import { exp, log } from '../../numeric/elementary.js';
import { normalBelow, normalQuantile } from '../../numeric/normal.js';
import type { Bounds, Domain } from '../domain.js';
import type { ParameterValue } from '../parameters.js';
import { multipleOf, multiplesWithin, nearestMultiple } from './quantize.js';

/**
 * The value below which a share of the draws of a domain lies; the share in (0, 1). Listed values share the interval by
 * their probabilities, in their order. So points that fill (0, 1) evenly become settings that fill the domain evenly.
 */
export function valueAt(domain: Domain, share: number): ParameterValue {
  switch (domain.kind) {
    case 'fixed':
      return domain.value;
    case 'values':
      return listedAt(domain.values, domain.probabilities, share);
    case 'uniform':
      return clamp(domain.min * (1 - share) + domain.max * share, domain);
    case 'int_uniform':
      return wholeAt(domain.min, domain.max, share);
    case 'q_uniform': {
      const { first, last } = multiplesWithin(domain, domain.q);
      return multipleOf(domain.q, wholeAt(first, last, share));
    }
    case 'log_uniform_values':
      return logAt(domain, share);
    case 'q_log_uniform_values':
      return nearestMultiple(logAt(domain, share), domain.q, domain);
    case 'normal':
      return normalAt(domain, share);
    case 'q_normal':
      return nearestMultiple(normalAt(domain, share), domain.q, domain.bounds);
    case 'open':
      throw new RangeError('an open range of sizes has no shares');
    default:
      return domain satisfies never;
  }
}

/** The share of the draws of a continuous domain, or of one in equal steps, that lies below a value. */
export function shareOf(domain: Domain, value: number): number {
  switch (domain.kind) {
    case 'uniform':
      return within(value, domain.min, domain.max);
    case 'int_uniform':
      return (value - domain.min + 0.5) / (domain.max - domain.min + 1);
    case 'q_uniform': {
      const { first, last } = multiplesWithin(domain, domain.q);
      return (Math.round(value / domain.q) - first + 0.5) / (last - first + 1);
    }
    case 'log_uniform_values':
    case 'q_log_uniform_values':
      return within(log(value), log(domain.min), log(domain.max));
    case 'normal':
    case 'q_normal': {
      const { from, to } = sharesOfBounds(domain);
      return within(normalBelow((value - domain.mu) / domain.sigma), from, to);
    }
    case 'fixed':
    case 'values':
    case 'open':
      throw new RangeError(`a domain of the kind ${domain.kind} has no shares`);
    default:
      return domain satisfies never;
  }
}

function listedAt(
  values: readonly ParameterValue[],
  probabilities: readonly number[] | null,
  share: number,
): ParameterValue {
  let index = Math.min(Math.floor(share * values.length), values.length - 1);
  if (probabilities !== null) {
    let left = share;
    for (const [i, probability] of probabilities.entries()) {
      if (probability <= 0) continue;
      index = i;
      left -= probability;
      if (left < 0) break;
    }
  }
  const value = values[index];
  if (value === undefined) throw new RangeError('a domain without values has no shares');
  return value;
}

const wholeAt = (min: number, max: number, share: number): number =>
  Math.min(min + Math.floor(share * (max - min + 1)), max);

const logAt = (bounds: Bounds, share: number): number =>
  clamp(exp(log(bounds.min) * (1 - share) + log(bounds.max) * share), bounds);

type Normal = { readonly mu: number; readonly sigma: number; readonly bounds: Bounds | null };

function normalAt(domain: Normal, share: number): number {
  const { mu, sigma, bounds } = domain;
  const { from, to } = sharesOfBounds(domain);
  const at = Math.min(Math.max(from + share * (to - from), Number.MIN_VALUE), 1 - Number.EPSILON / 2);
  const value = mu + sigma * normalQuantile(at);
  return bounds === null ? value : clamp(value, bounds);
}

function sharesOfBounds({ mu, sigma, bounds }: Normal): { readonly from: number; readonly to: number } {
  if (bounds === null) return { from: 0, to: 1 };
  return { from: normalBelow((bounds.min - mu) / sigma), to: normalBelow((bounds.max - mu) / sigma) };
}

/** How far a value is from one end to another, from 0 to 1; in the middle where the ends are equal. */
const within = (value: number, from: number, to: number): number =>
  to > from ? Math.min(Math.max((value - from) / (to - from), 0), 1) : 0.5;

const clamp = (value: number, bounds: Bounds): number => Math.min(Math.max(value, bounds.min), bounds.max);
