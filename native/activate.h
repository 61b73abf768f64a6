// Rectified units in training: src/kernel/assembly/activate.ts with relu, for whole vectors of units at a time.
#pragma once
#include "lines.h"
#include "random.h"

namespace {

/** The lists of a row's units that are not zero, and of a unit's rows, while they are made. */
class ListWriter {
 public:
  ListWriter(uint8_t* memory, const Network& network, const Layer& layer)
      : memory(memory), layer(layer), stride(network.stride) {
    if (layer.listed == 0) return;
    for (uint32_t unit = 0; unit < layer.outputsPadded; unit++)
      setWord(layer.columnEnds + unit * 4, layer.columnLists + unit * network.blockRows * 4);
  }

  void beginRow(uint32_t row) {
    first = memory + layer.rowLists + static_cast<size_t>(row) * layer.outputsPadded * 4;
    end = first;
  }

  /** Writes an offset always and keeps it where `isPresent`: a branch would be guessed wrong too often. */
  void add(uint32_t offset, bool isPresent) {
    __builtin_memcpy(end, &offset, 4);
    end += isPresent ? 4 : 0;
  }

  template <typename T> void endRow(uint32_t row) {
    setWord(layer.rowCounts + row * 4, static_cast<uint32_t>((end - first) / 4));
    for (const uint8_t* entry = first; entry < end; entry += 4) {
      const uint32_t place = layer.columnEnds + word(entry) / sizeof(T) * 4;
      const uint32_t last = word(memory + place);
      setWord(last, row * stride);
      setWord(place, last + 4);
    }
  }

 private:
  uint8_t* memory;
  const Layer& layer;
  const uint32_t stride;
  uint8_t* first = nullptr;
  uint8_t* end = nullptr;

  void setWord(uint32_t address, uint32_t value) { __builtin_memcpy(memory + address, &value, 4); }
};

/** LANES units from `unit` on, whose sums stand at `values`. */
template <typename T, int LANES, bool DROPS>
INLINE void activateUnits(
    const Layer& layer, const uint8_t* memory, uint32_t unit, uint64_t key, uint8_t* values, uint8_t* slopes,
    ListWriter& lists) {
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
  if (layer.listed == 0) return;
  const Mask isPresent = given != 0;
  for (int lane = 0; lane < LANES; lane++)
    lists.add(static_cast<uint32_t>(at + lane * sizeof(T)), isPresent[lane] != 0);
}

template <typename T, bool DROPS> void activateRows(const Call& call) {
  const Network& network = *call.network;
  const Layer& layer = layerAt(network, call.index);
  const int LANES = VECTOR_BYTES / sizeof(T);
  // What pads a line behind the last group of four units needs no work.
  const uint32_t units = (layer.outputs + 3) & ~3u;
  const uint64_t layerKey = keyWithin(network.maskKey, call.index + 1);
  ListWriter lists(call.memory, network, layer);
  for (uint32_t row = 0; row < call.rows; row++) {
    const uint64_t key = keyWithin(layerKey, call.firstSample + row);
    uint8_t* values = call.memory + layer.values + static_cast<size_t>(row) * network.stride;
    uint8_t* slopes = call.memory + layer.slopes + static_cast<size_t>(row) * network.stride;
    if (layer.listed != 0) lists.beginRow(row);
    uint32_t unit = 0;
    for (; unit + LANES <= units; unit += LANES)
      activateUnits<T, LANES, DROPS>(layer, call.memory, unit, key, values, slopes, lists);
    for (; unit < units; unit += 4)
      activateUnits<T, 4, DROPS>(layer, call.memory, unit, key, values, slopes, lists);
    if (layer.listed != 0) lists.endRow<T>(row);
  }
}

}  // namespace
