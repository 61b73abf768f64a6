// Softmax and its losses: answerRows of src/kernel/assembly/answers.ts, for layers whose outputs are classes. Padding
// has a bias out of sight, so its share is 0.
#pragma once
#include "elementary.h"
#include "engine.h"

namespace {

/** Rows whose logarithms are taken together; a multiple of the doubles in a vector. */
const uint32_t LOGARITHMS = 32;

/** The largest lane. */
template <typename T, int LANES, typename Numbers> INLINE T largestLane(Numbers numbers) {
  if constexpr (LANES * sizeof(T) > 16) {
    typedef T Half __attribute__((vector_size(LANES / 2 * sizeof(T))));
    Half low, high;
    __builtin_memcpy(&low, &numbers, sizeof low);
    __builtin_memcpy(&high, reinterpret_cast<const uint8_t*>(&numbers) + sizeof low, sizeof high);
    return largestLane<T, LANES / 2>(larger(low, high));
  } else {
    T most = numbers[0];
    for (int lane = 1; lane < LANES; lane++) most = most < numbers[lane] ? numbers[lane] : most;
    return most;
  }
}

/** Sum of the numbers of a row, in the order of the WebAssembly kernel: 16 bytes by 16 bytes, then the lanes. */
template <typename T> INLINE T sumOfRow(const uint8_t* values, size_t bytes) {
  typedef T Quarter __attribute__((vector_size(16)));
  Quarter sum = {};
  for (size_t at = 0; at < bytes; at += 16) {
    Quarter numbers;
    __builtin_memcpy(&numbers, values + at, 16);
    sum += numbers;
  }
  if constexpr (sizeof(T) == 4) return (sum[0] + sum[2]) + (sum[1] + sum[3]);
  else return sum[0] + sum[1];
}

/** Sums and biases of a row become shares. Returns the sum of the powers; `below` is how far the right sum is below. */
template <typename T>
INLINE double shareRow(uint8_t* values, const uint8_t* bias, size_t bytes, const uint8_t* label, double& below) {
  typedef typename Vector<T>::type Numbers;
  Numbers most = load<T>(values) + load<T>(bias);
  store<T>(values, most);
  for (size_t at = VECTOR_BYTES; at < bytes; at += VECTOR_BYTES) {
    const Numbers sum = load<T>(values + at) + load<T>(bias + at);
    store<T>(values + at, sum);
    most = larger(most, sum);
  }
  const T top = largestLane<T, fullLanes<T>()>(most);
  if (label != nullptr) {
    const uint32_t own = static_cast<uint32_t>(number<T>(label));
    below = static_cast<double>(top) - static_cast<double>(number<T>(values + own * sizeof(T)));
  }
  for (size_t at = 0; at < bytes; at += VECTOR_BYTES) store<T>(values + at, exponential(load<T>(values + at) - top));
  const T sum = sumOfRow<T>(values, bytes);
  const T share = 1 / sum;
  for (size_t at = 0; at < bytes; at += VECTOR_BYTES) store<T>(values + at, load<T>(values + at) * share);
  return sum;
}

template <typename T> void answer(const Call& call) {
  const Network& network = *call.network;
  const Layer& layer = layerAt(network, call.index);
  const size_t bytes = layer.outputsPadded * sizeof(T), labelBytes = network.labelWidth * sizeof(T);
  const uint8_t* bias = call.memory + layer.bias;
  const uint8_t* labels = call.labels == 0 ? nullptr : call.memory + call.labels;
  alignas(64) double sums[LOGARITHMS], below[LOGARITHMS] = {};
  for (uint32_t first = 0; first < call.rows; first += LOGARITHMS) {
    const uint32_t rows = call.rows - first < LOGARITHMS ? call.rows - first : LOGARITHMS;
    for (uint32_t row = 0; row < rows; row++) {
      uint8_t* values = call.memory + layer.values + static_cast<size_t>(first + row) * network.stride;
      const uint8_t* label = labels == nullptr ? nullptr : labels + (first + row) * labelBytes;
      sums[row] = shareRow<T>(values, bias, bytes, label, below[row]);
    }
    if (labels == nullptr) continue;
    for (uint32_t row = rows; row % fullLanes<double>() != 0; row++) sums[row] = 1;
    for (uint32_t row = 0; row < rows; row += fullLanes<double>()) {
      const auto at = [row](double* numbers) { return reinterpret_cast<uint8_t*>(numbers + row); };
      store<double>(at(below), load<double>(at(below)) + logarithm(load<double>(at(sums))));
    }
    __builtin_memcpy(call.memory + network.scratch + first * sizeof(double), below, rows * sizeof(double));
  }
}

}  // namespace
