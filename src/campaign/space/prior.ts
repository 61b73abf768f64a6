import { keyedStream } from '../../numeric/keyed-stream.js';
import { normalBelow, normalQuantile } from '../../numeric/normal.js';
import { type Domain, draw } from '../domain.js';
import type { ParameterValue } from '../parameters.js';
import { shareOf, valueAt } from './quantile.js';

/** Where the good values of a parameter are expected. */
export type Prior = {
  readonly center: ParameterValue;
  /**
   * For ordered values the standard deviation around the center, as a share of the range (of the logarithm if the
   * distribution is logarithmic). For other values the probability that a draw ignores the center.
   */
  readonly spread: number;
};

type PriorDomain = Domain & { readonly prior?: Prior };

/**
 * Every second draw follows the prior, and the others ignore it, so a wrong prior costs half of the draws at most. The
 * first draw is the center.
 *
 * Source: Mallik et al. 2023, "PriorBand: Practical hyperparameter optimization in the age of deep learning": equal
 * shares of random draws and of draws from the prior at the start.
 */
export function followsPrior(index: number): boolean {
  return index % 2 === 0;
}

/** Draw number `index` of a parameter, from its prior if there is one and the index says so. */
export function drawWithPrior(
  domain: PriorDomain,
  seed: number,
  index: number,
  name: string,
): ParameterValue {
  const { prior } = domain;
  if (prior === undefined || !followsPrior(index)) return draw(domain, seed, index, name);
  if (index === 0) return prior.center;
  return priorValueAt(domain, prior, keyedStream('prior', seed, index, name).uniform());
}

/** The value below which a share of the draws from the prior lies; the share in (0, 1). */
export function priorValueAt(domain: Domain, prior: Prior, share: number): ParameterValue {
  const center = centerOf(domain, prior);
  if (center === null) {
    const sure = 1 - prior.spread;
    return share < sure ? prior.center : valueAt(domain, clampShare((share - sure) / prior.spread));
  }
  return valueAt(domain, normalWithin(center, prior.spread, share));
}

/** The place of the center, as a share of the domain; null if the values have no order. */
export function centerOf(domain: Domain, { center }: Prior): number | null {
  if (domain.kind !== 'values') return shareOf(domain, Number(center));
  const { values } = domain;
  return isOrdered(values) ? (values.indexOf(center) + 0.5) / values.length : null;
}

/** Whether listed values are numbers in rising order, and more than two, so that neighbours are alike. */
export function isOrdered(values: readonly ParameterValue[]): boolean {
  return (
    values.length > 2 &&
    values.every((value, i) => typeof value === 'number' && (i === 0 || value > Number(values[i - 1])))
  );
}

/** The quantile of a normal distribution that is cut off at 0 and 1. */
export function normalWithin(center: number, spread: number, share: number): number {
  const from = normalBelow(-center / spread);
  const to = normalBelow((1 - center) / spread);
  const at = Math.min(Math.max(from + share * (to - from), Number.MIN_VALUE), 1 - Number.EPSILON / 2);
  return clampShare(center + spread * normalQuantile(at));
}

/** Strictly between 0 and 1, where every domain has a value. */
const clampShare = (share: number): number => Math.min(Math.max(share, 1e-12), 1 - 1e-12);
