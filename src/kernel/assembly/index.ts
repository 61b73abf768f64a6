// What the host calls. Addresses are bytes from the start of memory; `network` is that of the network's record.

import { exp as expOfLanes, log as logOfLanes, logistic, tanh as tanhOfLanes } from './elementary';
import { forwardInEvaluation } from './forward';
import { fillTables } from './kept-units';
import { TILE } from './learn';
import { mirrorPanel } from './max-norm';
import { Layer, Network, layerAt } from './network';
import { keyOf, shuffle as shuffleOrder } from './random';
import { train } from './train';
import { LINE, width } from './vector';

/** Sizes that the host's plan must agree on. */
export function networkRecordBytes(): usize {
  return offsetof<Network>();
}
export function layerRecordBytes(): usize {
  return offsetof<Layer>();
}
export function scratchBytes(): usize {
  return (<usize>TILE + 16) * LINE;
}

/** Fills the tables of the network's record; once. */
export function prepare(network: usize): void {
  fillTables(changetype<Network>(network).tables);
}

/** Sets the seed of an epoch's masks. */
export function seedMasks(network: usize, a: u32, b: u32, c: u32, d: u32): void {
  changetype<Network>(network).maskKey = keyOf(a, b, c, d);
}

/** Fills `order` with a shuffle of 0 .. count - 1. */
export function shuffle(order: usize, count: u32, a: u32, b: u32, c: u32, d: u32): void {
  shuffleOrder(order, count, a, b, c, d);
}

/** Runs phases of an epoch; see train.ts. */
export function train32(network: usize, from: u32, to: u32): void {
  train<f32>(changetype<Network>(network), from, to);
}
export function train64(network: usize, from: u32, to: u32): void {
  train<f64>(changetype<Network>(network), from, to);
}

/** Answers of up to a block of prepared rows at `inputs`, and their losses where `labels` is not 0. */
export function evaluate32(network: usize, inputs: usize, labels: usize, rows: u32): void {
  forwardInEvaluation<f32>(changetype<Network>(network), inputs, labels, rows);
}
export function evaluate64(network: usize, inputs: usize, labels: usize, rows: u32): void {
  forwardInEvaluation<f64>(changetype<Network>(network), inputs, labels, rows);
}

/** Rebuilds the twins after weights were written from outside. */
export function mirror32(network: usize): void {
  mirror<f32>(changetype<Network>(network));
}
export function mirror64(network: usize): void {
  mirror<f64>(changetype<Network>(network));
}
function mirror<T>(network: Network): void {
  for (let index: u32 = 0; index < network.layers; index++) {
    const layer = layerAt(network, index);
    for (let panel: u32 = 0; panel < layer.outputsPadded / width<T>(); panel++) mirrorPanel<T>(layer, panel);
  }
}

/**
 * 1 where all weights and biases are finite. Losses alone do not show it: a product that skips zeros skips
 * 0 * NaN, and a unit without slope hides what is not finite before it.
 */
export function finite32(network: usize): u32 {
  return finite<f32>(changetype<Network>(network));
}
export function finite64(network: usize): u32 {
  return finite<f64>(changetype<Network>(network));
}
function finite<T>(network: Network): u32 {
  const zero = v128.splat<T>(0);
  let sum = zero;
  for (let index: u32 = 0; index < network.layers; index++) {
    const layer = layerAt(network, index);
    const bytes = <usize>layer.inputsPadded * <usize>layer.outputsPadded * sizeof<T>();
    for (let at: usize = 0; at < bytes; at += 16)
      sum = v128.add<T>(sum, v128.mul<T>(v128.load(layer.weights + at), zero));
    const biasBytes = <usize>layer.outputsPadded * sizeof<T>();
    for (let at: usize = 0; at < biasBytes; at += 16)
      sum = v128.add<T>(sum, v128.mul<T>(v128.load(layer.bias + at), zero));
  }
  return v128.all_true<i8>(v128.eq<T>(sum, zero)) ? 1 : 0;
}

/** The elementary functions, one number at a time, for their tests. */
export function exp32(x: f32): f32 {
  return f32x4.extract_lane(expOfLanes<f32>(f32x4.splat(x)), 0);
}
export function exp64(x: f64): f64 {
  return f64x2.extract_lane(expOfLanes<f64>(f64x2.splat(x)), 0);
}
export function tanh32(x: f32): f32 {
  return f32x4.extract_lane(tanhOfLanes<f32>(f32x4.splat(x)), 0);
}
export function tanh64(x: f64): f64 {
  return f64x2.extract_lane(tanhOfLanes<f64>(f64x2.splat(x)), 0);
}
export function logistic32(x: f32): f32 {
  return f32x4.extract_lane(logistic<f32>(f32x4.splat(x)), 0);
}
export function logistic64(x: f64): f64 {
  return f64x2.extract_lane(logistic<f64>(f64x2.splat(x)), 0);
}
export function log64(x: f64): f64 {
  return f64x2.extract_lane(logOfLanes(f64x2.splat(x)), 0);
}
