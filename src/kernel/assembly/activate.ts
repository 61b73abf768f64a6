// Hidden units: from sums to what the next layer is given, with bias, activation, dropout, slopes and lists in
// one pass over a row.

import { logistic, tanh } from './elementary';
import { append, emptyColumns, enterColumns } from './kept-units';
import { Layer, Network, RELU, SIGMOID, TANH, workedBytes } from './network';
import { draw, keyWithin } from './random';
import { all } from './vector';

// Of two numbers pmax takes the second only where it is larger, so NaN and its own instruction stay: max costs eight.
// @ts-ignore: decorator
@inline
function activation<T>(sum: v128, kind: u32): v128 {
  if (kind == RELU) return v128.pmax<T>(sum, v128.splat<T>(0));
  if (kind == SIGMOID) return logistic<T>(sum);
  return tanh<T>(sum);
}

/**
 * The derivative times the factor of dropout, computed from the activation before anything was dropped: this is the
 * true gradient of dropout.
 */
// @ts-ignore: decorator
@inline
function slope<T>(value: v128, factor: v128, kind: u32): v128 {
  if (kind == RELU) return v128.and(v128.gt<T>(value, v128.splat<T>(0)), factor);
  if (kind == SIGMOID) return v128.mul<T>(v128.mul<T>(value, v128.sub<T>(all<T>(1), value)), factor);
  return v128.mul<T>(v128.sub<T>(all<T>(1), v128.mul<T>(value, value)), factor);
}

/**
 * The lanes in which a unit gives anything or has a slope. Compared as numbers: -0 is 0, and NaN is not. A relu
 * that gives nothing has no slope either.
 */
// @ts-ignore: decorator
@inline
function present<T>(given: v128, inclined: v128, kind: u32): u32 {
  const zero = v128.splat<T>(0);
  let lanes = v128.ne<T>(given, zero);
  if (kind != RELU) lanes = v128.or(lanes, v128.ne<T>(inclined, zero));
  return <u32>(sizeof<T>() == 4 ? i32x4.bitmask(lanes) : i64x2.bitmask(lanes));
}

// `kind` is known where this is inlined, so that each activation gets a loop of its own.
// @ts-ignore: decorator
@inline
function train<T>(network: Network, layer: Layer, layerIndex: u32, rows: u32, firstSample: u32, kind: u32): void {
  const stride = network.stride;
  const tables = network.tables;
  const bias = layer.bias;
  const factors = layer.trainingFactors;
  const length = workedBytes<T>(layer);
  const drops = layer.threshold != 0;
  const threshold = i32x4.splat(<i32>layer.threshold);
  const listed = layer.listed != 0;
  const capacity = <usize>network.blockRows;
  const layerKey = keyWithin(network.maskKey, layerIndex);
  const step: i32 = <i32>sizeof<T>();
  const fourOffsets = i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(step));
  let values = layer.values;
  let slopes = layer.slopes;
  let list = layer.rowLists;
  if (listed) emptyColumns(layer, capacity);
  for (let row: u32 = 0; row < rows; row++) {
    const key = keyWithin(layerKey, firstSample + row);
    const low = i32x4.splat(<i32>key);
    const high = i32x4.splat(<i32>(key >> 32));
    let units = i32x4(0, 1, 2, 3);
    let end = list;
    let keep = i32x4.splat(-1);
    for (let at: usize = 0; at < length; at += 4 * sizeof<T>()) {
      if (drops) {
        keep = i32x4.ge_u(draw(units, low, high), threshold);
        units = i32x4.add(units, i32x4.splat(4));
      }
      let bits: u32;
      if (sizeof<T>() == 4) {
        const factor = v128.and(v128.load(factors + at), keep);
        const value = activation<T>(v128.add<T>(v128.load(values + at), v128.load(bias + at)), kind);
        const given = v128.mul<T>(value, factor);
        const inclined = slope<T>(value, factor, kind);
        v128.store(values + at, given);
        v128.store(slopes + at, inclined);
        bits = present<T>(given, inclined, kind);
      } else {
        const factor0 = v128.and(v128.load(factors + at), i64x2.extend_low_i32x4_s(keep));
        const factor1 = v128.and(v128.load(factors + at, 16), i64x2.extend_high_i32x4_s(keep));
        const value0 = activation<T>(v128.add<T>(v128.load(values + at), v128.load(bias + at)), kind);
        const value1 = activation<T>(v128.add<T>(v128.load(values + at, 16), v128.load(bias + at, 16)), kind);
        const given0 = v128.mul<T>(value0, factor0);
        const given1 = v128.mul<T>(value1, factor1);
        const inclined0 = slope<T>(value0, factor0, kind);
        const inclined1 = slope<T>(value1, factor1, kind);
        v128.store(values + at, given0);
        v128.store(values + at, given1, 16);
        v128.store(slopes + at, inclined0);
        v128.store(slopes + at, inclined1, 16);
        bits = present<T>(given0, inclined0, kind) | (present<T>(given1, inclined1, kind) << 2);
      }
      if (listed) end = append(end, i32x4.add(i32x4.splat(<i32>at), fourOffsets), bits, tables);
    }
    if (listed) {
      store<u32>(layer.rowCounts + ((<usize>row) << 2), <u32>((end - list) >> 2));
      enterColumns<T>(layer, list, end, row * <u32>stride);
      list += (<usize>layer.outputsPadded) << 2;
    }
    values += stride;
    slopes += stride;
  }
}

/** The units of a hidden layer in training; `firstSample` is the place of the first row in the epoch. */
export function activateInTraining<T>(
  network: Network,
  layer: Layer,
  layerIndex: u32,
  rows: u32,
  firstSample: u32,
): void {
  switch (layer.activation) {
    case RELU:
      train<T>(network, layer, layerIndex, rows, firstSample, RELU);
      break;
    case SIGMOID:
      train<T>(network, layer, layerIndex, rows, firstSample, SIGMOID);
      break;
    default:
      train<T>(network, layer, layerIndex, rows, firstSample, TANH);
  }
}

// @ts-ignore: decorator
@inline
function evaluate<T>(network: Network, layer: Layer, rows: u32, kind: u32): void {
  const bias = layer.bias;
  const factors = layer.plainFactors;
  const length = workedBytes<T>(layer);
  let values = layer.values;
  for (let row: u32 = 0; row < rows; row++) {
    for (let at: usize = 0; at < length; at += 16) {
      const value = activation<T>(v128.add<T>(v128.load(values + at), v128.load(bias + at)), kind);
      v128.store(values + at, v128.mul<T>(value, v128.load(factors + at)));
    }
    values += network.stride;
  }
}

/** The units of a hidden layer with nothing dropped. */
export function activateInEvaluation<T>(network: Network, layer: Layer, rows: u32): void {
  switch (layer.activation) {
    case RELU:
      evaluate<T>(network, layer, rows, RELU);
      break;
    case SIGMOID:
      evaluate<T>(network, layer, rows, SIGMOID);
      break;
    default:
      evaluate<T>(network, layer, rows, TANH);
  }
}
