// Vectors of the instruction set that this file is compiled for, in terms of a number type T, float or double.
//
// The order of summation is that of the WebAssembly kernel: vectors run over output columns, so each sum keeps its
// own order whatever the width of the vectors, and each product is rounded before it is added (-ffp-contract=off).
// So the results are the same bits.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <type_traits>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "records.h"

#ifndef VECTOR_BYTES
#error "VECTOR_BYTES is the width of the vectors: 16, 32 or 64"
#endif

namespace {

#define INLINE inline __attribute__((always_inline))

/** Vectors in a line. */
const int VECTORS = LINE / VECTOR_BYTES;

template <typename T> struct Vector;
template <> struct Vector<float> { typedef float type __attribute__((vector_size(VECTOR_BYTES))); };
template <> struct Vector<double> { typedef double type __attribute__((vector_size(VECTOR_BYTES))); };

/** Numbers in a line. */
template <typename T> constexpr uint32_t width() { return LINE / sizeof(T); }

template <typename T> INLINE typename Vector<T>::type load(const uint8_t* from) {
  typename Vector<T>::type vector;
  __builtin_memcpy(&vector, from, sizeof vector);
  return vector;
}

template <typename T> INLINE void store(uint8_t* to, typename Vector<T>::type vector) {
  __builtin_memcpy(to, &vector, sizeof vector);
}

template <typename T> INLINE T number(const uint8_t* from) {
  T value;
  __builtin_memcpy(&value, from, sizeof value);
  return value;
}

/**
 * A number in all lanes. It is spread as bits: on some processors the instruction that spreads floating-point numbers
 * takes time from those that multiply and add.
 */
template <typename T> INLINE typename Vector<T>::type inAllLanes(const uint8_t* from) {
  typedef std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t> Bits;
  typedef Bits AllBits __attribute__((vector_size(VECTOR_BYTES)));
  return reinterpret_cast<typename Vector<T>::type>(AllBits{} + number<Bits>(from));
}

INLINE uint32_t word(const uint8_t* from) { return number<uint32_t>(from); }

template <int LANES> struct Words {
  typedef uint32_t type __attribute__((vector_size(LANES * 4)));
};

/** first, first + 1, first + 2 and so on. */
template <int LANES> INLINE typename Words<LANES>::type countFrom(uint32_t first) {
  typename Words<LANES>::type words;
  for (int lane = 0; lane < LANES; lane++) words[lane] = lane;
  return words + first;
}

/** Shows the address sanitizer bytes that a masked instruction takes: it does not look at these by itself. */
INLINE void touch([[maybe_unused]] const uint8_t* from, [[maybe_unused]] size_t bytes) {
#if defined(__SANITIZE_ADDRESS__)
  for (size_t k = 0; k < bytes; k++) static_cast<void>(*static_cast<const volatile uint8_t*>(from + k));
#endif
}

}  // namespace
