// The lists of each unit's rows, made from bits by instructions of AVX-512.
#pragma once
#include "column-ends.h"

namespace {

template <typename T> class Columns {
 public:
  Columns(uint8_t* memory, const Network& network, const Layer& layer)
      : ends(memory, network, layer), stride(network.stride) {}

  void begin(uint32_t first, uint32_t count, uint32_t unit, uint8_t* const*) {
    firstRow = first;
    rows = count;
    firstUnit = unit;
  }

  INLINE void add(uint32_t row, uint32_t unit, uint32_t bits) {
    present[(unit - firstUnit) / LANES][row] = static_cast<uint16_t>(bits);
  }

  void end(uint32_t last, uint8_t* const*) {
    const __m512i lower = places(firstRow), upper = places(firstRow + 16);
    const __mmask32 filled = static_cast<uint32_t>((1ull << rows) - 1);
    for (uint32_t unit = firstUnit; unit < last; unit += LANES) {
      const __m512i bits = _mm512_load_si512(present[(unit - firstUnit) / LANES]);
      __m512i one = _mm512_set1_epi16(1);
      for (uint32_t lane = 0; lane < LANES && unit + lane < last; lane++) {
        const uint32_t set = _mm512_mask_test_epi16_mask(filled, bits, one);
        one = _mm512_add_epi16(one, one);
        append(unit + lane, lower, set & 0xffff);
        if (rows > 16) append(unit + lane, upper, set >> 16);
      }
    }
  }

 private:
  static const uint32_t LANES = VECTOR_BYTES / sizeof(T);
  ColumnEnds ends;
  const uint32_t stride;
  uint32_t firstRow = 0, rows = 0, firstUnit = 0;
  alignas(64) uint16_t present[UNITS_TOGETHER / LANES][ROWS_TOGETHER] = {};

  __m512i places(uint32_t first) const { return reinterpret_cast<__m512i>(countFrom<16>(first) * stride); }

  INLINE void append(uint32_t unit, __m512i places, uint32_t set) {
    const uint32_t count = __builtin_popcount(set);
    uint8_t* to = ends.at(unit);
    touch(to, count * 4);
    // The list may have no room for more than these. Into memory the compression itself would be very slow.
    _mm512_mask_storeu_epi32(
        to, static_cast<__mmask16>((1u << count) - 1),
        _mm512_maskz_compress_epi32(static_cast<__mmask16>(set), places));
    ends.move(unit, count);
  }
};

}  // namespace
