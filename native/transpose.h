// Transposes a square of width() lines.
#pragma once
#include "lines.h"

namespace {

#if VECTOR_BYTES > 16

#if VECTOR_BYTES == 64
typedef __m512i Lanes;
INLINE Lanes lowWords(Lanes a, Lanes b) { return _mm512_unpacklo_epi32(a, b); }
INLINE Lanes highWords(Lanes a, Lanes b) { return _mm512_unpackhi_epi32(a, b); }
INLINE Lanes lowHalves(Lanes a, Lanes b) { return _mm512_unpacklo_epi64(a, b); }
INLINE Lanes highHalves(Lanes a, Lanes b) { return _mm512_unpackhi_epi64(a, b); }
#else
typedef __m256i Lanes;
INLINE Lanes lowWords(Lanes a, Lanes b) { return _mm256_unpacklo_epi32(a, b); }
INLINE Lanes highWords(Lanes a, Lanes b) { return _mm256_unpackhi_epi32(a, b); }
INLINE Lanes lowHalves(Lanes a, Lanes b) { return _mm256_unpacklo_epi64(a, b); }
INLINE Lanes highHalves(Lanes a, Lanes b) { return _mm256_unpackhi_epi64(a, b); }
#endif

INLINE __m128i lane(const uint8_t* from) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from)); }

/** A vector of lanes of 16 bytes, which stand `step` bytes apart. */
INLINE Lanes lanes(const uint8_t* from, size_t step) {
#if VECTOR_BYTES == 64
  const Lanes one = _mm512_castsi128_si512(lane(from));
  const Lanes two = _mm512_inserti32x4(one, lane(from + step), 1);
  return _mm512_inserti32x4(_mm512_inserti32x4(two, lane(from + 2 * step), 2), lane(from + 3 * step), 3);
#else
  return _mm256_inserti128_si256(_mm256_castsi128_si256(lane(from)), lane(from + step), 1);
#endif
}

/**
 * A square of one vector a side. Lanes are loaded into the place that they have in the end, so that numbers need only
 * to be moved within them.
 */
template <typename T> INLINE void transposeVectors(const uint8_t* from, uint8_t* to) {
  const size_t perLane = 16 / sizeof(T), step = perLane * LINE;
  for (size_t at = 0; at < VECTOR_BYTES; at += 16, from += 16) {
    const auto put = [&](Lanes row) {
      __builtin_memcpy(to, &row, sizeof row);
      to += LINE;
    };
    const Lanes a = lanes(from, step), b = lanes(from + LINE, step);
    if constexpr (perLane == 2) {
      put(lowHalves(a, b));
      put(highHalves(a, b));
    } else {
      const Lanes c = lanes(from + 2 * LINE, step), d = lanes(from + 3 * LINE, step);
      const Lanes low = lowWords(a, b), lowNext = lowWords(c, d);
      put(lowHalves(low, lowNext));
      put(highHalves(low, lowNext));
      const Lanes high = highWords(a, b), highNext = highWords(c, d);
      put(lowHalves(high, highNext));
      put(highHalves(high, highNext));
    }
  }
}

#else

/** A square of one vector a side; the compiler turns the loops into shuffles. */
template <typename T> INLINE void transposeVectors(const uint8_t* from, uint8_t* to) {
  const int LANES = VECTOR_BYTES / sizeof(T);
  T square[LANES][LANES];
  for (int k = 0; k < LANES; k++) __builtin_memcpy(square[k], from + k * LINE, VECTOR_BYTES);
  for (int k = 0; k < LANES; k++) {
    T row[LANES];
    for (int lane = 0; lane < LANES; lane++) row[lane] = square[lane][k];
    __builtin_memcpy(to + k * LINE, row, VECTOR_BYTES);
  }
}

#endif

template <typename T> INLINE void transpose(const uint8_t* from, uint8_t* to) {
  const uint32_t numbers = VECTOR_BYTES / sizeof(T);
  for (uint32_t row = 0; row < width<T>(); row += numbers)
    for (uint32_t column = 0; column < width<T>(); column += numbers)
      transposeVectors<T>(from + row * LINE + column * sizeof(T), to + column * LINE + row * sizeof(T));
}

}  // namespace
