// Rectified units in training: src/kernel/assembly/activate.ts with relu, for whole vectors of units at a time.
#pragma once
#include "list-writer.h"
#include "random.h"

namespace {

/** LANES units from `unit` on, whose sums stand at `values`: the bits of those that are not zero. */
template <typename T, int LANES, bool DROPS>
INLINE uint32_t activateUnits(
    const Layer& layer, const uint8_t* memory, uint32_t unit, uint64_t key, uint8_t* values, uint8_t* slopes) {
  typedef T Numbers __attribute__((vector_size(LANES * sizeof(T))));
  typedef decltype(Numbers{} < Numbers{}) Mask;
  const size_t at = unit * sizeof(T);
  Numbers sum, bias;
  Mask factor;
  __builtin_memcpy(&sum, values + at, sizeof sum);
  __builtin_memcpy(&bias, memory + layer.bias + at, sizeof bias);
  __builtin_memcpy(&factor, memory + layer.trainingFactors + at, sizeof factor);
  if (DROPS) factor &= __builtin_convertvector(draw<LANES>(unit, key) >= layer.threshold, Mask);
  sum += bias;
  // NaN is not below 0 and stays.
  const Numbers value = sum < 0 ? Numbers{} : sum;
  const Numbers given = value * reinterpret_cast<Numbers>(factor);
  const Mask slope = (value > 0) & factor;
  __builtin_memcpy(values + at, &given, sizeof given);
  __builtin_memcpy(slopes + at, &slope, sizeof slope);
  return presentBits<LANES>(given);
}

/** The units before `last` of a vector of units from `unit` on; `last` is a multiple of four. */
template <typename T, bool DROPS>
INLINE uint32_t activateVector(
    const Layer& layer, const uint8_t* memory, uint32_t unit, uint32_t last, uint64_t key, uint8_t* values,
    uint8_t* slopes) {
  const uint32_t LANES = VECTOR_BYTES / sizeof(T);
  if (unit + LANES <= last) return activateUnits<T, LANES, DROPS>(layer, memory, unit, key, values, slopes);
  uint32_t bits = 0;
  for (uint32_t k = 0; unit + k < last; k += 4)
    bits |= activateUnits<T, 4, DROPS>(layer, memory, unit + k, key, values, slopes) << k;
  return bits;
}

template <typename T, bool DROPS, bool LISTED> void activateRows(const Call& call) {
  const Network& network = *call.network;
  const Layer& layer = layerAt(network, call.index);
  // What pads a line behind the last group of four units needs no work.
  const uint32_t units = (layer.outputs + 3) & ~3u;
  const uint64_t layerKey = keyWithin(network.maskKey, call.index + 1);
  ListWriter<T> lists(call.memory, network, layer);
  for (uint32_t first = 0; first < call.rows; first += ROWS_TOGETHER) {
    const uint32_t rows = call.rows - first < ROWS_TOGETHER ? call.rows - first : ROWS_TOGETHER;
    if (LISTED) lists.beginRows(first, rows);
    for (uint32_t from = 0; from < units; from += UNITS_TOGETHER) {
      const uint32_t last = units - from < UNITS_TOGETHER ? units : from + UNITS_TOGETHER;
      if (LISTED) lists.beginUnits(from);
      for (uint32_t row = 0; row < rows; row++) {
        const uint64_t key = keyWithin(layerKey, call.firstSample + first + row);
        const size_t line = static_cast<size_t>(first + row) * network.stride;
        uint8_t* values = call.memory + layer.values + line;
        uint8_t* slopes = call.memory + layer.slopes + line;
        uint8_t* end = LISTED ? lists.end(row) : nullptr;
        for (uint32_t unit = from; unit < last; unit += VECTOR_BYTES / sizeof(T)) {
          const uint32_t bits = activateVector<T, DROPS>(layer, call.memory, unit, last, key, values, slopes);
          if (LISTED) end = lists.add(end, row, unit, bits);
        }
        if (LISTED) lists.moveEnd(row, end);
      }
      if (LISTED) lists.endUnits(last);
    }
    if (LISTED) lists.endRows();
  }
}

}  // namespace
