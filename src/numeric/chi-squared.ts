import { gammaAbove } from './gamma.js';

/** The share of the chi-squared distribution above x; degrees of freedom > 0. */
export function chiSquaredAbove(x: number, degreesOfFreedom: number): number {
  return gammaAbove(degreesOfFreedom / 2, x / 2);
}
