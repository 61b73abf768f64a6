// The gradient of a layer's weights and the optimiser's step, tile by tile: a tile of gradient is made, used
// while it is in the nearest cache, and never written out. Only where a batch is too large to be worked on in
// one block are gradients kept in memory, and the step follows the last block. Both give the same bits, since
// sums run over the rows in the same order.
//
//     weights of a panel        gradient by inputs (BY_ALL, BY_INPUTS)     gradient by outputs (BY_OUTPUTS)
//     input 0  ────────         tile = TILE inputs:                        tile = TILE outputs, a panel of inputs:
//     input 1  ────────         stands as the weights do                   transposed square by square

import { gradientAll } from './dense-product';
import { boundNorms } from './max-norm';
import { NATIVE_LEARN, isNative, nativeLearn } from './native';
import { BY_ALL, BY_OUTPUTS, Layer, Network, layerAt, layerBefore } from './network';
import { step } from './optimizer';
import { gradientListed } from './sparse-product';
import { LINE, all, transpose, width } from './vector';

/** Lines of a tile: 16 KiB, half of the nearest cache. Shorter tiles interrupt the fetching of weights too often. */
export const TILE: u32 = 256;

/** Adds the block to the layer's gradient and, after the last block of a batch, takes the step. */
export function learn<T>(
  network: Network,
  index: u32,
  rows: u32,
  isFirst: bool,
  isLast: bool,
): void {
  const layer = layerAt(network, index);
  const before = layerBefore(network, index).values;
  if (isNative(layer, NATIVE_LEARN)) nativeLearn<T>(network, index, rows, isFirst, isLast);
  else if (layer.gradientBy == BY_OUTPUTS) learnByOutputs<T>(network, layer, before, rows, isFirst, isLast);
  else learnByInputs<T>(network, layer, index, before, rows, isFirst, isLast);
  if (network.biased != 0) {
    sumDeltas<T>(network, layer, rows, isFirst);
    if (isLast) {
      const bytes = <usize>layer.outputsPadded * sizeof<T>();
      step<T>(network, layer.bias, layer.biasGradient, layer.biasFirst, layer.biasSecond, bytes, layer.biasRate, 0);
    }
  }
  if (isLast && network.maxNorm > 0 && index + 1 < network.layers) boundNorms<T>(network, layer);
}

function learnByInputs<T>(
  network: Network,
  layer: Layer,
  index: u32,
  before: usize,
  rows: u32,
  isFirst: bool,
  isLast: bool,
): void {
  const stride = network.stride;
  const panels = layer.outputsPadded / width<T>();
  const whole = isFirst && isLast;
  const inputs = (layer.inputs + 1) & ~1;
  const listStride = (<usize>network.blockRows) << 2;
  for (let panel: u32 = 0; panel < panels; panel++) {
    const deltas = layer.slopes + <usize>panel * LINE;
    for (let from: u32 = 0; from < inputs; from += TILE) {
      const units = min(TILE, inputs - from);
      const place = (<usize>panel * <usize>layer.inputsPadded + <usize>from) * LINE;
      const tile = whole ? network.scratch : layer.gradient + place;
      const left = before + <usize>from * sizeof<T>();
      if (layer.gradientBy == BY_ALL) {
        gradientAll<T>(left, deltas, stride, rows, units, tile, !isFirst);
      } else {
        const previous = layerBefore(network, index);
        const lists = previous.columnLists + <usize>from * listStride;
        const ends = previous.columnEnds + ((<usize>from) << 2);
        gradientListed<T>(left, lists, listStride, ends, deltas, units, tile, !isFirst);
      }
      if (isLast) stepTile<T>(network, layer, panel, from, units, tile);
    }
  }
}

/** The step of `units` inputs of one panel, and its copy to the twin. */
function stepTile<T>(network: Network, layer: Layer, panel: u32, from: u32, units: u32, tile: usize): void {
  const place = (<usize>panel * <usize>layer.inputsPadded + <usize>from) * LINE;
  const weights = layer.weights + place;
  const bytes = <usize>units * LINE;
  const first = layer.first + place;
  step<T>(network, weights, tile, first, layer.second + place, bytes, layer.weightRate, network.weightDecay);
  if (layer.twin == 0) return;
  const square = <usize>width<T>() * LINE;
  let target = layer.twin + <usize>from / <usize>width<T>() * <usize>layer.outputsPadded * LINE + <usize>panel * square;
  for (let at: usize = 0; at < bytes; at += square) {
    transpose<T>(weights + at, target);
    target += <usize>layer.outputsPadded * LINE;
  }
}

function learnByOutputs<T>(
  network: Network,
  layer: Layer,
  before: usize,
  rows: u32,
  isFirst: bool,
  isLast: bool,
): void {
  const panels = layer.inputsPadded / width<T>();
  const whole = isFirst && isLast;
  const listStride = (<usize>network.blockRows) << 2;
  for (let panel: u32 = 0; panel < panels; panel++) {
    const right = before + <usize>panel * LINE;
    for (let from: u32 = 0; from < layer.outputsPadded; from += TILE) {
      const units = min(TILE, layer.outputsPadded - from);
      const place = (<usize>panel * <usize>layer.outputsPadded + <usize>from) * LINE;
      const tile = whole ? network.scratch : layer.gradient + place;
      const left = layer.slopes + <usize>from * sizeof<T>();
      const lists = layer.columnLists + <usize>from * listStride;
      const ends = layer.columnEnds + ((<usize>from) << 2);
      gradientListed<T>(left, lists, listStride, ends, right, units, tile, !isFirst);
      if (isLast) stepSquares<T>(network, layer, panel, from, units, tile);
    }
  }
}

/** The step of `units` outputs from one panel of inputs. */
function stepSquares<T>(
  network: Network,
  layer: Layer,
  inputPanel: u32,
  from: u32,
  units: u32,
  tile: usize,
): void {
  const square = <usize>width<T>() * LINE;
  const turned = network.scratch + <usize>TILE * LINE;
  for (let unit: u32 = 0; unit < units; unit += width<T>()) {
    const outputPanel = (from + unit) / width<T>();
    const place = <usize>outputPanel * <usize>layer.inputsPadded * LINE + <usize>inputPanel * square;
    transpose<T>(tile + <usize>unit * LINE, turned);
    const weights = layer.weights + place;
    const first = layer.first + place;
    step<T>(network, weights, turned, first, layer.second + place, square, layer.weightRate, network.weightDecay);
    if (layer.twin != 0) {
      const target = layer.twin + <usize>inputPanel * <usize>layer.outputsPadded * LINE;
      transpose<T>(weights, target + <usize>outputPanel * square);
    }
  }
}

/** Sums of deltas over rows: the gradient of the biases. */
function sumDeltas<T>(network: Network, layer: Layer, rows: u32, isFirst: bool): void {
  const stride = network.stride;
  const zero = all<T>(0);
  for (let at: usize = 0; at < <usize>layer.outputsPadded * sizeof<T>(); at += LINE) {
    const target = layer.biasGradient + at;
    let sum0 = isFirst ? zero : v128.load(target);
    let sum1 = isFirst ? zero : v128.load(target, 16);
    let sum2 = isFirst ? zero : v128.load(target, 32);
    let sum3 = isFirst ? zero : v128.load(target, 48);
    let deltas = layer.slopes + at;
    for (let row: u32 = 0; row < rows; row++) {
      sum0 = v128.add<T>(sum0, v128.load(deltas));
      sum1 = v128.add<T>(sum1, v128.load(deltas, 16));
      sum2 = v128.add<T>(sum2, v128.load(deltas, 32));
      sum3 = v128.add<T>(sum3, v128.load(deltas, 48));
      deltas += stride;
    }
    v128.store(target, sum0);
    v128.store(target, sum1, 16);
    v128.store(target, sum2, 32);
    v128.store(target, sum3, 48);
  }
}
