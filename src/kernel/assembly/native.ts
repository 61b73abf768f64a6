// Calls of the native addon, which works on this memory. The host says for each layer which products it takes over; a
// layer without any needs no addon. The results are the same bits either way.

import { Layer, Network } from './network';

/** Which products of a layer are native: bits of `Layer.native`. */
export const NATIVE_SUMS: u32 = 1;
export const NATIVE_PROPAGATE: u32 = 2;
export const NATIVE_LEARN: u32 = 4;
export const NATIVE_ACTIVATE: u32 = 8;
export const NATIVE_ANSWER: u32 = 16;

// Operations, as native/bounds.h has them.
const SUMS: u32 = 0;
const SUMS_LISTED: u32 = 1;
const PROPAGATE: u32 = 2;
const LEARN: u32 = 3;
const ACTIVATE: u32 = 4;
const ANSWER: u32 = 5;
const TWICE: u32 = 8;
const IS_FIRST: u32 = 16;
const IS_LAST: u32 = 32;

// @ts-ignore: decorator
@external("native", "run")
declare function run(operation: u32, network: usize, index: u32, rows: u32, inputs: usize, inputStride: usize): void;

// @ts-ignore: decorator
@inline
function precision<T>(): u32 {
  return sizeof<T>() == 8 ? TWICE : 0;
}

// @ts-ignore: decorator
@inline
export function isNative(layer: Layer, product: u32): bool {
  return (layer.native & product) != 0;
}

export function nativeSums<T>(
  network: Network,
  index: u32,
  inputs: usize,
  inputStride: usize,
  rows: u32,
  listed: bool,
): void {
  const operation = (listed ? SUMS_LISTED : SUMS) | precision<T>();
  run(operation, changetype<usize>(network), index, rows, inputs, inputStride);
}

export function nativePropagate<T>(network: Network, index: u32, rows: u32): void {
  run(PROPAGATE | precision<T>(), changetype<usize>(network), index, rows, 0, 0);
}

export function nativeLearn<T>(network: Network, index: u32, rows: u32, isFirst: bool, isLast: bool): void {
  const operation = LEARN | precision<T>() | (isFirst ? IS_FIRST : 0) | (isLast ? IS_LAST : 0);
  run(operation, changetype<usize>(network), index, rows, 0, 0);
}

/** Relu alone; `firstSample` is the place of the first row in the epoch. */
export function nativeActivate<T>(network: Network, index: u32, rows: u32, firstSample: u32): void {
  run(ACTIVATE | precision<T>(), changetype<usize>(network), index, rows, firstSample, 0);
}

/** Softmax alone, without smoothing; labels may be 0. */
export function nativeAnswer<T>(network: Network, index: u32, rows: u32, labels: usize): void {
  run(ANSWER | precision<T>(), changetype<usize>(network), index, rows, labels, 0);
}
