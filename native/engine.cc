// One engine. The build compiles this file once for each instruction set, with ENGINE as its name.
#include "engine.h"

#include "activate.h"
#include "answers.h"
#include "bounds.h"
#include "learn.h"
#include "products.h"

namespace {

#define TEXT(name) TEXT_OF(name)
#define TEXT_OF(name) #name

template <typename T> void sums(const Call& call) {
  const Layer& layer = layerAt(*call.network, call.index);
  multiplyAll<T>(
      {call.memory + call.inputs, call.inputStride},
      {call.memory + layer.weights, static_cast<size_t>(layer.inputsPadded) * LINE},
      {call.memory + layer.values, call.network->stride}, (call.rows + 1) & ~1u, layer.outputsPadded / width<T>(),
      layer.inputs, false);
}

template <typename T> void sumsListed(const Call& call) {
  const Layer& layer = layerAt(*call.network, call.index);
  multiplyListed<T>(
      {call.memory + call.inputs, call.inputStride}, rowLists(call.memory, layerBefore(*call.network, call.index)),
      {call.memory + layer.weights, static_cast<size_t>(layer.inputsPadded) * LINE},
      {call.memory + layer.values, call.network->stride}, call.rows, layer.outputsPadded / width<T>(),
      layer.inputsPadded, false);
}

template <typename T> void propagate(const Call& call) {
  const Layer& layer = layerAt(*call.network, call.index);
  const size_t stride = call.network->stride;
  const Source deltas = {call.memory + layer.slopes, stride};
  const Panels twin = {call.memory + layer.twin, static_cast<size_t>(layer.outputsPadded) * LINE};
  const Target target = {call.memory + layerBefore(*call.network, call.index).slopes, stride};
  const uint32_t panels = layer.inputsPadded / width<T>();
  if (layer.listed != 0)
    multiplyListed<T>(deltas, rowLists(call.memory, layer), twin, target, call.rows, panels, layer.outputsPadded, true);
  else
    multiplyAll<T>(deltas, twin, target, (call.rows + 1) & ~1u, panels, layer.outputs, true);
}

template <typename T> void learn(const Call& call, bool isFirst, bool isLast) {
  const Network& network = *call.network;
  learnWeights<T>(
      {call.memory, network, layerBefore(network, call.index), layerAt(network, call.index), call.rows, isFirst,
       isLast});
}

template <typename T> void activate(const Call& call) {
  const Layer& layer = layerAt(*call.network, call.index);
  const bool drops = layer.threshold != 0;
  if (layer.listed != 0) return drops ? activateRows<T, true, true>(call) : activateRows<T, false, true>(call);
  return drops ? activateRows<T, true, false>(call) : activateRows<T, false, false>(call);
}

bool allow(const Memory& memory, uint32_t operation, const Call& call) {
  return Bounds(memory).allow(operation, call);
}

template <typename T> constexpr Products products() {
  return {sums<T>, sumsListed<T>, propagate<T>, learn<T>, activate<T>, answer<T>};
}

}  // namespace

extern const Engine ENGINE;
const Engine ENGINE = {TEXT(ENGINE), allow, products<float>(), products<double>()};
