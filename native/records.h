// The records of a network in the kernel's memory: the same fields as in src/kernel/assembly/network.ts, which says
// what each of them means. Addresses are bytes from the start of memory.
#pragma once
#include <stddef.h>
#include <stdint.h>

struct Layer {
  double scale, weightRate, biasRate;
  uint32_t inputs, outputs, inputsPadded, outputsPadded, activation, threshold, listed, gradientBy;
  uint32_t weights, twin, gradient, first, second;
  uint32_t bias, biasGradient, biasFirst, biasSecond, trainingFactors, plainFactors;
  uint32_t values, slopes, rowLists, rowCounts, columnLists, columnEnds, native;
};

struct Network {
  double weightDecay, maxNorm, momentum, smoothing, power1, power2, loss, correct, rate, stepSize, epsilon;
  uint64_t maskKey;
  uint32_t layers, stride, blockRows, batchRows, blocksPerBatch, optimizer, biased, squared, mean;
  uint32_t labels, labelWidth, classes, rows, order, dataFrom, data, labelData, rates, scratch, tables;
};

static_assert(sizeof(Layer) == 128 && sizeof(Network) == 176, "the records have no gaps");

enum Gradient : uint32_t { BY_ALL = 0, BY_INPUTS = 1, BY_OUTPUTS = 2 };
enum Optimizer : uint32_t { SGD = 0, NESTEROV = 1, ADAM = 2, ADAMW = 3 };

/** Bytes of a line: 16 numbers in f32, 8 in f64. */
static const size_t LINE = 64;

/** What feeds a layer: the inputs, or the layer before. */
static inline const Layer& layerBefore(const Network& network, uint32_t index) {
  return reinterpret_cast<const Layer*>(&network + 1)[index];
}

static inline const Layer& layerAt(const Network& network, uint32_t index) { return layerBefore(network, index + 1); }
