// A block of rows: fetched from the prepared data in the order of training, inputs dropped on the way.

import { listColumns, listRows } from './kept-units';
import { Layer, Network, layerAt, layerBefore } from './network';
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
  const inputs = layerBefore(network, 0);
  let target = inputs.values;
  let label = network.labels;
  const drops = inputs.threshold != 0;
  const inputKey = keyWithin(network.maskKey, 0);
  for (let row: u32 = 0; row < rows; row++) {
    const place = placeOf(network, first + row);
    const source = network.data + place * rowBytes;
    if (drops) {
      dropInputs<T>(inputs, source, target, rowBytes, keyWithin(inputKey, first + row));
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
  if (inputs.listed != 0) {
    listRows<T>(inputs, inputs.values, network.stride, rows, network.tables);
    if (inputs.columnLists != 0) listColumns<T>(inputs, network.stride, rows, network.blockRows);
  }
}

function dropInputs<T>(inputs: Layer, source: usize, target: usize, rowBytes: usize, key: u64): void {
  const low = i32x4.splat(<i32>key);
  const high = i32x4.splat(<i32>(key >> 32));
  const threshold = i32x4.splat(<i32>inputs.threshold);
  const scale = all<T>(inputs.scale);
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
