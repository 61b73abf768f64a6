// The ends of the lists of each unit's rows, while these are made.
#pragma once
#include "lines.h"

namespace {

/** Rows, and units, that are listed together: few enough for their bits to stay in the nearest cache. */
const uint32_t ROWS_TOGETHER = 32;
const uint32_t UNITS_TOGETHER = 256;

class ColumnEnds {
 public:
  /** Empties the lists, each of which has room for all rows of a block. */
  ColumnEnds(uint8_t* memory, const Network& network, const Layer& layer)
      : memory(memory), words(memory + layer.columnEnds) {
    if (layer.listed == 0) return;
    for (uint32_t unit = 0; unit < layer.outputsPadded; unit++)
      set(unit, layer.columnLists + unit * network.blockRows * 4);
  }

  INLINE uint8_t* at(uint32_t unit) const { return memory + word(words + unit * 4); }

  /** Takes in the words that were written at the end. */
  INLINE void move(uint32_t unit, uint32_t count) { set(unit, word(words + unit * 4) + count * 4); }

 private:
  uint8_t* const memory;
  uint8_t* const words;

  INLINE void set(uint32_t unit, uint32_t end) { __builtin_memcpy(words + unit * 4, &end, 4); }
};

}  // namespace
