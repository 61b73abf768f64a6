// Lists of the units that are not zero, made from bits: of each row's units, and of each unit's rows.
#pragma once
#include "compress.h"
#if VECTOR_BYTES == 64
#include "columns-by-bits.h"
#else
#include "columns-by-entries.h"
#endif

namespace {

/**
 * The lists of a block of rows. It takes up to ROWS_TOGETHER rows at a time, and of these first up to UNITS_TOGETHER
 * units, one row after another, then the next units.
 */
template <typename T> class ListWriter {
 public:
  ListWriter(uint8_t* memory, const Network& network, const Layer& layer)
      : memory(memory), layer(layer), columns(memory, network, layer) {}

  void beginRows(uint32_t first, uint32_t count) {
    firstRow = first;
    rows = count;
    for (uint32_t row = 0; row < rows; row++) ends[row] = list(row);
  }

  void beginUnits(uint32_t first) { columns.begin(firstRow, rows, first, ends); }

  /** The end of a row's list, for `add`, and its new end after the last `add` of the row. */
  INLINE uint8_t* end(uint32_t row) const { return ends[row]; }
  INLINE void moveEnd(uint32_t row, uint8_t* end) { ends[row] = end; }

  /**
   * As many units as a vector has numbers, from `unit` on: bit k says whether unit + k is not zero. Returns the new end
   * of the row's list.
   */
  INLINE uint8_t* add(uint8_t* end, uint32_t row, uint32_t unit, uint32_t bits) {
    const uint32_t LANES = VECTOR_BYTES / sizeof(T);
    columns.add(row, unit, bits);
    return end + 4 * compress<LANES>(end, countFrom<LANES>(unit) * sizeof(T), bits);
  }

  /** The units before `last` have been added for all rows. */
  void endUnits(uint32_t last) { columns.end(last, ends); }

  void endRows() {
    for (uint32_t row = 0; row < rows; row++) {
      const uint32_t count = static_cast<uint32_t>((ends[row] - list(row)) / 4);
      __builtin_memcpy(memory + layer.rowCounts + (firstRow + row) * 4, &count, 4);
    }
  }

 private:
  uint8_t* memory;
  const Layer& layer;
  Columns<T> columns;
  uint32_t firstRow = 0, rows = 0;
  uint8_t* ends[ROWS_TOGETHER];

  uint8_t* list(uint32_t row) const {
    return memory + layer.rowLists + static_cast<size_t>(firstRow + row) * layer.outputsPadded * 4;
  }
};

}  // namespace
