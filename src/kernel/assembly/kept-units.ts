// Lists of the units that are not zero: of hidden units made while a row of activations is still in registers, of
// inputs from memory.

import { Layer } from './network';

/**
 * Fills the tables at `tables`: for each pattern of four bits the shuffle that moves the 4-byte words whose bit
 * is set to the front, and after all shuffles the bytes that they then take.
 */
export function fillTables(tables: usize): void {
  for (let pattern: u32 = 0; pattern < 16; pattern++) {
    let kept: u32 = 0;
    for (let lane: u32 = 0; lane < 4; lane++) {
      if (((pattern >> lane) & 1) == 0) continue;
      for (let byte: u32 = 0; byte < 4; byte++)
        store<u8>(tables + pattern * 16 + kept * 4 + byte, <u8>(lane * 4 + byte));
      kept += 1;
    }
    store<u32>(tables + 256 + pattern * 4, kept * 4);
  }
}

/** Writes the offsets whose bits are set at `end`; returns the list's new end. Up to 16 bytes behind it are spoilt. */
// @ts-ignore: decorator
@inline
export function append(end: usize, offsets: v128, bits: u32, tables: usize): usize {
  v128.store(end, i8x16.swizzle(offsets, v128.load(tables + ((<usize>bits) << 4))));
  return end + <usize>load<u32>(tables + 256 + ((<usize>bits) << 2));
}

/** Starts the lists of a block; each has room for `capacity` rows. */
export function emptyColumns(layer: Layer, capacity: usize): void {
  let end = layer.columnLists;
  const ends = layer.columnEnds;
  for (let unit: u32 = 0; unit < layer.outputsPadded; unit++) {
    store<u32>(ends + ((<usize>unit) << 2), <u32>end);
    end += capacity << 2;
  }
}

/** Enters the finished list of one row into the lists of its units. */
export function enterColumns<T>(layer: Layer, from: usize, end: usize, rowOffset: u32): void {
  const ends = layer.columnEnds;
  for (let entry = from; entry < end; entry += 4) {
    // An entry is unit * sizeof(T), the place of the unit's end unit * 4.
    const offset = <usize>load<u32>(entry);
    const place = ends + (sizeof<T>() == 4 ? offset : offset >> 1);
    const last = <usize>load<u32>(place);
    store<u32>(last, rowOffset);
    store<u32>(place, <u32>(last + 4));
  }
}

/** Lists the units that are not zero in each of `rows` rows of a layer's values, wherever these stand. */
export function listRows<T>(layer: Layer, source: usize, stride: usize, rows: u32, tables: usize): void {
  const length = <usize>layer.outputsPadded * sizeof<T>();
  const fourOffsets = i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(<i32>sizeof<T>()));
  const zero = v128.splat<T>(0);
  let list = layer.rowLists;
  for (let row: u32 = 0; row < rows; row++) {
    let end = list;
    for (let at: usize = 0; at < length; at += 4 * sizeof<T>()) {
      const first = v128.ne<T>(v128.load(source + at), zero);
      const bits: u32 =
        sizeof<T>() == 4
          ? <u32>i32x4.bitmask(first)
          : <u32>i64x2.bitmask(first) | (<u32>i64x2.bitmask(v128.ne<T>(v128.load(source + at, 16), zero)) << 2);
      end = append(end, i32x4.add(i32x4.splat(<i32>at), fourOffsets), bits, tables);
    }
    store<u32>(layer.rowCounts + ((<usize>row) << 2), <u32>((end - list) >> 2));
    list += (<usize>layer.outputsPadded) << 2;
    source += stride;
  }
}

/** Turns the lists of a block's rows into lists of its units; each has room for `capacity` rows. */
export function listColumns<T>(layer: Layer, stride: usize, rows: u32, capacity: usize): void {
  emptyColumns(layer, capacity);
  let list = layer.rowLists;
  for (let row: u32 = 0; row < rows; row++) {
    const count = <usize>load<u32>(layer.rowCounts + ((<usize>row) << 2));
    enterColumns<T>(layer, list, list + (count << 2), row * <u32>stride);
    list += (<usize>layer.outputsPadded) << 2;
  }
}
