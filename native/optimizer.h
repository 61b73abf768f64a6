// The steps of src/kernel/assembly/optimizer.ts, whose loops the compiler turns into vectors.
#pragma once
#include <math.h>

#include "lines.h"

namespace {

/** Tiny numbers become 0; NaN stays. */
INLINE float withoutTiny(float x) { return fabsf(x) < static_cast<float>(1e-36) ? 0.0f : x; }
INLINE double withoutTiny(double x) { return fabs(x) < 1e-300 ? 0.0 : x; }
INLINE float root(float x) { return sqrtf(x); }
INLINE double root(double x) { return sqrt(x); }

/** The arrays of a step: `count` numbers each. */
template <typename T> struct Step {
  T* __restrict weights;
  const T* __restrict gradient;
  T* __restrict first;
  T* __restrict second;
  size_t count;
};

template <typename T, bool DECAYS, bool AHEAD> void sgd(Step<T> step, T rate, T momentum, T decay) {
  for (size_t k = 0; k < step.count; k++) {
    const T w = step.weights[k];
    T g = step.gradient[k];
    if (DECAYS) g = g + decay * w;
    const T v = withoutTiny(momentum * step.first[k] + g);
    step.first[k] = v;
    step.weights[k] = w - rate * (AHEAD ? g + momentum * v : v);
  }
}

template <typename T, bool COUPLED, bool APART> void adam(Step<T> step, T size, T epsilon, T decay, T kept) {
  const T beta1 = static_cast<T>(0.9), rest1 = static_cast<T>(1 - 0.9);
  const T beta2 = static_cast<T>(0.999), rest2 = static_cast<T>(1 - 0.999);
  for (size_t k = 0; k < step.count; k++) {
    T w = step.weights[k];
    T g = step.gradient[k];
    if (COUPLED) g = g + decay * w;
    const T m = withoutTiny(beta1 * step.first[k] + rest1 * g);
    const T v = withoutTiny(beta2 * step.second[k] + rest2 * (g * g));
    step.first[k] = m;
    step.second[k] = v;
    if (APART) w = w * kept;
    step.weights[k] = w - (size * m) / (root(v) + epsilon);
  }
}

/** Takes a step with `factor` times the rate of the batch; AdamW's decay goes with the rate of the batch. */
template <typename T> void takeStep(const Network& network, Step<T> step, double factor) {
  const T rate = static_cast<T>(network.rate * factor), momentum = static_cast<T>(network.momentum);
  const T size = static_cast<T>(network.stepSize * factor), epsilon = static_cast<T>(network.epsilon);
  const T decay = static_cast<T>(network.weightDecay), zero = static_cast<T>(0), one = static_cast<T>(1);
  const bool decays = network.weightDecay != 0;
  switch (network.optimizer) {
    case ADAM:
      if (decays) adam<T, true, false>(step, size, epsilon, decay, one);
      else adam<T, false, false>(step, size, epsilon, zero, one);
      break;
    case ADAMW:
      adam<T, false, true>(step, size, epsilon, zero, static_cast<T>(1 - network.rate * network.weightDecay));
      break;
    case NESTEROV:
      sgd<T, true, true>(step, rate, momentum, decay);
      break;
    default:
      if (decays) sgd<T, true, false>(step, rate, momentum, decay);
      else sgd<T, false, false>(step, rate, momentum, zero);
  }
}

}  // namespace
