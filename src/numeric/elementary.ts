/**
 * Elementary functions made of + - * / and sqrt alone.
 *
 * The language standard leaves the last bits of `Math.exp` and its kin to the engine, and engines differ
 * (Node 20 and Node 24 disagree on `Math.pow`). Whatever decides a result uses these instead, so that a
 * campaign gives the same bytes on every machine. Error: below 2 units in the last place for exp, log and
 * tanh over their range; sin and cos are meant for arguments of moderate size (|x| < 1e5).
 *
 * Coefficients: S. Moshier, Cephes Mathematical Library, release 2.8 (exp.c, tanh.c), and Sun
 * Microsystems' fdlibm (e_log.c, k_sin.c, k_cos.c).
 */

const LOG2_E = 1.4426950408889634;
const LN2_HIGH = 6.93145751953125e-1;
const LN2_LOW = 1.42860682030941723212e-6;

/** 2^-1023 to 2^1023; all of them are exact. */
const POWERS_OF_TWO = Float64Array.from({ length: 2047 }, (_, i) => {
  const factor = i < 1023 ? 0.5 : 2;
  let power = 1;
  for (let left = Math.abs(i - 1023); left > 0; left--) power *= factor;
  return power;
});

/** Two to a whole power from -1023 to 1023, exactly. */
const powerOfTwo = (exponent: number): number => POWERS_OF_TWO[exponent + 1023] ?? Number.NaN;

const bits = new DataView(new ArrayBuffer(8));

/** e to the power of x. Overflows to Infinity above 709.78, underflows to 0 below -745.13. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019412) return 0;
  const n = Math.floor(LOG2_E * x + 0.5);
  const r = x - n * LN2_HIGH - n * LN2_LOW;
  const rr = r * r;
  const p =
    r * ((1.26177193074810590878e-4 * rr + 3.0299440770744196129956e-2) * rr + 9.9999999999999999991025e-1);
  const q =
    ((3.00198505138664455042e-6 * rr + 2.52448340349684104192e-3) * rr + 2.27265548208155028766e-1) * rr + 2;
  const fraction = 1 + (2 * p) / (q - p);
  // In two steps, so that results near the ends of the range do not overflow or flush on the way.
  const half = Math.floor(n / 2);
  return fraction * powerOfTwo(half) * powerOfTwo(n - half);
}

/** The natural logarithm of x: -Infinity at 0, NaN below. */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return Number.NaN;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x === Number.POSITIVE_INFINITY) return x;
  // Subnormal numbers have no exponent of their own.
  const scale = x < powerOfTwo(-1022) ? 54 : 0;
  const scaled = x * powerOfTwo(scale);
  bits.setFloat64(0, scaled);
  const stored = (bits.getUint32(0) >>> 20) - 1023;
  let mantissa = scaled * powerOfTwo(-stored);
  let exponent = stored - scale;
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  const r =
    z *
    (6.66666666666673513e-1 +
      z *
        (3.999999999940941908e-1 +
          z *
            (2.857142874366239149e-1 +
              z *
                (2.222219843214978396e-1 +
                  z *
                    (1.818357216161805012e-1 +
                      z * (1.531383769920937332e-1 + z * 1.479819860511658591e-1))))));
  const half = 0.5 * f * f;
  return (
    exponent * 6.9314718036912381649e-1 -
    (half - (s * (half + r) + exponent * 1.90821492927058770002e-10) - f)
  );
}

/** x to the power of y for x >= 0, by exp(y log x); whole exponents up to 64 by multiplication. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isInteger(y) && Math.abs(y) <= 64) {
    let result = 1;
    let base = x;
    for (let left = Math.abs(y); left > 0; left = Math.floor(left / 2)) {
      if (left % 2 === 1) result *= base;
      base *= base;
    }
    return y < 0 ? 1 / result : result;
  }
  if (x === 0) return y > 0 ? 0 : Number.POSITIVE_INFINITY;
  return exp(y * log(x));
}

/** The hyperbolic tangent of x. */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size > 22) return x > 0 ? 1 : -1;
  if (size >= 0.625) {
    const value = 1 - 2 / (exp(2 * size) + 1);
    return x < 0 ? -value : value;
  }
  const z = x * x;
  const p = (-9.64399179425052238628e-1 * z - 9.92877231001918586564e1) * z - 1.61468768441708447952e3;
  const q = ((z + 1.12811678491632931402e2) * z + 2.23548839060100448583e3) * z + 4.84406305325125486048e3;
  return x + x * z * (p / q);
}

/** The logistic function 1 / (1 + e^-x). */
export function sigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x));
}

const HALF_PI_HIGH = 1.57079632673412561417;
const HALF_PI_LOW = 6.07710050650619224932e-11;

function sineKernel(x: number): number {
  const z = x * x;
  return (
    x +
    x *
      z *
      (-1.66666666666666324348e-1 +
        z *
          (8.33333333332248946124e-3 +
            z *
              (-1.98412698298579493134e-4 +
                z *
                  (2.75573137070700676789e-6 +
                    z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)))))
  );
}

function cosineKernel(x: number): number {
  const z = x * x;
  return (
    1 -
    z / 2 +
    z *
      z *
      (4.16666666666666019037e-2 +
        z *
          (-1.38888888888741095749e-3 +
            z *
              (2.48015872894767294178e-5 +
                z *
                  (-2.75573143513906633035e-7 +
                    z * (2.0875723212981748279e-9 - z * 1.13596475577881948265e-11)))))
  );
}

function quarterTurns(x: number): { quarter: number; rest: number } {
  const n = Math.floor(x * 0.6366197723675814 + 0.5);
  return { quarter: ((n % 4) + 4) % 4, rest: x - n * HALF_PI_HIGH - n * HALF_PI_LOW };
}

/** The sine of x radians. */
export function sin(x: number): number {
  const { quarter, rest } = quarterTurns(x);
  const value = quarter % 2 === 0 ? sineKernel(rest) : cosineKernel(rest);
  return quarter < 2 ? value : -value;
}

/** The cosine of x radians. */
export function cos(x: number): number {
  const { quarter, rest } = quarterTurns(x);
  const value = quarter % 2 === 0 ? cosineKernel(rest) : sineKernel(rest);
  return quarter === 0 || quarter === 3 ? value : -value;
}
