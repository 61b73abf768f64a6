// The largest of many words, a vector at a time.
#pragma once
#include "lines.h"

namespace {

class Largest {
 public:
  INLINE void add(const uint8_t* from, size_t count) {
    for (; count >= LANES; count -= LANES, from += LANES * 4) {
      Vector32 words;
      __builtin_memcpy(&words, from, sizeof words);
      keep(words);
    }
    if (count > 0) keep(first(from, count));
  }

  /** 0 if there were no words. */
  uint32_t found() const {
    uint32_t found = 0;
    for (uint32_t lane = 0; lane < LANES; lane++) found = most[lane] > found ? most[lane] : found;
    return found;
  }

 private:
  static const uint32_t LANES = VECTOR_BYTES / 4;
  typedef typename Words<LANES>::type Vector32;
  Vector32 most = {};

  INLINE void keep(Vector32 words) { most = words > most ? words : most; }

  /** Less than a vector of words, then zeros. */
  static INLINE Vector32 first(const uint8_t* from, size_t count) {
#if VECTOR_BYTES == 64
    touch(from, count * 4);
    return reinterpret_cast<Vector32>(_mm512_maskz_loadu_epi32(static_cast<__mmask16>((1u << count) - 1), from));
#elif VECTOR_BYTES == 32
    touch(from, count * 4);
    const auto isLeft = countFrom<LANES>(0) < static_cast<uint32_t>(count);
    return reinterpret_cast<Vector32>(
        _mm256_maskload_epi32(reinterpret_cast<const int*>(from), reinterpret_cast<__m256i>(isLeft)));
#else
    Vector32 words = {};
    for (size_t k = 0; k < count; k++) words[k] = word(from + k * 4);
    return words;
#endif
  }
};

}  // namespace
