// Random numbers by key, as in src/kernel/assembly/random.ts, which names the sources of the constants.
#pragma once
#include <stdint.h>

#include "lines.h"

namespace {

const uint64_t GOLDEN = 0x9e3779b97f4a7c15;

/** Mixes 64 bits so that each depends on all. */
INLINE uint64_t mix(uint64_t x) {
  uint64_t z = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

/** The key of member `index` of whatever has this key. */
INLINE uint64_t keyWithin(uint64_t key, uint32_t index) {
  return mix(key + GOLDEN * (static_cast<uint64_t>(index) + 1));
}

/** 32 random bits for each of LANES units from `unit` on, by the key of their sample. */
template <int LANES> INLINE typename Words<LANES>::type draw(uint32_t unit, uint64_t key) {
  auto x = countFrom<LANES>(unit + static_cast<uint32_t>(key));
  x = (x ^ (x >> 16)) * 0x7feb352d;
  x += static_cast<uint32_t>(key >> 32);
  x = (x ^ (x >> 15)) * 0x846ca68b;
  return x ^ (x >> 16);
}

}  // namespace
