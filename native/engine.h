// What the addon can run, for each instruction set. The products trust their arguments, which `allow` has checked.
#pragma once
#include "memory.h"

/** Bits of an operation, as src/kernel/assembly/native.ts has them. */
enum Operation : uint32_t {
  SUMS = 0,
  SUMS_LISTED = 1,
  PROPAGATE = 2,
  LEARN = 3,
  ACTIVATE = 4,
  ANSWER = 5,
  WHAT = 7,
  TWICE = 8,
  IS_FIRST = 16,
  IS_LAST = 32,
};

/**
 * One call: `rows` rows of a layer. `inputs` and `inputStride` are those of `sums` alone; `activate` has the place of
 * the first row in the epoch as `firstSample`, and `answer` the address of the rows' labels, or 0.
 */
struct Call {
  uint8_t* memory;
  const Network* network;
  uint32_t index, rows;
  union {
    uint32_t inputs, firstSample, labels;
  };
  uint32_t inputStride;
};

/** The products of one number type. */
struct Products {
  /** values = inputs * weights; `sumsListed` goes through the lists of the layer before. */
  void (*sums)(const Call&);
  void (*sumsListed)(const Call&);
  /** Deltas of the layer before: deltas times weights transposed, times slopes. */
  void (*propagate)(const Call&);
  /** Adds the block to the gradient of the weights and, in the last block of a batch, takes the step. */
  void (*learn)(const Call&, bool isFirst, bool isLast);
  /** From sums to what the next layer is given, with bias, relu, dropout, slopes and lists. */
  void (*activate)(const Call&);
  /** From sums to the shares of a softmax and, where there are labels, losses in the scratch. */
  void (*answer)(const Call&);
};

struct Engine {
  const char* name;
  /** Whether all that a call reads and writes lies within the memory. */
  bool (*allow)(const Memory& memory, uint32_t operation, const Call&);
  Products single, twice;
};
