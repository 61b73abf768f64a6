// exp, log, tanh and the logistic function from + - * / alone.
//
// Coefficients and reductions: S. Moshier, Cephes Mathematical Library, release 2.8 (exp.c, expf.c, tanh.c,
// tanhf.c), and Sun Microsystems' fdlibm (e_log.c). Where Cephes returns denormal numbers these return 0.

import { all } from './vector';

/** 1.5 times the first power of two whose neighbours are 1 apart: added to a small number, it leaves a whole number in
 * the low bits of the sum, rounded to nearest. That costs less than rounding and conversion. */
const ROUNDING32: f32 = 12582912;
const ROUNDING64: f64 = 6755399441055744;

// @ts-ignore: decorator
@inline
function exp32(x: v128): v128 {
  const low = f32x4.lt(x, f32x4.splat(-87));
  const bounded = f32x4.pmax(f32x4.pmin(x, f32x4.splat(88)), f32x4.splat(-87));
  const rounded = f32x4.add(f32x4.mul(bounded, f32x4.splat(1.44269504)), f32x4.splat(ROUNDING32));
  const n = f32x4.sub(rounded, f32x4.splat(ROUNDING32));
  let r = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let p = f32x4.splat(1.98756915e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(rounded, i32x4.splat(127)), 23);
  return v128.andnot(f32x4.mul(p, power), low);
}

// @ts-ignore: decorator
@inline
function exp64(x: v128): v128 {
  const low = f64x2.lt(x, f64x2.splat(-708));
  const bounded = f64x2.pmax(f64x2.pmin(x, f64x2.splat(709)), f64x2.splat(-708));
  const rounded = f64x2.add(f64x2.mul(bounded, f64x2.splat(1.4426950408889634)), f64x2.splat(ROUNDING64));
  const n = f64x2.sub(rounded, f64x2.splat(ROUNDING64));
  let r = f64x2.sub(bounded, f64x2.mul(n, f64x2.splat(6.93145751953125e-1)));
  r = f64x2.sub(r, f64x2.mul(n, f64x2.splat(1.42860682030941723212e-6)));
  const rr = f64x2.mul(r, r);
  let p = f64x2.add(f64x2.mul(rr, f64x2.splat(1.26177193074810590878e-4)), f64x2.splat(3.02994407707441961300e-2));
  p = f64x2.mul(r, f64x2.add(f64x2.mul(p, rr), f64x2.splat(9.99999999999999999910e-1)));
  let q = f64x2.add(f64x2.mul(rr, f64x2.splat(3.00198505138664455042e-6)), f64x2.splat(2.52448340349684104192e-3));
  q = f64x2.add(f64x2.mul(q, rr), f64x2.splat(2.27265548208155028766e-1));
  q = f64x2.add(f64x2.mul(q, rr), f64x2.splat(2));
  const fraction = f64x2.add(f64x2.splat(1), f64x2.mul(f64x2.splat(2), f64x2.div(p, f64x2.sub(q, p))));
  const power = i64x2.shl(i64x2.add(rounded, i64x2.splat(1023)), 52);
  return v128.andnot(f64x2.mul(fraction, power), low);
}

/** e to the power of each lane: 0 below -87 in f32 and -708 in f64; above 88 and 709 as there. NaN stays. */
// @ts-ignore: decorator
@inline
export function exp<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return exp32(x);
  return exp64(x);
}

/** The logistic function 1 / (1 + e^-x). */
// @ts-ignore: decorator
@inline
export function logistic<T>(x: v128): v128 {
  // The bound keeps the result of a very negative x above the denormal numbers.
  const bounded = v128.pmax<T>(x, all<T>(sizeof<T>() == 4 ? -86 : -707));
  return v128.div<T>(all<T>(1), v128.add<T>(all<T>(1), exp<T>(v128.neg<T>(bounded))));
}

/** The hyperbolic tangent: an odd polynomial up to 0.625, then 1 - 2 / (e^2x + 1). */
// @ts-ignore: decorator
@inline
export function tanh<T>(x: v128): v128 {
  const size = v128.abs<T>(x);
  const z = v128.mul<T>(x, x);
  const far = v128.sub<T>(
    all<T>(1),
    v128.div<T>(all<T>(2), v128.add<T>(all<T>(1), exp<T>(v128.add<T>(size, size)))),
  );
  const signed = v128.bitselect(x, far, v128.neg<T>(v128.splat<T>(0)));
  let near: v128;
  if (sizeof<T>() == 4) {
    let p = f32x4.splat(-5.70498872745e-3);
    p = f32x4.add(f32x4.mul(p, z), f32x4.splat(2.06390887954e-2));
    p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-5.37397155531e-2));
    p = f32x4.add(f32x4.mul(p, z), f32x4.splat(1.33314422036e-1));
    p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-3.33332819422e-1));
    near = f32x4.add(f32x4.mul(f32x4.mul(p, z), x), x);
  } else {
    let p = f64x2.splat(-9.64399179425052238628e-1);
    p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-9.92877231001918586564e1));
    p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-1.61468768441708447952e3));
    let q = f64x2.add(z, f64x2.splat(1.12811678491632931402e2));
    q = f64x2.add(f64x2.mul(q, z), f64x2.splat(2.23548839060100448583e3));
    q = f64x2.add(f64x2.mul(q, z), f64x2.splat(4.84406305325125486048e3));
    near = f64x2.add(x, f64x2.mul(f64x2.mul(x, z), f64x2.div(p, q)));
  }
  return v128.bitselect(near, signed, v128.lt<T>(size, all<T>(0.625)));
}

/** The natural logarithm of each lane in double precision: -Infinity at 0, NaN below. NaN stays. */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  const denormal = f64x2.lt(x, f64x2.splat(2.2250738585072014e-308));
  const y = v128.bitselect(f64x2.mul(x, f64x2.splat(18014398509481984)), x, denormal); // 2^54
  // The exponent as the low bits of 2^52 becomes a number without a conversion.
  const exponent = v128.or(i64x2.shr_u(y, 52), i64x2.splat(0x4330000000000000));
  let n = f64x2.sub(exponent, f64x2.splat(4503599627370496 + 1023));
  n = f64x2.sub(n, v128.and(denormal, f64x2.splat(54)));
  const fraction = v128.and(y, i64x2.splat(0x000fffffffffffff));
  let mantissa = v128.or(fraction, f64x2.splat(1));
  const isLarge = f64x2.gt(mantissa, f64x2.splat(1.4142135623730951));
  mantissa = v128.bitselect(f64x2.mul(mantissa, f64x2.splat(0.5)), mantissa, isLarge);
  n = f64x2.add(n, v128.and(isLarge, f64x2.splat(1)));
  const f = f64x2.sub(mantissa, f64x2.splat(1));
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s);
  let r = f64x2.add(f64x2.splat(1.53138376992093733e-1), f64x2.mul(z, f64x2.splat(1.47981986051165859e-1)));
  r = f64x2.add(f64x2.splat(1.81835721616180501e-1), f64x2.mul(z, r));
  r = f64x2.add(f64x2.splat(2.22221984321497840e-1), f64x2.mul(z, r));
  r = f64x2.add(f64x2.splat(2.85714287436623915e-1), f64x2.mul(z, r));
  r = f64x2.add(f64x2.splat(3.99999999994094191e-1), f64x2.mul(z, r));
  r = f64x2.mul(z, f64x2.add(f64x2.splat(6.66666666666673513e-1), f64x2.mul(z, r)));
  const half = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const low = f64x2.add(f64x2.mul(s, f64x2.add(half, r)), f64x2.mul(n, f64x2.splat(1.90821492927058770002e-10)));
  const rest = f64x2.sub(f64x2.sub(half, low), f);
  const result = f64x2.sub(f64x2.mul(n, f64x2.splat(6.9314718036912381649e-1)), rest);
  // Where x is not between 0 and Infinity: Infinity stays, and what is below 0 has no logarithm.
  const isRegular = v128.and(f64x2.gt(x, f64x2.splat(0)), f64x2.lt(x, f64x2.splat(Infinity)));
  const below = v128.bitselect(f64x2.splat(NaN), x, f64x2.lt(x, f64x2.splat(0)));
  const special = v128.bitselect(f64x2.splat(-Infinity), below, f64x2.eq(x, f64x2.splat(0)));
  return v128.bitselect(result, special, isRegular);
}
