// The last layer: from sums to answers, the loss, and its derivative by the sums.

import { exp, log, logistic } from './elementary';
import { Layer, Network, SIGMOID, SOFTMAX } from './network';
import { all, largestOfLanes, sumOfLanes } from './vector';

/** Sums and biases of a row. Padding gets a very negative bias, so that no softmax sees it. */
// @ts-ignore: decorator
@inline
function addBias<T>(values: usize, bias: usize, length: usize): void {
  for (let at: usize = 0; at < length; at += 16) {
    v128.store(values + at, v128.add<T>(v128.load(values + at), v128.load(bias + at)));
  }
}

/** What output `index` should be, as a double. */
// @ts-ignore: decorator
@inline
function wanted<T>(network: Network, outputs: u32, label: usize, index: u32, smoothing: f64): f64 {
  if (network.classes == 0) return <f64>load<T>(label + <usize>index * sizeof<T>());
  const own = <u32>load<T>(label);
  const hard: f64 = outputs == 1 ? <f64>own : own == index ? 1 : 0;
  return smoothing == 0 ? hard : (1 - smoothing) * hard + smoothing / <f64>max<u32>(2, outputs);
}

/** The first lane. */
// @ts-ignore: decorator
@inline
function firstLane<T>(x: v128): T {
  return v128.extract_lane<T>(x, 0);
}

/** Softmax of a row in place. Returns its loss against the label, or 0 without one. */
function softmax<T>(network: Network, values: usize, length: usize, outputs: u32, label: usize, smoothing: f64): f64 {
  let most = v128.load(values);
  for (let at: usize = 16; at < length; at += 16) most = v128.pmax<T>(most, v128.load(values + at));
  most = largestOfLanes<T>(most);
  const top = <f64>firstLane<T>(most);
  let loss: f64 = 0;
  if (label != 0) {
    if (smoothing == 0) {
      loss = top - <f64>load<T>(values + <usize>(<u32>load<T>(label)) * sizeof<T>());
    } else {
      for (let k: u32 = 0; k < outputs; k++) {
        loss +=
          wanted<T>(network, outputs, label, k, smoothing) *
          (top - <f64>load<T>(values + <usize>k * sizeof<T>()));
      }
    }
  }
  let sums = v128.splat<T>(0);
  for (let at: usize = 0; at < length; at += 16) {
    const power = exp<T>(v128.sub<T>(v128.load(values + at), most));
    v128.store(values + at, power);
    sums = v128.add<T>(sums, power);
  }
  sums = sumOfLanes<T>(sums);
  const share = v128.div<T>(all<T>(1), sums);
  for (let at: usize = 0; at < length; at += 16) {
    v128.store(values + at, v128.mul<T>(v128.load(values + at), share));
  }
  return label != 0 ? loss + log(<f64>firstLane<T>(sums)) : 0;
}

/** Half the squared error of a row. */
function squaredLoss<T>(network: Network, values: usize, outputs: u32, label: usize, smoothing: f64): f64 {
  let loss: f64 = 0;
  for (let k: u32 = 0; k < outputs; k++) {
    const error = <f64>load<T>(values + <usize>k * sizeof<T>()) - wanted<T>(network, outputs, label, k, smoothing);
    loss += 0.5 * error * error;
  }
  return loss;
}

/** Binary cross-entropy of a row from its sums z: log(1 + e^-|z|) + max(z, 0) - t z, which never overflows. */
function binaryLoss<T>(network: Network, sums: usize, outputs: u32, label: usize, smoothing: f64): f64 {
  let loss: f64 = 0;
  for (let k: u32 = 0; k < outputs; k++) {
    const z = <f64>load<T>(sums + <usize>k * sizeof<T>());
    const power = f64x2.extract_lane(exp<f64>(f64x2.splat(-Math.abs(z))), 0);
    loss += log(1 + power) + (z > 0 ? z : 0) - wanted<T>(network, outputs, label, k, smoothing) * z;
  }
  return loss;
}

/** Answers of a row in place; returns its loss against the label, or 0 without one. */
// @ts-ignore: decorator
@inline
function answer<T>(network: Network, layer: Layer, values: usize, length: usize, label: usize, smoothing: f64): f64 {
  const outputs = layer.outputs;
  addBias<T>(values, layer.bias, length);
  if (layer.activation == SOFTMAX) return softmax<T>(network, values, length, outputs, label, smoothing);
  let loss: f64 = 0;
  if (label != 0 && network.squared == 0) loss = binaryLoss<T>(network, values, outputs, label, smoothing);
  if (layer.activation == SIGMOID) {
    for (let at: usize = 0; at < length; at += 16) v128.store(values + at, logistic<T>(v128.load(values + at)));
  }
  if (label != 0 && network.squared != 0) loss = squaredLoss<T>(network, values, outputs, label, smoothing);
  return loss;
}

/** Bytes of a row of outputs, in whole vectors. */
// @ts-ignore: decorator
@inline
function rowBytes<T>(layer: Layer): usize {
  return (<usize>layer.outputs * sizeof<T>() + 15) & ~15;
}

/** The derivative of the loss by one sum. `inclined`: the error is that of a sigmoid, which has a slope. */
// @ts-ignore: decorator
@inline
function deltaOf<T>(value: T, wanted: T, scale: T, inclined: bool): T {
  const delta: T = (value - wanted) * scale;
  return inclined ? delta * (value * (<T>1 - value)) : delta;
}

/** Adds the block's losses, weighted, and writes the deltas. `batchRows` is the number of rows in the whole batch. */
export function outputInTraining<T>(network: Network, layer: Layer, rows: u32, batchRows: u32): void {
  const length = rowBytes<T>(layer);
  const outputs = layer.outputs;
  const smoothing = network.smoothing;
  const labelBytes = <usize>network.labelWidth * sizeof<T>();
  const share: f64 = network.mean != 0 ? 1 / <f64>batchRows : 1;
  const inclined = network.squared != 0 && layer.activation == SIGMOID;
  const oneHot = network.classes != 0 && outputs > 1;
  const others = all<T>(smoothing / <f64>outputs);
  const pad = layer.plainFactors;
  let loss = network.loss;
  let values = layer.values;
  let deltas = layer.slopes;
  let label = network.labels;
  for (let row: u32 = 0; row < rows; row++) {
    const weight = <f64>load<T>(label + labelBytes - sizeof<T>());
    loss += weight * answer<T>(network, layer, values, length, label, smoothing);
    const scale = <T>(share * weight);
    if (oneHot) {
      // All as if none were the right one, and then the right one.
      const scales = v128.splat<T>(scale);
      for (let at: usize = 0; at < length; at += 16) {
        const value = v128.load(values + at);
        let delta = v128.mul<T>(v128.sub<T>(value, others), scales);
        if (inclined) delta = v128.mul<T>(delta, v128.mul<T>(value, v128.sub<T>(all<T>(1), value)));
        v128.store(deltas + at, v128.mul<T>(delta, v128.load(pad + at)));
      }
      const own = <u32>load<T>(label);
      const place = <usize>own * sizeof<T>();
      const want = <T>wanted<T>(network, outputs, label, own, smoothing);
      store<T>(deltas + place, deltaOf<T>(load<T>(values + place), want, scale, inclined));
    } else {
      for (let k: u32 = 0; k < outputs; k++) {
        const place = <usize>k * sizeof<T>();
        const want = <T>wanted<T>(network, outputs, label, k, smoothing);
        store<T>(deltas + place, deltaOf<T>(load<T>(values + place), want, scale, inclined));
      }
    }
    values += network.stride;
    deltas += network.stride;
    label += labelBytes;
  }
  network.loss = loss;
}

/** Whether the row's answer is its class: the largest output, first of ties, or one output above one half. */
function isRight<T>(values: usize, outputs: u32, label: usize): bool {
  const own = <u32>load<T>(label);
  if (outputs == 1) return (<f64>load<T>(values) > 0.5) == (own == 1);
  let best: u32 = 0;
  for (let k: u32 = 1; k < outputs; k++) {
    if (load<T>(values + <usize>k * sizeof<T>()) > load<T>(values + <usize>best * sizeof<T>())) best = k;
  }
  return best == own;
}

/** Answers of a block with nothing dropped; adds plain losses and right rows where there are labels. */
export function outputInEvaluation<T>(network: Network, layer: Layer, rows: u32, labels: usize): void {
  const length = rowBytes<T>(layer);
  const labelBytes = labels != 0 ? <usize>network.labelWidth * sizeof<T>() : 0;
  let values = layer.values;
  let label = labels;
  let loss = network.loss;
  let correct = network.correct;
  for (let row: u32 = 0; row < rows; row++) {
    loss += answer<T>(network, layer, values, length, label, 0);
    if (labels != 0 && network.classes != 0 && isRight<T>(values, layer.outputs, label)) correct += 1;
    values += network.stride;
    label += labelBytes;
  }
  network.loss = loss;
  network.correct = correct;
}
