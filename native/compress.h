// Bits of a vector's numbers that are not zero, and entries of lists made from them.
#pragma once
#include "lines.h"


namespace {

/** Bit k is set if number k is not 0, as NaN is. */
template <int LANES, typename Numbers> INLINE uint32_t presentBits(Numbers numbers) {
#if VECTOR_BYTES == 64
  if constexpr (sizeof numbers == 64 && LANES == 16)
    return _mm512_cmp_ps_mask(reinterpret_cast<__m512>(numbers), _mm512_setzero_ps(), _CMP_NEQ_UQ);
  if constexpr (sizeof numbers == 64 && LANES == 8)
    return _mm512_cmp_pd_mask(reinterpret_cast<__m512d>(numbers), _mm512_setzero_pd(), _CMP_NEQ_UQ);
#endif
  const auto isPresent = numbers != 0;
#if defined(__AVX__)
  if constexpr (sizeof numbers == 32 && LANES == 8) return _mm256_movemask_ps(reinterpret_cast<__m256>(isPresent));
  if constexpr (sizeof numbers == 32 && LANES == 4) return _mm256_movemask_pd(reinterpret_cast<__m256d>(isPresent));
  if constexpr (sizeof numbers == 16 && LANES == 4) return _mm_movemask_ps(reinterpret_cast<__m128>(isPresent));
#endif
  uint32_t bits = 0;
  for (int lane = 0; lane < LANES; lane++) bits |= (isPresent[lane] != 0 ? 1u : 0u) << lane;
  return bits;
}

#if VECTOR_BYTES == 32
/** For each pattern of bits the lanes whose bit is set. */
struct FrontTable {
  uint8_t lanes[256][8] = {};
  constexpr FrontTable() {
    for (int bits = 0; bits < 256; bits++)
      for (int lane = 0, count = 0; lane < 8; lane++)
        if (bits >> lane & 1) lanes[bits][count++] = static_cast<uint8_t>(lane);
  }
};
#endif

/** Writes the words whose bit is set, then others up to LANES words; returns how many were set. */
template <int LANES> INLINE uint32_t compress(uint8_t* to, typename Words<LANES>::type words, uint32_t bits) {
#if VECTOR_BYTES == 64
  // To memory the instruction is many times as slow as to a register.
  typename Words<LANES>::type front;
  if constexpr (LANES == 16)
    front = reinterpret_cast<typename Words<LANES>::type>(
        _mm512_maskz_compress_epi32(static_cast<__mmask16>(bits), reinterpret_cast<__m512i>(words)));
  else
    front = reinterpret_cast<typename Words<LANES>::type>(
        _mm256_maskz_compress_epi32(static_cast<__mmask8>(bits), reinterpret_cast<__m256i>(words)));
  __builtin_memcpy(to, &front, sizeof front);
  return __builtin_popcount(bits);
#elif VECTOR_BYTES == 32
  static constexpr FrontTable table;
  const __m256i order = _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(table.lanes[bits])));
  __m256i wide;
  if constexpr (LANES == 8) wide = reinterpret_cast<__m256i>(words);
  else wide = _mm256_castsi128_si256(reinterpret_cast<__m128i>(words));
  const __m256i front = _mm256_permutevar8x32_epi32(wide, order);
  __builtin_memcpy(to, &front, sizeof words);
  return __builtin_popcount(bits);
#else
  const uint8_t* from = to;
  for (int lane = 0; lane < LANES; lane++) {
    const uint32_t entry = words[lane];
    // Written always and kept where its bit is set: a branch would be guessed wrong too often.
    __builtin_memcpy(to, &entry, 4);
    to += (bits >> lane & 1) * 4;
  }
  return static_cast<uint32_t>((to - from) / 4);
#endif
}

}  // namespace
