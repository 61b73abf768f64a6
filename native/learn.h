// The gradient of a layer's weights and the step, tile by tile, as in src/kernel/assembly/learn.ts: a tile of gradient
// is made, used while it is in the nearest cache, and written out only where a batch has several blocks.
#pragma once
#include <string.h>

#include "optimizer.h"
#include "products.h"
#include "transpose.h"

namespace {

/** Units of a tile: a multiple of a tile's rows and of the numbers in a line. */
const uint32_t TILE_UNITS = 96;
/** Units of a tile of one line that is made by the lists of rows: a multiple of the numbers in a line. */
const uint32_t TILE_UNITS_BY_ROWS = 256;
/** Rows of a block, as in src/kernel/memory-plan.ts. */
const uint32_t MAX_BLOCK_ROWS = 256;

/** One array a line: `at` is that of the first line, `bytes` the way to the next one's. */
struct Tiles {
  uint8_t* at;
  size_t bytes;
};

template <typename T, int UNITS, int LINES>
INLINE void gradientTile(
    const uint8_t* left, const uint8_t* right, size_t stride, uint32_t rows, Tiles tiles, bool resumed) {
  Sums<T, LINES> sums[UNITS];
  for (int unit = 0; unit < UNITS; unit++) {
    if (resumed) sums[unit].load(tiles.at + unit * LINE, tiles.bytes);
    else sums[unit].clear();
  }
  for (uint32_t row = 0; row < rows; row++) {
    Sums<T, LINES> lines;
    lines.load(right, LINE);
#pragma GCC unroll 16
    for (int unit = 0; unit < UNITS; unit++) sums[unit].add(inAllLanes<T>(left + unit * sizeof(T)), lines);
    left += stride;
    right += stride;
  }
  for (int unit = 0; unit < UNITS; unit++) sums[unit].store(tiles.at + unit * LINE, tiles.bytes);
}

/** As gradientAll of the WebAssembly kernel, LINES lines of `right` at a time: `units` is even. */
template <typename T, int LINES>
void gradientAll(
    const uint8_t* left, const uint8_t* right, size_t stride, uint32_t rows, uint32_t units, Tiles tiles,
    bool resumed) {
  uint32_t unit = 0;
  const auto from = [&] { return left + unit * sizeof(T); };
  const auto to = [&] { return Tiles{tiles.at + unit * LINE, tiles.bytes}; };
  for (; unit + TILE_ROWS <= units; unit += TILE_ROWS)
    gradientTile<T, TILE_ROWS, LINES>(from(), right, stride, rows, to(), resumed);
  if (unit + 4 <= units) {
    gradientTile<T, 4, LINES>(from(), right, stride, rows, to(), resumed);
    unit += 4;
  }
  if (unit < units) gradientTile<T, 2, LINES>(from(), right, stride, rows, to(), resumed);
}

/** Lists of the rows in which a unit is not zero; `ends` are addresses in `memory`. */
struct ColumnLists {
  const uint8_t* memory;
  const uint8_t* at;
  size_t stride;
  const uint8_t* ends;
};

/**
 * As gradientListed of the WebAssembly kernel, LINES lines of `right` at a time: up to TILE_UNITS units. Rows pass by
 * in blocks, so that a block's lines stay in the nearest cache for all units.
 */
template <typename T, int LINES>
void gradientListed(
    const uint8_t* left, ColumnLists lists, const uint8_t* right, size_t stride, uint32_t rows, uint32_t units,
    Tiles tiles, bool resumed) {
  const size_t blockBytes = LISTED_BYTES / (LINES * LINE) * stride, rowBytes = rows * stride;
  Entries entries[TILE_UNITS];
  for (uint32_t unit = 0; unit < units; unit++)
    entries[unit] = {lists.at + unit * lists.stride, lists.memory + word(lists.ends + unit * 4)};
  for (size_t limit = blockBytes; limit - blockBytes < rowBytes; limit += blockBytes) {
    const bool goesOn = resumed || limit > blockBytes;
    for (uint32_t unit = 0; unit < units; unit++) {
      uint8_t* tile = tiles.at + unit * LINE;
      Sums<T, LINES> sums;
      if (goesOn) sums.load(tile, tiles.bytes);
      else sums.clear();
      addListed(sums, entries[unit], limit, left + unit * sizeof(T), right, 1, LINE);
      sums.store(tile, tiles.bytes);
    }
  }
}

/**
 * The same gradient for one line and `units` units from `from` on, by the lists of rows, which `next` has followed so
 * far. They are fewer than those of units and stand closer together.
 */
template <typename T>
void gradientByRows(
    const uint8_t* left, Entries* next, const uint8_t* right, size_t stride, uint32_t rows, uint32_t from,
    uint32_t units, uint8_t* tile, bool resumed) {
  if (!resumed) memset(tile, 0, units * LINE);
  const uint32_t first = from * sizeof(T), bytes = units * sizeof(T);
  for (uint32_t row = 0; row < rows; row++) {
    Sums<T, 1> line;
    line.load(right, LINE);
    const uint8_t* entry = next[row].next;
    for (const uint8_t* end = next[row].end; entry < end; entry += 4) {
      const uint32_t offset = word(entry), place = offset - first;
      if (place >= bytes) break;
      uint8_t* at = tile + place / sizeof(T) * LINE;
      Sums<T, 1> sums;
      sums.load(at, LINE);
      sums.add(inAllLanes<T>(left + offset), line);
      sums.store(at, LINE);
    }
    next[row].next = entry;
    left += stride;
    right += stride;
  }
}

/** What `learn` works on. */
struct Lesson {
  uint8_t* memory;
  const Network& network;
  const Layer& before;
  const Layer& layer;
  uint32_t rows;
  bool isFirst, isLast;
};

template <typename T> Step<T> stepAt(const Lesson& lesson, size_t place, const uint8_t* gradient, size_t count) {
  const auto array = [&](uint32_t address) { return reinterpret_cast<T*>(lesson.memory + address + place); };
  const Layer& layer = lesson.layer;
  return {array(layer.weights), reinterpret_cast<const T*>(gradient), array(layer.first), array(layer.second), count};
}

/** The step of `units` inputs of one panel of outputs, and its copy to the twin. */
template <typename T>
void stepTile(const Lesson& lesson, uint32_t panel, uint32_t from, uint32_t units, const uint8_t* tile) {
  const Layer& layer = lesson.layer;
  const size_t place = (static_cast<size_t>(panel) * layer.inputsPadded + from) * LINE;
  const size_t count = static_cast<size_t>(units) * width<T>();
  takeStep<T>(lesson.network, stepAt<T>(lesson, place, tile, count), layer.weightRate);
  if (layer.twin == 0) return;
  const size_t square = width<T>() * LINE, twinPanel = static_cast<size_t>(layer.outputsPadded) * LINE;
  uint8_t* target = lesson.memory + layer.twin + from / width<T>() * twinPanel + panel * square;
  for (size_t at = 0; at < units * LINE; at += square, target += twinPanel)
    transpose<T>(lesson.memory + layer.weights + place + at, target);
}

/** The step of `units` outputs of one panel of inputs, whose gradient is transposed. */
template <typename T>
void stepSquares(const Lesson& lesson, uint32_t inputPanel, uint32_t from, uint32_t units, const uint8_t* tile) {
  const Layer& layer = lesson.layer;
  const size_t square = width<T>() * LINE;
  alignas(64) uint8_t turned[width<T>() * LINE];
  for (uint32_t unit = 0; unit < units; unit += width<T>()) {
    const size_t outputPanel = (from + unit) / width<T>();
    const size_t place = outputPanel * layer.inputsPadded * LINE + inputPanel * square;
    transpose<T>(tile + unit * LINE, turned);
    takeStep<T>(lesson.network, stepAt<T>(lesson, place, turned, width<T>() * width<T>()), layer.weightRate);
    if (layer.twin == 0) continue;
    uint8_t* twin = lesson.memory + layer.twin + static_cast<size_t>(inputPanel) * layer.outputsPadded * LINE;
    transpose<T>(lesson.memory + layer.weights + place, twin + outputPanel * square);
  }
}

/** LINES panels from `panel` on. */
template <typename T, int LINES> void learnPanels(const Lesson& lesson, uint32_t panel) {
  const Network& network = lesson.network;
  const Layer& layer = lesson.layer;
  uint8_t* memory = lesson.memory;
  const size_t stride = network.stride, listStride = static_cast<size_t>(network.blockRows) * 4;
  const bool byOutputs = layer.gradientBy == BY_OUTPUTS, resumed = !lesson.isFirst;
  const bool whole = lesson.isFirst && lesson.isLast;
  const uint32_t allUnits = byOutputs ? layer.outputsPadded : (layer.inputs + 1) & ~1u;
  const size_t panelBytes = static_cast<size_t>(byOutputs ? layer.outputsPadded : layer.inputsPadded) * LINE;
  const uint8_t* left = memory + (byOutputs ? layer.slopes : lesson.before.values);
  const uint8_t* right = memory + (byOutputs ? lesson.before.values : layer.slopes) + panel * LINE;
  const Layer& lists = byOutputs ? layer : lesson.before;
  const bool byRows = LINES == 1 && layer.gradientBy != BY_ALL;
  const uint32_t tileUnits = byRows ? TILE_UNITS_BY_ROWS : TILE_UNITS;
  alignas(64) uint8_t scratch[(LINES == 1 ? TILE_UNITS_BY_ROWS : LINES * TILE_UNITS) * LINE];
  Entries next[LINES == 1 ? MAX_BLOCK_ROWS : 1];
  if (byRows)
    for (uint32_t row = 0; row < lesson.rows; row++) next[row] = rowLists(memory, lists).entries(row);
  for (uint32_t from = 0; from < allUnits; from += tileUnits) {
    const uint32_t units = allUnits - from < tileUnits ? allUnits - from : tileUnits;
    const Tiles tiles = whole ? Tiles{scratch, tileUnits * LINE}
                              : Tiles{memory + layer.gradient + panel * panelBytes + from * LINE, panelBytes};
    const uint8_t* some = left + from * sizeof(T);
    if (layer.gradientBy == BY_ALL) {
      gradientAll<T, LINES>(some, right, stride, lesson.rows, units, tiles, resumed);
    } else if (byRows) {
      gradientByRows<T>(left, next, right, stride, lesson.rows, from, units, tiles.at, resumed);
    } else {
      const ColumnLists columns = {
          memory, memory + lists.columnLists + from * listStride, listStride, memory + lists.columnEnds + from * 4};
      gradientListed<T, LINES>(some, columns, right, stride, lesson.rows, units, tiles, resumed);
    }
    if (!lesson.isLast) continue;
    for (int line = 0; line < LINES; line++) {
      const uint8_t* tile = tiles.at + line * tiles.bytes;
      if (byOutputs) stepSquares<T>(lesson, panel + line, from, units, tile);
      else stepTile<T>(lesson, panel + line, from, units, tile);
    }
  }
}

template <typename T> void learnWeights(const Lesson& lesson) {
  const Layer& layer = lesson.layer;
  const uint32_t padded = layer.gradientBy == BY_OUTPUTS ? layer.inputsPadded : layer.outputsPadded;
  const uint32_t panels = padded / width<T>();
  uint32_t panel = 0;
  if (layer.gradientBy == BY_ALL) {
    for (; panel + TILE_LINES <= panels; panel += TILE_LINES) learnPanels<T, TILE_LINES>(lesson, panel);
  } else {
    for (; panel + LISTED_LINES <= panels; panel += LISTED_LINES) learnPanels<T, LISTED_LINES>(lesson, panel);
  }
  for (; panel < panels; panel++) learnPanels<T, 1>(lesson, panel);
}

}  // namespace
