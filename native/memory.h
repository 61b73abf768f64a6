// The memory that calls work on. The functions are static: each engine has its own, by its own instructions.
#pragma once
#include "records.h"

struct Memory {
  uint8_t* at;
  uint64_t length;
};

static inline bool holds(const Memory& memory, uint64_t address, uint64_t bytes) {
  return address + bytes <= memory.length;
}

/** Bytes of the network's record and those of its layers, which follow it. */
static inline uint64_t recordBytes(const Network& network) {
  return sizeof(Network) + (static_cast<uint64_t>(network.layers) + 1) * sizeof(Layer);
}

/** The network's record, if it and those of its layers lie in the memory and have the layer; else null. */
static inline const Network* networkAt(const Memory& memory, uint32_t address, uint32_t index) {
  if (address % 8 != 0 || !holds(memory, address, sizeof(Network))) return nullptr;
  const Network* network = reinterpret_cast<const Network*>(memory.at + address);
  if (index >= network->layers) return nullptr;
  return holds(memory, address, recordBytes(*network)) ? network : nullptr;
}
