import type { Estimate } from '../campaign/outcome.js';

/** The value that a standard normal variable stays below with probability 0.975. */
const Z = 1.959963984540054;

/**
 * A share of so many trials with its 95 % interval by Wilson's score (Wilson 1927; Brown, Cai and DasGupta
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
