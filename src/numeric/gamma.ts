import { exp, log } from './elementary.js';

/** ln of the gamma function for x > 0 (Lanczos 1964, g = 7, n = 9; relative error below 1e-14). */
export function logGamma(x: number): number {
  const coefficients = [
    676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
    -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const shifted = x - 1;
  let sum = 0.99999999999980993;
  coefficients.forEach((coefficient, i) => {
    sum += coefficient / (shifted + i + 1);
  });
  const t = shifted + 7.5;
  return 0.9189385332046727 + (shifted + 0.5) * log(t) - t + log(sum);
}

/** Terms after which series and fraction end. They need about ten times the square root of the shape at most. */
const MAX_TERMS = 100_000;
const PRECISION = 1e-16;

/**
 * The regularised upper incomplete gamma function Q(shape, x), for shape > 0: the share of the gamma distribution above
 * x. Below x = shape + 1 by the series DLMF 8.7.1, above by the even part of the continued fraction DLMF 8.9.2, with
 * Lentz's method (Press et al. 2007, "Numerical Recipes", section 6.2).
 */
export function gammaAbove(shape: number, x: number): number {
  if (Number.isNaN(x)) return x;
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const front = exp(shape * log(x) - x - logGamma(shape));
  return x < shape + 1 ? 1 - front * belowSeries(shape, x) : front * aboveFraction(shape, x);
}

function belowSeries(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n <= MAX_TERMS && term > sum * PRECISION; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum;
}

function aboveFraction(shape: number, x: number): number {
  const tiny = 1e-300;
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let below = x + 1 - shape;
  let c = 1 / tiny;
  let d = 1 / away(below);
  let fraction = d;
  for (let n = 1; n <= MAX_TERMS; n++) {
    const above = n * (shape - n);
    below += 2;
    d = 1 / away(below + above * d);
    c = away(below + above / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return fraction;
}
