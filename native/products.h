// The products of src/kernel/assembly/dense-product.ts and sparse-product.ts. Tiles are as large as the registers of
// the instruction set allow, so that a loaded line serves as many rows as possible.
#pragma once
#include "lines.h"

namespace {

// Accumulators, lines and one spread number fill 16 registers with AVX2 and 32 with AVX-512 and NEON.
/** Rows, or units of a gradient, of a dense tile; a multiple of 2. */
const int TILE_ROWS = 6;
/** Lines of a dense tile. */
const int TILE_LINES = VECTOR_BYTES == 64 ? 4 : 1;
/** Lines that one pass over a list serves. */
const int LISTED_LINES = VECTOR_BYTES == 16 ? 2 : 4;
/** Bytes of lines that a pass over lists goes through again and again: half of the nearest cache. */
const size_t LISTED_BYTES = 16384;
/** Rows that share a block of lines while it is in that cache. */
const uint32_t LISTED_ROWS = 32;
/** So few rows use too little of a block for all of it to be fetched. */
const uint32_t FEW_ROWS = 4;

/** Lines that stand `step` bytes apart. */
template <typename T, int LINES> struct Sums {
  typename Vector<T>::type at[LINES * VECTORS];

  INLINE void clear() {
    for (int k = 0; k < LINES * VECTORS; k++) at[k] = typename Vector<T>::type{};
  }
  INLINE void load(const uint8_t* from, size_t step) {
    for (int line = 0; line < LINES; line++)
      for (int k = 0; k < VECTORS; k++) at[line * VECTORS + k] = ::load<T>(from + line * step + k * VECTOR_BYTES);
  }
  INLINE void store(uint8_t* to, size_t step) const {
    for (int line = 0; line < LINES; line++)
      for (int k = 0; k < VECTORS; k++) ::store<T>(to + line * step + k * VECTOR_BYTES, at[line * VECTORS + k]);
  }
  INLINE void multiply(const uint8_t* by, size_t step) {
    for (int line = 0; line < LINES; line++)
      for (int k = 0; k < VECTORS; k++) at[line * VECTORS + k] *= ::load<T>(by + line * step + k * VECTOR_BYTES);
  }
  /** Adds a number times lines. */
  INLINE void add(typename Vector<T>::type factor, const Sums& lines) {
    for (int k = 0; k < LINES * VECTORS; k++) at[k] += factor * lines.at[k];
  }
  INLINE void add(typename Vector<T>::type factor, const uint8_t* lines, size_t step) {
    for (int line = 0; line < LINES; line++)
      for (int k = 0; k < VECTORS; k++)
        at[line * VECTORS + k] += factor * ::load<T>(lines + line * step + k * VECTOR_BYTES);
  }
};

/** A matrix of values: one row after another, `stride` bytes apart. */
struct Source {
  const uint8_t* at;
  size_t stride;
};
struct Target {
  uint8_t* at;
  size_t stride;
};
/** Panels of lines, `bytes` apart. */
struct Panels {
  const uint8_t* at;
  size_t bytes;
};

template <typename T, int ROWS, int LINES>
INLINE void multiplyTile(Source source, Panels panels, Target target, size_t terms, bool scaled) {
  Sums<T, LINES> sums[ROWS];
  for (int row = 0; row < ROWS; row++) sums[row].clear();
  const uint8_t* x = source.at;
  const uint8_t* line = panels.at;
  for (size_t term = 0; term < terms; term++) {
    Sums<T, LINES> lines;
    lines.load(line, panels.bytes);
#pragma GCC unroll 16
    for (int row = 0; row < ROWS; row++) sums[row].add(inAllLanes<T>(x + row * source.stride), lines);
    x += sizeof(T);
    line += LINE;
  }
  for (int row = 0; row < ROWS; row++) {
    uint8_t* to = target.at + row * target.stride;
    if (scaled) sums[row].multiply(to, LINE);
    sums[row].store(to, LINE);
  }
}

template <typename T, int LINES>
void multiplyRows(Source source, Panels panels, Target target, uint32_t rows, size_t terms, bool scaled) {
  uint32_t row = 0;
  const auto from = [&] { return Source{source.at + row * source.stride, source.stride}; };
  const auto to = [&] { return Target{target.at + row * target.stride, target.stride}; };
  for (; row + TILE_ROWS <= rows; row += TILE_ROWS)
    multiplyTile<T, TILE_ROWS, LINES>(from(), panels, to(), terms, scaled);
  if (row + 4 <= rows) {
    multiplyTile<T, 4, LINES>(from(), panels, to(), terms, scaled);
    row += 4;
  }
  if (row < rows) multiplyTile<T, 2, LINES>(from(), panels, to(), terms, scaled);
}

/** As multiplyAll of the WebAssembly kernel: `rows` is even. */
template <typename T>
void multiplyAll(
    Source source, Panels panels, Target target, uint32_t rows, uint32_t count, size_t terms, bool scaled) {
  uint32_t panel = 0;
  const auto some = [&] { return Panels{panels.at + panel * panels.bytes, panels.bytes}; };
  const auto to = [&] { return Target{target.at + panel * LINE, target.stride}; };
  for (; panel + TILE_LINES <= count; panel += TILE_LINES)
    multiplyRows<T, TILE_LINES>(source, some(), to(), rows, terms, scaled);
  for (; panel < count; panel++) multiplyRows<T, 1>(source, some(), to(), rows, terms, scaled);
}

/** What is left of a list: addresses of its next entry and of its end. */
struct Entries {
  const uint8_t* next;
  const uint8_t* end;
};

/** Lists of the rows' units that are not zero. */
struct RowLists {
  const uint8_t* at;
  size_t stride;
  const uint8_t* counts;

  INLINE Entries entries(uint32_t row) const {
    const uint8_t* list = at + row * stride;
    return {list, list + static_cast<size_t>(word(counts + row * 4)) * 4};
  }
};

inline RowLists rowLists(const uint8_t* memory, const Layer& layer) {
  return {memory + layer.rowLists, static_cast<size_t>(layer.outputsPadded) * 4, memory + layer.rowCounts};
}

/** Adds the products of the entries below `limit`, whose lines stand at `lines` + offset * `spread`. */
template <typename T, int LINES>
INLINE void addListed(
    Sums<T, LINES>& sums, Entries& entries, size_t limit, const uint8_t* x, const uint8_t* lines, size_t spread,
    size_t step) {
  const uint8_t* entry = entries.next;
  for (; entry < entries.end; entry += 4) {
    const size_t offset = word(entry);
    if (offset >= limit) break;
    sums.add(inAllLanes<T>(x + offset), lines + offset * spread, step);
  }
  entries.next = entry;
}

/** Up to LISTED_ROWS rows: units pass by in blocks, so that a block's lines stay in the nearest cache for all rows. */
template <typename T, int LINES>
void multiplyListedRows(
    Source source, RowLists lists, Panels panels, Target target, uint32_t rows, size_t units, bool scaled) {
  const size_t blockBytes = LISTED_BYTES / (LINES * LINE) * sizeof(T), unitBytes = units * sizeof(T);
  Entries left[LISTED_ROWS];
  Sums<T, LINES> partial[LISTED_ROWS];
  for (uint32_t row = 0; row < rows; row++) {
    left[row] = lists.entries(row);
    partial[row].clear();
  }
  for (size_t limit = blockBytes; limit - blockBytes < unitBytes; limit += blockBytes) {
    // Lists skip lines, which the processor does not foresee.
    if (rows > FEW_ROWS) {
      const size_t from = (limit - blockBytes) * width<T>(), rest = unitBytes * width<T>() - from;
      const size_t lines = rest < blockBytes * width<T>() ? rest : blockBytes * width<T>();
      for (int line = 0; line < LINES; line++)
        for (size_t at = 0; at < lines; at += LINE) __builtin_prefetch(panels.at + line * panels.bytes + from + at);
    }
    for (uint32_t row = 0; row < rows; row++) {
      Sums<T, LINES> sums = partial[row];
      addListed(sums, left[row], limit, source.at + row * source.stride, panels.at, width<T>(), panels.bytes);
      partial[row] = sums;
    }
  }
  for (uint32_t row = 0; row < rows; row++) {
    uint8_t* to = target.at + row * target.stride;
    if (scaled) partial[row].multiply(to, LINE);
    partial[row].store(to, LINE);
  }
}

/** As multiplyListed of the WebAssembly kernel; rows of `source` have `units` numbers. */
template <typename T>
void multiplyListed(
    Source source, RowLists lists, Panels panels, Target target, uint32_t rows, uint32_t count, size_t units,
    bool scaled) {
  // All rows take one panel before the next: the panel then stays in the second cache.
  const auto multiply = [&](auto lines, uint32_t panel) {
    const Panels by = {panels.at + panel * panels.bytes, panels.bytes};
    for (uint32_t row = 0; row < rows; row += LISTED_ROWS) {
      const uint32_t few = rows - row < LISTED_ROWS ? rows - row : LISTED_ROWS;
      multiplyListedRows<T, decltype(lines)::value>(
          {source.at + row * source.stride, source.stride},
          {lists.at + row * lists.stride, lists.stride, lists.counts + row * 4}, by,
          {target.at + row * target.stride + panel * LINE, target.stride}, few, units, scaled);
    }
  };
  uint32_t panel = 0;
  for (; panel + LISTED_LINES <= count; panel += LISTED_LINES)
    multiply(std::integral_constant<int, LISTED_LINES>{}, panel);
  for (; panel < count; panel++) multiply(std::integral_constant<int, 1>{}, panel);
}

}  // namespace
