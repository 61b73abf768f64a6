// The last layer: answers, losses, and the derivatives of the loss by the sums.

import { answerRows, lossOf, rowBytes, wanted } from './answers';
import { Layer, Network, SIGMOID } from './network';
import { all } from './vector';

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
  answerRows<T>(network, rows, network.labels, smoothing);
  let loss = network.loss;
  let values = layer.values;
  let deltas = layer.slopes;
  let label = network.labels;
  for (let row: u32 = 0; row < rows; row++) {
    const weight = <f64>load<T>(label + labelBytes - sizeof<T>());
    loss += weight * lossOf(network, row);
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
  answerRows<T>(network, rows, labels, 0);
  if (labels == 0) return;
  const labelBytes = <usize>network.labelWidth * sizeof<T>();
  let values = layer.values;
  let label = labels;
  let loss = network.loss;
  let correct = network.correct;
  for (let row: u32 = 0; row < rows; row++) {
    loss += lossOf(network, row);
    if (network.classes != 0 && isRight<T>(values, layer.outputs, label)) correct += 1;
    values += network.stride;
    label += labelBytes;
  }
  network.loss = loss;
  network.correct = correct;
}
