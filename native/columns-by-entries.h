// The lists of each unit's rows, made from the entries of the rows' lists.
#pragma once
#include "column-ends.h"

namespace {

template <typename T> class Columns {
 public:
  Columns(uint8_t* memory, const Network& network, const Layer& layer)
      : ends(memory, network, layer), stride(network.stride) {}

  void begin(uint32_t first, uint32_t count, uint32_t, uint8_t* const* rowEnds) {
    firstRow = first;
    rows = count;
    for (uint32_t row = 0; row < rows; row++) begins[row] = rowEnds[row];
  }

  void add(uint32_t, uint32_t, uint32_t) {}

  void end(uint32_t, uint8_t* const* rowEnds) {
    for (uint32_t row = 0; row < rows; row++) {
      const uint32_t place = (firstRow + row) * stride;
      for (const uint8_t* entry = begins[row]; entry < rowEnds[row]; entry += 4) {
        const uint32_t unit = word(entry) / sizeof(T);
        __builtin_memcpy(ends.at(unit), &place, 4);
        ends.move(unit, 1);
      }
    }
  }

 private:
  ColumnEnds ends;
  const uint32_t stride;
  uint32_t firstRow = 0, rows = 0;
  const uint8_t* begins[ROWS_TOGETHER];
};

}  // namespace
