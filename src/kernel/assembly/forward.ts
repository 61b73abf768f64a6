// From inputs to answers, layer by layer.

import { activateInEvaluation, activateInTraining } from './activate';
import { multiplyAll } from './dense-product';
import { listRows } from './kept-units';
import { NATIVE_ACTIVATE, NATIVE_SUMS, isNative, nativeActivate, nativeSums } from './native';
import { Network, layerAt, layerBefore } from './network';
import { outputInEvaluation, outputInTraining } from './output';
import { multiplyListed } from './sparse-product';
import { LINE, width } from './vector';

/** Sums of a layer: what it is given times weights, by the lists of the layer before where `listed`. */
function sums<T>(network: Network, index: u32, inputs: usize, inputStride: usize, rows: u32, listed: bool): void {
  const layer = layerAt(network, index);
  if (isNative(layer, NATIVE_SUMS)) {
    nativeSums<T>(network, index, inputs, inputStride, rows, listed);
    return;
  }
  const panelBytes = <usize>layer.inputsPadded * LINE;
  const panels = layer.outputsPadded / width<T>();
  if (listed) {
    const before = layerBefore(network, index);
    multiplyListed<T>(
      inputs, inputStride, before.rowLists, (<usize>before.outputsPadded) << 2, before.rowCounts,
      layer.weights, panelBytes, layer.values, network.stride, rows, panels, false,
    );
    return;
  }
  const evenRows = (rows + 1) & ~1;
  multiplyAll<T>(
    inputs, inputStride, layer.weights, panelBytes, layer.values, network.stride, evenRows, panels, layer.inputs, false,
  );
}

/** One layer of a gathered block in training; the last one leaves its deltas. */
export function forwardInTraining<T>(
  network: Network,
  index: u32,
  rows: u32,
  firstSample: u32,
  batchRows: u32,
): void {
  const layer = layerAt(network, index);
  const before = layerBefore(network, index);
  sums<T>(network, index, before.values, network.stride, rows, before.listed != 0);
  if (isNative(layer, NATIVE_ACTIVATE)) nativeActivate<T>(network, index, rows, firstSample);
  else if (index + 1 < network.layers) activateInTraining<T>(network, layer, index + 1, rows, firstSample);
  else outputInTraining<T>(network, layer, rows, batchRows);
}

/**
 * `rows` rows that stand at `inputs` one after another, with nothing dropped; labels may be 0. Of hidden units too few
 * are zero then for lists to pay.
 */
export function forwardInEvaluation<T>(network: Network, inputs: usize, labels: usize, rows: u32): void {
  let stride = <usize>layerAt(network, 0).inputsPadded * sizeof<T>();
  const given = layerBefore(network, 0);
  let listed = given.listed != 0;
  if (listed) listRows<T>(given, inputs, stride, rows, network.tables);
  for (let index: u32 = 0; index < network.layers; index++) {
    const layer = layerAt(network, index);
    sums<T>(network, index, inputs, stride, rows, listed);
    if (index + 1 < network.layers) activateInEvaluation<T>(network, layer, rows);
    else outputInEvaluation<T>(network, layer, rows, labels);
    inputs = layer.values;
    stride = network.stride;
    listed = false;
  }
}
