// From the sums of the last layer to answers and losses. Each step goes through all rows of a block before the next
// step: loops that short keep their constants in registers, and no row waits for the logarithm of the row before.

import { exp, log, logistic } from './elementary';
import { NATIVE_ANSWER, isNative, nativeAnswer } from './native';
import { Layer, Network, SIGMOID, SOFTMAX, layerAt } from './network';
import { all, largestOfLanes, sumOfLanes } from './vector';

/** Bytes of a row of outputs, in whole vectors. */
// @ts-ignore: decorator
@inline
export function rowBytes<T>(layer: Layer): usize {
  return (<usize>layer.outputs * sizeof<T>() + 15) & ~15;
}

/** What output `index` should be, as a double. */
// @ts-ignore: decorator
@inline
export function wanted<T>(network: Network, outputs: u32, label: usize, index: u32, smoothing: f64): f64 {
  if (network.classes == 0) return <f64>load<T>(label + <usize>index * sizeof<T>());
  const own = <u32>load<T>(label);
  const hard: f64 = outputs == 1 ? <f64>own : own == index ? 1 : 0;
  return smoothing == 0 ? hard : (1 - smoothing) * hard + smoothing / <f64>max<u32>(2, outputs);
}

/** The loss of a row after answerRows with labels. */
// @ts-ignore: decorator
@inline
export function lossOf(network: Network, row: u32): f64 {
  return load<f64>(losses(network, row));
}

/** Losses stand in the scratch, which has room for two numbers for each row of a block. */
// @ts-ignore: decorator
@inline
function losses(network: Network, row: u32): usize {
  return network.scratch + ((<usize>row) << 3);
}

/**
 * Answers of a block of rows, in place of their sums. If `labels` is not 0, each row's loss against its label is kept
 * for lossOf until the scratch is used again.
 */
export function answerRows<T>(network: Network, rows: u32, labels: usize, smoothing: f64): void {
  const index = network.layers - 1;
  const layer = layerAt(network, index);
  if (layer.activation == SOFTMAX) {
    if (smoothing == 0 && isNative(layer, NATIVE_ANSWER)) {
      nativeAnswer<T>(network, index, rows, labels);
      return;
    }
    shiftRows<T>(network, layer, rows, labels, smoothing);
    exponentiateRows<T>(network, layer, rows);
    shareRows<T>(network, layer, rows, labels != 0);
    return;
  }
  addBias<T>(network, layer, rows);
  if (labels != 0 && network.squared == 0) binaryLosses<T>(network, layer, rows, labels, smoothing);
  if (layer.activation == SIGMOID) applyLogistic<T>(network, layer, rows);
  if (labels != 0 && network.squared != 0) squaredLosses<T>(network, layer, rows, labels, smoothing);
}

function addBias<T>(network: Network, layer: Layer, rows: u32): void {
  const length = rowBytes<T>(layer);
  let values = layer.values;
  for (let row: u32 = 0; row < rows; row++) {
    for (let at: usize = 0; at < length; at += 16) {
      v128.store(values + at, v128.add<T>(v128.load(values + at), v128.load(layer.bias + at)));
    }
    values += network.stride;
  }
}

/**
 * Softmax, first step: sums and biases less the largest of their row, and of the losses all but the logarithm. Padding
 * gets a very negative bias, so that softmax does not see it.
 */
function shiftRows<T>(network: Network, layer: Layer, rows: u32, labels: usize, smoothing: f64): void {
  const length = rowBytes<T>(layer);
  const labelBytes = <usize>network.labelWidth * sizeof<T>();
  let values = layer.values;
  let label = labels;
  for (let row: u32 = 0; row < rows; row++) {
    let most = v128.add<T>(v128.load(values), v128.load(layer.bias));
    v128.store(values, most);
    for (let at: usize = 16; at < length; at += 16) {
      const sum = v128.add<T>(v128.load(values + at), v128.load(layer.bias + at));
      v128.store(values + at, sum);
      most = v128.pmax<T>(most, sum);
    }
    most = largestOfLanes<T>(most);
    if (labels != 0) {
      const top = <f64>v128.extract_lane<T>(most, 0);
      store<f64>(losses(network, row), distance<T>(network, layer.outputs, values, top, label, smoothing));
      label += labelBytes;
    }
    for (let at: usize = 0; at < length; at += 16) {
      v128.store(values + at, v128.sub<T>(v128.load(values + at), most));
    }
    values += network.stride;
  }
}

/** How far the wanted sums are below the largest. */
// @ts-ignore: decorator
@inline
function distance<T>(network: Network, outputs: u32, sums: usize, top: f64, label: usize, smoothing: f64): f64 {
  if (smoothing == 0) return top - <f64>load<T>(sums + <usize>(<u32>load<T>(label)) * sizeof<T>());
  let distance: f64 = 0;
  for (let k: u32 = 0; k < outputs; k++) {
    distance +=
      wanted<T>(network, outputs, label, k, smoothing) * (top - <f64>load<T>(sums + <usize>k * sizeof<T>()));
  }
  return distance;
}

/** Softmax, second step. */
function exponentiateRows<T>(network: Network, layer: Layer, rows: u32): void {
  // One loop and not two: a loop of so few vectors would load its constants again for every row.
  const length = rowBytes<T>(layer);
  const last = layer.values + <usize>rows * network.stride;
  let values = layer.values;
  let at: usize = 0;
  while (values < last) {
    v128.store(values + at, exp<T>(v128.load(values + at)));
    at += 16;
    const isWhole = at == length;
    values += isWhole ? network.stride : 0;
    at = isWhole ? 0 : at;
  }
}

/** Softmax, last step: powers become shares of their sum, whose logarithm belongs to the loss. */
function shareRows<T>(network: Network, layer: Layer, rows: u32, hasLabels: bool): void {
  const length = rowBytes<T>(layer);
  const one = all<T>(1);
  const sums = losses(network, (rows + 1) & ~1);
  let values = layer.values;
  for (let row: u32 = 0; row < rows; row++) {
    let sum = v128.splat<T>(0);
    for (let at: usize = 0; at < length; at += 16) sum = v128.add<T>(sum, v128.load(values + at));
    sum = sumOfLanes<T>(sum);
    store<f64>(sums + ((<usize>row) << 3), <f64>v128.extract_lane<T>(sum, 0));
    const share = v128.div<T>(one, sum);
    for (let at: usize = 0; at < length; at += 16) {
      v128.store(values + at, v128.mul<T>(v128.load(values + at), share));
    }
    values += network.stride;
  }
  if (!hasLabels) return;
  for (let row: u32 = 0; row < rows; row += 2) {
    const place = losses(network, row);
    v128.store(place, f64x2.add(v128.load(place), log(v128.load(sums + ((<usize>row) << 3)))));
  }
}

/** Binary cross-entropy from the sums z: log(1 + e^-|z|) + max(z, 0) - t z, without overflow. Two rows at a time. */
function binaryLosses<T>(network: Network, layer: Layer, rows: u32, labels: usize, smoothing: f64): void {
  const outputs = layer.outputs;
  const labelBytes = <usize>network.labelWidth * sizeof<T>();
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  let values = layer.values;
  let label = labels;
  for (let row: u32 = 0; row < rows; row += 2) {
    // The last row of an odd number stands for the one that is not there.
    const isPair = row + 1 < rows;
    const otherValues = values + (isPair ? network.stride : 0);
    const otherLabel = label + (isPair ? labelBytes : 0);
    let loss = zero;
    for (let k: u32 = 0; k < outputs; k++) {
      const place = <usize>k * sizeof<T>();
      const z = pair(<f64>load<T>(values + place), <f64>load<T>(otherValues + place));
      const want = pair(
        wanted<T>(network, outputs, label, k, smoothing),
        wanted<T>(network, outputs, otherLabel, k, smoothing),
      );
      const power = exp<f64>(f64x2.neg(f64x2.abs(z)));
      const positive = f64x2.add(log(f64x2.add(one, power)), f64x2.pmax(zero, z));
      loss = f64x2.add(loss, f64x2.sub(positive, f64x2.mul(want, z)));
    }
    v128.store(losses(network, row), loss);
    values += network.stride << 1;
    label += labelBytes << 1;
  }
}

// @ts-ignore: decorator
@inline
function pair(first: f64, second: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(first), 1, second);
}

function applyLogistic<T>(network: Network, layer: Layer, rows: u32): void {
  const length = rowBytes<T>(layer);
  let values = layer.values;
  for (let row: u32 = 0; row < rows; row++) {
    for (let at: usize = 0; at < length; at += 16) v128.store(values + at, logistic<T>(v128.load(values + at)));
    values += network.stride;
  }
}

/** Half the squared errors. */
function squaredLosses<T>(network: Network, layer: Layer, rows: u32, labels: usize, smoothing: f64): void {
  const outputs = layer.outputs;
  const labelBytes = <usize>network.labelWidth * sizeof<T>();
  let values = layer.values;
  let label = labels;
  for (let row: u32 = 0; row < rows; row++) {
    let loss: f64 = 0;
    for (let k: u32 = 0; k < outputs; k++) {
      const error = <f64>load<T>(values + <usize>k * sizeof<T>()) - wanted<T>(network, outputs, label, k, smoothing);
      loss += 0.5 * error * error;
    }
    store<f64>(losses(network, row), loss);
    values += network.stride;
    label += labelBytes;
  }
}
