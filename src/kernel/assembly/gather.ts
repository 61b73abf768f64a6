// A block of rows: fetched from the prepared data in the order of training, inputs dropped on the way.

import { Network, layerAt } from './network';
import { draw, keyWithin } from './random';
import { LINE, all } from './vector';

/** Place in the data of the sample at a position of the epoch. */
// @ts-ignore: decorator
@inline
function placeOf(network: Network, position: u32): usize {
  const order = network.order;
  return <usize>(order != 0 ? load<u32>(order + ((<usize>position) << 2)) : position - network.dataFrom);
}

/** Fetches `rows` samples from position `first` on, and their labels. */
export function gather<T>(network: Network, first: u32, rows: u32): void {
  const rowBytes = <usize>layerAt(network, 0).inputsPadded * sizeof<T>();
  const labelBytes = <usize>network.labelWidth * sizeof<T>();
  let target = network.inputs;
  let label = network.labels;
  const drops = network.inputThreshold != 0;
  const inputKey = keyWithin(network.maskKey, 0);
  for (let row: u32 = 0; row < rows; row++) {
    const place = placeOf(network, first + row);
    const source = network.data + place * rowBytes;
    if (drops) {
      dropInputs<T>(network, source, target, rowBytes, keyWithin(inputKey, first + row));
    } else {
      for (let at: usize = 0; at < rowBytes; at += LINE) {
        v128.store(target + at, v128.load(source + at));
        v128.store(target + at, v128.load(source + at, 16), 16);
        v128.store(target + at, v128.load(source + at, 32), 32);
        v128.store(target + at, v128.load(source + at, 48), 48);
      }
    }
    const sourceLabel = network.labelData + place * labelBytes;
    for (let at: usize = 0; at < labelBytes; at += sizeof<T>()) store<T>(label + at, load<T>(sourceLabel + at));
    target += network.stride;
    label += labelBytes;
  }
}

function dropInputs<T>(network: Network, source: usize, target: usize, rowBytes: usize, key: u64): void {
  const low = i32x4.splat(<i32>key);
  const high = i32x4.splat(<i32>(key >> 32));
  const threshold = i32x4.splat(<i32>network.inputThreshold);
  const scale = all<T>(network.inputScale);
  let units = i32x4(0, 1, 2, 3);
  for (let at: usize = 0; at < rowBytes; at += 4 * sizeof<T>()) {
    const keep = i32x4.ge_u(draw(units, low, high), threshold);
    units = i32x4.add(units, i32x4.splat(4));
    if (sizeof<T>() == 4) {
      v128.store(target + at, v128.mul<T>(v128.load(source + at), v128.and(scale, keep)));
    } else {
      const keep0 = v128.and(scale, i64x2.extend_low_i32x4_s(keep));
      const keep1 = v128.and(scale, i64x2.extend_high_i32x4_s(keep));
      v128.store(target + at, v128.mul<T>(v128.load(source + at), keep0));
      v128.store(target + at, v128.mul<T>(v128.load(source + at, 16), keep1), 16);
    }
  }
}
