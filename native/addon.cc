// The Node-API addon: products and steps of the kernel on the memory of a WebAssembly instance, by the best
// instruction set of this processor. It has no state but the memories it is bound to, so any thread may load it.
#define NAPI_VERSION 8
#include <node_api.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

#if defined(__x86_64__)
extern const Engine avx2, avx512;
#else
extern const Engine neon;
#endif

namespace {

struct Choice {
  const Engine* engine;
  bool isSupported;
};

/** Engines that this binary has, the fastest first. */
size_t engines(Choice (&choices)[2]) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool hasAvx2 = __builtin_cpu_supports("avx2");
  // All that x86-64-v4 adds: the compiler may use any of it.
  const bool hasAvx512 = hasAvx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                         __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                         __builtin_cpu_supports("avx512vl");
  choices[0] = {&avx512, hasAvx512};
  choices[1] = {&avx2, hasAvx2};
  return 2;
#else
  choices[0] = {&neon, true};
  return 1;
#endif
}

/** A memory and the engine that works on it. */
struct Binding {
  const Engine* engine;
  Memory memory;
};

napi_value runCall(napi_env env, napi_callback_info info) {
  napi_value given[6];
  uint32_t words[6];
  size_t count = 6;
  void* data;
  if (napi_get_cb_info(env, info, &count, given, nullptr, &data) != napi_ok || count < 6) {
    napi_throw_type_error(env, nullptr, "the native kernel takes six numbers");
    return nullptr;
  }
  for (size_t k = 0; k < 6; k++) {
    if (napi_get_value_uint32(env, given[k], words + k) == napi_ok) continue;
    napi_throw_type_error(env, nullptr, "the native kernel takes six numbers");
    return nullptr;
  }
  const Binding& binding = *static_cast<Binding*>(data);
  const uint32_t operation = words[0];
  const Network* network = networkAt(binding.memory, words[1], words[2]);
  const Call call = {binding.memory.at, network, words[2], words[3], {words[4]}, words[5]};
  if (network == nullptr || !binding.engine->allow(binding.memory, operation, call)) {
    napi_throw_range_error(env, nullptr, "the native kernel was asked to leave its memory");
    return nullptr;
  }
  const Products& products = operation & TWICE ? binding.engine->twice : binding.engine->single;
  switch (operation & WHAT) {
    case SUMS:
      products.sums(call);
      break;
    case SUMS_LISTED:
      products.sumsListed(call);
      break;
    case PROPAGATE:
      products.propagate(call);
      break;
    case ACTIVATE:
      products.activate(call);
      break;
    case ANSWER:
      products.answer(call);
      break;
    default:
      products.learn(call, (operation & IS_FIRST) != 0, (operation & IS_LAST) != 0);
  }
  return nullptr;
}

void release(napi_env, void* data, void*) { free(data); }

/**
 * bind(buffer, engine): a function that runs calls on this memory. The memory must not be able to grow: its address
 * is taken here. The function keeps the buffer alive.
 */
napi_value bind(napi_env env, napi_callback_info info) {
  napi_value given[2], run;
  size_t count = 2, nameLength;
  void* memory;
  size_t length;
  char name[16];
  if (napi_get_cb_info(env, info, &count, given, nullptr, nullptr) != napi_ok || count < 2 ||
      napi_get_arraybuffer_info(env, given[0], &memory, &length) != napi_ok ||
      napi_get_value_string_utf8(env, given[1], name, sizeof name, &nameLength) != napi_ok) {
    napi_throw_type_error(env, nullptr, "bind takes a buffer and the name of an engine");
    return nullptr;
  }
  Choice choices[2];
  const size_t known = engines(choices);
  for (size_t k = 0; k < known; k++) {
    if (!choices[k].isSupported || strcmp(choices[k].engine->name, name) != 0) continue;
    Binding* binding = static_cast<Binding*>(malloc(sizeof(Binding)));
    if (binding == nullptr) break;
    *binding = {choices[k].engine, {static_cast<uint8_t*>(memory), length}};
    if (napi_create_function(env, "run", NAPI_AUTO_LENGTH, runCall, binding, &run) != napi_ok ||
        napi_add_finalizer(env, run, binding, release, nullptr, nullptr) != napi_ok) {
      free(binding);
      break;
    }
    if (napi_set_named_property(env, run, "buffer", given[0]) != napi_ok) break;
    return run;
  }
  napi_throw_error(env, nullptr, "this engine cannot be had here");
  return nullptr;
}

/** engines(): names of the engines that this processor supports, the fastest first. */
napi_value supported(napi_env env, napi_callback_info) {
  napi_value names, name;
  if (napi_create_array(env, &names) != napi_ok) return nullptr;
  Choice choices[2];
  uint32_t at = 0;
  const size_t known = engines(choices);
  for (size_t k = 0; k < known; k++) {
    if (!choices[k].isSupported) continue;
    if (napi_create_string_utf8(env, choices[k].engine->name, NAPI_AUTO_LENGTH, &name) != napi_ok) return nullptr;
    if (napi_set_element(env, names, at++, name) != napi_ok) return nullptr;
  }
  return names;
}

}  // namespace

NAPI_MODULE_INIT() {
  napi_value function;
  if (napi_create_function(env, "bind", NAPI_AUTO_LENGTH, bind, nullptr, &function) != napi_ok ||
      napi_set_named_property(env, exports, "bind", function) != napi_ok ||
      napi_create_function(env, "engines", NAPI_AUTO_LENGTH, supported, nullptr, &function) != napi_ok ||
      napi_set_named_property(env, exports, "engines", function) != napi_ok)
    return nullptr;
  return exports;
}
