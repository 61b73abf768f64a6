import { exp, log, pow } from './elementary.js';
import { logGamma } from './gamma.js';

/** The continued fraction of the incomplete beta function (Lentz's method; DLMF 8.17.22). */
function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return fraction;
}

/** The regularised incomplete beta function I_x(a, b). */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(1 - x));
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(a, b, x)) / a
    : 1 - (front * betaFraction(b, a, 1 - x)) / b;
}

/** The share of Student's t distribution below t; degrees of freedom > 0. */
export function studentTBelow(t: number, degreesOfFreedom: number): number {
  const tail =
    incompleteBeta(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + pow(t, 2))) / 2;
  return t > 0 ? 1 - tail : tail;
}

/**
 * The value that Student's t distribution stays within, on both sides of 0, with this confidence (0.95, say):
 * 12.706 for one degree of freedom at 0.95, 1.96 for very many. By bisection, to about 1e-12.
 */
export function studentTQuantile(confidence: number, degreesOfFreedom: number): number {
  const below = (1 + confidence) / 2;
  let low = 0;
  let high = 1;
  while (studentTBelow(high, degreesOfFreedom) < below) high *= 2;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (studentTBelow(middle, degreesOfFreedom) < below) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
