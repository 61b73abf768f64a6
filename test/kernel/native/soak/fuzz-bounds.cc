// Runs the native kernel on networks that were made up at random, in memory that the address sanitizer watches:
//
//     fuzz-bounds SEED COUNT
//
// First each network is sound: every call must be allowed and stay within the arrays of its layer, which have poisoned
// gaps between them. Then words of its records and lists are spoilt: a call must be refused or stay within the memory.
// The sanitizer ends the program at the first read or write elsewhere.
#include <sanitizer/asan_interface.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <algorithm>
#include <random>
#include <vector>

#include "engine.h"

#if defined(__x86_64__)
extern const Engine avx2, avx512;
#else
extern const Engine neon;
#endif

namespace {

struct Array {
  uint64_t address, bytes;
};

std::mt19937_64 generator;

uint32_t below(uint32_t limit) { return static_cast<uint32_t>(generator() % limit); }
bool chance(uint32_t percent) { return below(100) < percent; }

/** A network of one to three layers with its records, weights, values and lists in memory of exactly its size. */
class Specimen {
 public:
  Specimen() {
    twice = chance(50);
    layers = 1 + below(3);
    rows = 1 + below(chance(20) ? 90 : 9);
    blockRows = rows + below(4);
    const uint32_t bytes = numberBytes(), width = LINE / bytes;
    uint32_t widest = 0;
    for (uint32_t l = 0; l <= layers; l++) {
      units[l] = 1 + below(chance(5) ? 600 : 110);
      padded[l] = (units[l] + width - 1) / width * width;
      widest = padded[l] > widest ? padded[l] : widest;
    }
    stride = widest * bytes + LINE * below(2);
    network = take(sizeof(Network) + (layers + 1) * sizeof(Layer));
    for (uint32_t l = 0; l <= layers; l++) plan(l);
    labelWidth = 1 + below(3);
    labels = take(static_cast<uint64_t>(rows) * labelWidth * bytes);
    scratch = take(rows * sizeof(double));
    length = top;
    memory = static_cast<uint8_t*>(aligned_alloc(LINE, length));
    fill();
  }
  ~Specimen() {
    ASAN_UNPOISON_MEMORY_REGION(memory, length);
    free(memory);
  }
  Specimen(const Specimen&) = delete;

  uint32_t numberBytes() const { return twice ? 8 : 4; }

  void poisonGaps() {
    uint64_t end = 0;
    for (const Array& array : arrays) {
      ASAN_POISON_MEMORY_REGION(memory + end, array.address - end);
      end = array.address + array.bytes;
    }
    ASAN_POISON_MEMORY_REGION(memory + end, length - end);
  }
  void unpoison() { ASAN_UNPOISON_MEMORY_REGION(memory, length); }

  /** A call that this network is made for. */
  Call soundCall(uint32_t& operation) {
    const uint32_t index = below(layers);
    const Layer& before = record[index];
    operation = below(6);
    if (operation == LEARN) operation |= chance(50) ? IS_FIRST | IS_LAST : below(4) * IS_FIRST;
    if (operation == PROPAGATE && index == 0) operation = SUMS;
    uint32_t from = before.values;
    if (operation == ANSWER) from = chance(25) ? 0 : labels;
    if (twice) operation |= TWICE;
    return {memory, reinterpret_cast<Network*>(memory + network), index, rows, {from}, stride};
  }

  /** Changes some words of the records, of lists, or anywhere. */
  void spoil() {
    static const uint32_t edges[] = {0, 1, 2, 3, 15, 16, 17, 63, 64, 0x7fffffff, 0x80000000, 0xffffffc0, 0xffffffff};
    for (uint32_t k = 1 + below(4); k > 0; k--) {
      const bool inRecords = chance(70);
      const uint64_t from = inRecords ? network : 0;
      const uint64_t words = (inRecords ? sizeof(Network) + (layers + 1) * sizeof(Layer) : length) / 4;
      uint8_t* at = memory + from + generator() % words * 4;
      uint32_t value;
      memcpy(&value, at, 4);
      switch (below(4)) {
        case 0:
          value = edges[below(sizeof edges / sizeof *edges)];
          break;
        case 1:
          value += below(129) - 64;
          break;
        case 2:
          value = below(static_cast<uint32_t>(length) + 65);
          break;
        default:
          value ^= 1u << below(32);
      }
      memcpy(at, &value, 4);
    }
  }

  uint8_t* memory;
  uint64_t length;
  uint32_t network, stride, rows, blockRows, layers;
  bool twice;

 private:
  uint64_t top = LINE;
  std::vector<Array> arrays;
  uint32_t units[4], padded[4], labels, labelWidth, scratch;
  Layer record[4];

  /** A sound array of `bytes`, behind a gap of a line. */
  uint32_t take(uint64_t bytes) {
    const uint64_t address = top;
    arrays.push_back({address, bytes});
    top = address + (bytes + LINE - 1) / LINE * LINE + LINE;
    return static_cast<uint32_t>(address);
  }

  void plan(uint32_t l) {
    Layer& layer = record[l];
    memset(&layer, 0, sizeof layer);
    const uint64_t bytes = numberBytes(), evenRows = (rows + 1) & ~1u;
    const uint64_t values = (evenRows - 1) * stride + padded[l] * bytes;
    layer.outputs = units[l];
    layer.outputsPadded = padded[l];
    layer.values = take(values);
    layer.slopes = take(values);
    layer.rowLists = take(static_cast<uint64_t>(rows) * padded[l] * 4);
    layer.rowCounts = take(rows * 4);
    layer.columnLists = take(static_cast<uint64_t>(blockRows) * padded[l] * 4);
    layer.columnEnds = take(padded[l] * 4);
    layer.listed = below(2);
    layer.gradientBy = below(3);
    layer.threshold = chance(50) ? 0 : 0x80000000;
    layer.bias = take(padded[l] * bytes);
    layer.trainingFactors = take(padded[l] * bytes);
    if (l == 0) return;
    layer.inputs = units[l - 1];
    layer.inputsPadded = padded[l - 1];
    const uint64_t weights = static_cast<uint64_t>(padded[l - 1]) * padded[l] * bytes;
    layer.weights = take(weights);
    layer.twin = take(weights);
    layer.gradient = take(weights);
    layer.first = take(weights);
    layer.second = take(weights);
  }

  void fill() {
    memset(memory, 0, length);
    Network& head = *reinterpret_cast<Network*>(memory + network);
    head.layers = layers;
    head.stride = stride;
    head.blockRows = blockRows;
    head.optimizer = below(4);
    head.weightDecay = chance(50) ? 0.01 : 0;
    head.rate = head.stepSize = 0.1;
    head.epsilon = 1e-8;
    head.labelWidth = labelWidth;
    head.scratch = scratch;
    const uint32_t classes = *std::min_element(units + 1, units + layers + 1);
    for (uint32_t row = 0; row < rows; row++) writeNumber(labels + row * labelWidth * numberBytes(), below(classes));
    for (uint32_t l = 0; l <= layers; l++) {
      memcpy(memory + network + sizeof(Network) + l * sizeof(Layer), &record[l], sizeof(Layer));
      for (uint32_t row = 0; row < rows; row++) {
        const uint32_t count = below(padded[l] + 1);
        write(record[l].rowCounts + row * 4, count);
        for (uint32_t k = 0; k < count; k++)
          write(record[l].rowLists + (row * padded[l] + k) * 4, below(padded[l]) * numberBytes());
      }
      for (uint32_t unit = 0; unit < padded[l]; unit++) {
        const uint32_t from = record[l].columnLists + unit * blockRows * 4, count = below(rows + 1);
        write(record[l].columnEnds + unit * 4, from + count * 4);
        for (uint32_t k = 0; k < count; k++) write(from + k * 4, below(rows) * stride);
      }
    }
  }
  void write(uint32_t address, uint32_t value) { memcpy(memory + address, &value, 4); }
  void writeNumber(uint32_t address, double value) {
    const float single = static_cast<float>(value);
    if (twice) memcpy(memory + address, &value, 8);
    else memcpy(memory + address, &single, 4);
  }
};

void run(const Engine& engine, uint32_t operation, const Call& call) {
  const Products& products = operation & TWICE ? engine.twice : engine.single;
  switch (operation & WHAT) {
    case SUMS:
      return products.sums(call);
    case SUMS_LISTED:
      return products.sumsListed(call);
    case PROPAGATE:
      return products.propagate(call);
    case ACTIVATE:
      return products.activate(call);
    case ANSWER:
      return products.answer(call);
    default:
      return products.learn(call, (operation & IS_FIRST) != 0, (operation & IS_LAST) != 0);
  }
}

bool isAllowed(const Engine& engine, const Specimen& specimen, uint32_t operation, const Call& call) {
  const Memory memory = {specimen.memory, specimen.length};
  return networkAt(memory, specimen.network, call.index) != nullptr && engine.allow(memory, operation, call);
}

/** Engines that this processor supports. */
std::vector<const Engine*> supported() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool hasAvx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                         __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                         __builtin_cpu_supports("avx512vl");
  if (hasAvx512) return {&avx512, &avx2};
  return {&avx2};
#else
  return {&neon};
#endif
}

/** Runs one engine on `networks` networks; returns whether it did all as it should. */
bool isSound(const Engine& engine, uint64_t seed, uint64_t networks) {
  uint64_t sound = 0, allowed = 0, refused = 0;
  for (uint64_t k = 0; k < networks; k++) {
    generator.seed(seed + k);
    Specimen specimen;
    uint32_t operation;
    for (uint32_t times = 0; times < 4; times++, sound++) {
      const Call call = specimen.soundCall(operation);
      if (!isAllowed(engine, specimen, operation, call)) {
        printf("%s, network %llu: a sound call was refused\n", engine.name, static_cast<unsigned long long>(k));
        return false;
      }
      specimen.poisonGaps();
      run(engine, operation, call);
      specimen.unpoison();
    }
    for (uint32_t times = 0; times < 8; times++) {
      specimen.spoil();
      Call call = specimen.soundCall(operation);
      if (chance(20)) call.rows = below(128);
      if (chance(20)) call.inputs = below(static_cast<uint32_t>(specimen.length) + 65);
      if (chance(20)) call.inputStride = chance(50) ? ~0u : below(1024);
      if (chance(20)) operation = below(64);
      if (!isAllowed(engine, specimen, operation, call)) refused++;
      else run(engine, operation, call), allowed++;
    }
  }
  printf(
      "%s: %llu sound calls stayed in their arrays; of the spoilt ones %llu were refused and %llu stayed in memory\n",
      engine.name, static_cast<unsigned long long>(sound), static_cast<unsigned long long>(refused),
      static_cast<unsigned long long>(allowed));
  return true;
}

}  // namespace

int main(int count, char** given) {
  if (count != 3) return 2;
  const uint64_t seed = strtoull(given[1], nullptr, 10), networks = strtoull(given[2], nullptr, 10);
  for (const Engine* engine : supported())
    if (!isSound(*engine, seed, networks)) return 1;
}
