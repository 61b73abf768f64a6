// exp and log of whole vectors: src/kernel/assembly/elementary.ts, which names the sources of the constants.
#pragma once
#include <math.h>

#include "lines.h"

namespace {

/** Lanes of a full vector. */
template <typename T> constexpr int fullLanes() { return VECTOR_BYTES / sizeof(T); }

typedef uint64_t LongWords __attribute__((vector_size(VECTOR_BYTES)));

/** The bits of a vector as another type. */
template <typename To, typename From> INLINE To bitsAs(From from) {
  static_assert(sizeof(To) == sizeof(From), "the same bits");
  return reinterpret_cast<To>(from);
}

/** Smaller and larger of each lane; what is not a number stays if it stands first. */
template <typename Numbers> INLINE Numbers smaller(Numbers a, Numbers b) { return b < a ? b : a; }
template <typename Numbers> INLINE Numbers larger(Numbers a, Numbers b) { return a < b ? b : a; }

INLINE Vector<float>::type exponential(Vector<float>::type x) {
  typedef Vector<float>::type Numbers;
  typedef Words<fullLanes<float>()>::type Bits;
  const float rounding = 12582912;
  const Numbers zero = {};
  const Numbers bounded = larger(smaller(x, zero + 88.0f), zero - 87.0f);
  const Numbers rounded = bounded * 1.44269504f + rounding;
  const Numbers n = rounded - rounding;
  Numbers r = bounded - n * 0.693359375f;
  r = r - n * -2.1219444e-4f;
  Numbers p = 1.98756915e-4f * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = (p * (r * r) + r) + 1.0f;
  const Numbers power = bitsAs<Numbers>((bitsAs<Bits>(rounded) + 127u) << 23);
  return x < -87.0f ? zero : p * power;
}

INLINE Vector<double>::type exponential(Vector<double>::type x) {
  typedef Vector<double>::type Numbers;
  const double rounding = 6755399441055744;
  const Numbers zero = {};
  const Numbers bounded = larger(smaller(x, zero + 709.0), zero - 708.0);
  const Numbers rounded = bounded * 1.4426950408889634 + rounding;
  const Numbers n = rounded - rounding;
  Numbers r = bounded - n * 6.93145751953125e-1;
  r = r - n * 1.42860682030941723212e-6;
  const Numbers rr = r * r;
  Numbers p = rr * 1.26177193074810590878e-4 + 3.02994407707441961300e-2;
  p = r * (p * rr + 9.99999999999999999910e-1);
  Numbers q = rr * 3.00198505138664455042e-6 + 2.52448340349684104192e-3;
  q = q * rr + 2.27265548208155028766e-1;
  q = q * rr + 2.0;
  const Numbers fraction = 1.0 + 2.0 * (p / (q - p));
  const Numbers power = bitsAs<Numbers>((bitsAs<LongWords>(rounded) + 1023) << 52);
  return x < -708.0 ? zero : fraction * power;
}

/** The natural logarithm of numbers from 1 on; what is not a number stays. */
INLINE Vector<double>::type logarithm(Vector<double>::type x) {
  typedef Vector<double>::type Numbers;
  const LongWords bits = bitsAs<LongWords>(x);
  Numbers n = bitsAs<Numbers>((bits >> 52) | 0x4330000000000000) - (4503599627370496.0 + 1023.0);
  Numbers mantissa = bitsAs<Numbers>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  const auto isLarge = mantissa > 1.4142135623730951;
  mantissa = isLarge ? mantissa * 0.5 : mantissa;
  n = isLarge ? n + 1.0 : n;
  const Numbers f = mantissa - 1.0;
  const Numbers s = f / (2.0 + f);
  const Numbers z = s * s;
  Numbers r = 1.53138376992093733e-1 + z * 1.47981986051165859e-1;
  r = 1.81835721616180501e-1 + z * r;
  r = 2.22221984321497840e-1 + z * r;
  r = 2.85714287436623915e-1 + z * r;
  r = 3.99999999994094191e-1 + z * r;
  r = z * (6.66666666666673513e-1 + z * r);
  const Numbers half = 0.5 * f * f;
  const Numbers low = s * (half + r) + n * 1.90821492927058770002e-10;
  const Numbers result = n * 6.9314718036912381649e-1 - ((half - low) - f);
  return x >= 1.0 ? result : x;
}

}  // namespace
