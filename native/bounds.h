// Checks that all that a call reads and writes lies within the memory: the records' arrays, and every entry of the
// lists that it follows. A record or list that was spoilt is refused; no pointer leaves the memory.
#pragma once
#include "engine.h"
#include "largest.h"
#include "learn.h"

namespace {

/** Parts of the memory. */
class Ranges {
 public:
  void add(uint64_t from, uint64_t bytes) { parts[count++] = {from, from + bytes}; }

  bool meet(const Ranges& others) const {
    for (int k = 0; k < count; k++)
      for (int j = 0; j < others.count; j++)
        if (parts[k].from < others.parts[j].end && others.parts[j].from < parts[k].end) return true;
    return false;
  }

 private:
  struct Part {
    uint64_t from, end;
  };
  Part parts[5];
  int count = 0;
};

class Bounds {
 public:
  explicit Bounds(const Memory& memory) : memory(memory) {}

  bool allow(uint32_t operation, const Call& call) const {
    const Network& network = *call.network;
    const Layer& layer = layerAt(network, call.index);
    const Layer& before = layerBefore(network, call.index);
    const uint64_t bytes = operation & TWICE ? 8 : 4, width = LINE / bytes;
    const uint64_t weights = static_cast<uint64_t>(layer.inputsPadded) * layer.outputsPadded * bytes;
    const uint64_t evenRows = (static_cast<uint64_t>(call.rows) + 1) & ~1ull;
    if (call.rows == 0 || layer.inputsPadded % width != 0 || layer.outputsPadded % width != 0) return false;
    if (layer.inputs > layer.inputsPadded || layer.outputs > layer.outputsPadded) return false;
    if (before.outputsPadded != layer.inputsPadded) return false;
    const uint64_t inputBytes = layer.inputsPadded * bytes, outputBytes = layer.outputsPadded * bytes;
    const auto values = [&](uint32_t address, uint64_t rowBytes) {
      return rows(address, evenRows, network.stride, rowBytes);
    };
    // What is followed during the call must not change: its check would be worth nothing.
    Ranges written, followed;
    followed.add(reinterpret_cast<const uint8_t*>(&network) - memory.at, recordBytes(network));
    const auto writtenValues = [&](uint32_t address, uint64_t rowBytes) {
      written.add(address, (evenRows - 1) * network.stride + rowBytes);
      return values(address, rowBytes);
    };
    const auto writtenLines = [&](uint32_t address) {
      written.add(address, weights);
      return lines(address, weights);
    };
    switch (operation & WHAT) {
      case SUMS:
        return lines(layer.weights, weights) && writtenValues(layer.values, outputBytes) &&
               rows(call.inputs, evenRows, call.inputStride, inputBytes) && !written.meet(followed);
      case SUMS_LISTED:
        return lines(layer.weights, weights) && writtenValues(layer.values, outputBytes) &&
               rows(call.inputs, call.rows, call.inputStride, inputBytes) &&
               rowLists(before, call.rows, bytes, followed) && !written.meet(followed);
      case PROPAGATE:
        return lines(layer.twin, weights) && writtenValues(before.slopes, inputBytes) &&
               values(layer.slopes, outputBytes) &&
               (layer.listed == 0 || rowLists(layer, call.rows, bytes, followed)) && !written.meet(followed);
      case ACTIVATE:
        return lines(layer.bias, outputBytes) && lines(layer.trainingFactors, outputBytes) &&
               writtenValues(layer.values, outputBytes) && writtenValues(layer.slopes, outputBytes) &&
               (layer.listed == 0 || madeLists(layer, network, call.rows, written, followed)) &&
               !written.meet(followed);
      case ANSWER:
        return lines(layer.bias, outputBytes) && writtenValues(layer.values, outputBytes) &&
               (call.labels == 0 || labels(call, bytes, written, followed)) && !written.meet(followed);
      case LEARN: {
        const bool whole = (operation & (IS_FIRST | IS_LAST)) == (IS_FIRST | IS_LAST);
        const bool steps = (operation & IS_LAST) != 0;
        if (!values(before.values, inputBytes) || !values(layer.slopes, outputBytes)) return false;
        if (!whole && !writtenLines(layer.gradient)) return false;
        if (steps && !(writtenLines(layer.weights) && writtenLines(layer.first))) return false;
        if (steps && layer.twin != 0 && !writtenLines(layer.twin)) return false;
        if (steps && network.optimizer >= ADAM && !writtenLines(layer.second)) return false;
        return (layer.gradientBy == BY_ALL || gradientLists(layer, before, network, call.rows, bytes, followed)) &&
               !written.meet(followed);
      }
      default:
        return false;
    }
  }

 private:
  const Memory memory;

  bool holds(uint64_t address, uint64_t bytes) const { return ::holds(memory, address, bytes); }

  /** Steps read numbers of these arrays by typed pointers, which must be aligned. */
  bool lines(uint64_t address, uint64_t bytes) const { return address % LINE == 0 && holds(address, bytes); }

  bool rows(uint64_t address, uint64_t count, uint64_t stride, uint64_t bytes) const {
    return bytes <= stride && holds(address, (count - 1) * stride + bytes);
  }

  uint32_t wordAt(uint64_t address) const { return word(memory.at + address); }

  bool rowLists(const Layer& layer, uint32_t count, uint64_t bytes, Ranges& followed) const {
    const uint64_t units = layer.outputsPadded;
    followed.add(layer.rowCounts, count * 4ull);
    followed.add(layer.rowLists, count * units * 4);
    if (units == 0 || !holds(layer.rowCounts, count * 4ull) || !holds(layer.rowLists, count * units * 4)) return false;
    Largest entry;
    for (uint64_t row = 0; row < count; row++) {
      const uint32_t listed = wordAt(layer.rowCounts + row * 4);
      if (listed > units) return false;
      entry.add(memory.at + layer.rowLists + row * units * 4, listed);
    }
    return entry.found() <= (units - 1) * bytes;
  }

  /** Room for lists that a call makes. It follows the rows' lists, and the ends of the units' lists, as it goes. */
  bool madeLists(
      const Layer& layer, const Network& network, uint64_t count, Ranges& written, Ranges& followed) const {
    const uint64_t units = layer.outputsPadded, columnBytes = units * network.blockRows * 4;
    if (units == 0 || count > network.blockRows) return false;
    Ranges rowLists, ends;
    rowLists.add(layer.rowLists, count * units * 4);
    ends.add(layer.columnEnds, units * 4);
    if (rowLists.meet(followed) || ends.meet(followed) || rowLists.meet(ends)) return false;
    followed.add(layer.rowLists, count * units * 4);
    followed.add(layer.columnEnds, units * 4);
    written.add(layer.rowCounts, count * 4);
    written.add(layer.columnLists, columnBytes);
    return holds(layer.rowCounts, count * 4) && holds(layer.columnLists, columnBytes) &&
           holds(layer.rowLists, count * units * 4) && holds(layer.columnEnds, units * 4);
  }

  /** Labels that are classes of the layer, and room for a loss a row. */
  bool labels(const Call& call, uint64_t bytes, Ranges& written, Ranges& followed) const {
    const uint64_t labelBytes = call.network->labelWidth * bytes, rows = call.rows;
    if (labelBytes == 0 || call.labels % bytes != 0 || !holds(call.labels, rows * labelBytes)) return false;
    followed.add(call.labels, rows * labelBytes);
    written.add(call.network->scratch, rows * sizeof(double));
    if (!holds(call.network->scratch, rows * sizeof(double))) return false;
    const double classes = layerAt(*call.network, call.index).outputs;
    const uint8_t* label = memory.at + call.labels;
    bool areClasses = true;
    for (uint64_t row = 0; row < rows; row++, label += labelBytes) {
      const double own = bytes == 8 ? number<double>(label) : static_cast<double>(number<float>(label));
      areClasses &= own >= 0 && own < classes;
    }
    return areClasses;
  }

  /** The lists that the gradient goes by: those of units for several lines together, those of rows for the rest. */
  bool gradientLists(
      const Layer& layer, const Layer& before, const Network& network, uint64_t count, uint64_t bytes,
      Ranges& followed) const {
    const bool byOutputs = layer.gradientBy == BY_OUTPUTS;
    const Layer& lists = byOutputs ? layer : before;
    const uint32_t units = byOutputs ? layer.outputsPadded : (layer.inputs + 1) & ~1u;
    const uint64_t panels = (byOutputs ? layer.inputsPadded : layer.outputsPadded) * bytes / LINE;
    return (panels < LISTED_LINES || columnLists(lists, network, units, count, followed)) &&
           (panels % LISTED_LINES == 0 || (count <= MAX_BLOCK_ROWS && rowLists(lists, count, bytes, followed)));
  }

  bool columnLists(
      const Layer& layer, const Network& network, uint64_t units, uint64_t count, Ranges& followed) const {
    const uint64_t listBytes = network.blockRows * 4ull;
    followed.add(layer.columnEnds, units * 4);
    followed.add(layer.columnLists, units * listBytes);
    if (!holds(layer.columnEnds, units * 4) || !holds(layer.columnLists, units * listBytes)) return false;
    Largest entry;
    for (uint64_t unit = 0; unit < units; unit++) {
      const uint64_t from = layer.columnLists + unit * listBytes, end = wordAt(layer.columnEnds + unit * 4);
      if (end < from || end > from + listBytes || (end - from) % 4 != 0) return false;
      entry.add(memory.at + from, (end - from) / 4);
    }
    return entry.found() <= (count - 1) * network.stride;
  }
};

}  // namespace
