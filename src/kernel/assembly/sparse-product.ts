// Products that skip what is zero, by lists. Adding a product with zero changes no sum (a sum that starts at +0
// never becomes -0), so the results are those of dense-product.ts, bit for bit, as long as they are finite.
//
// A list entry costs as much to fetch and to spread over a vector whether one line or two are multiplied by it, but
// two lines would need more vectors than Node 20 keeps in registers. So each panel takes a pass of its own over
// the lists, two entries at a time.

import { LINE } from './vector';

/** As multiplyAll, over the listed units of each row alone; an entry is the unit's offset in its row. */
export function multiplyListed<T>(
  source: usize,
  sourceStride: usize,
  lists: usize,
  listStride: usize,
  counts: usize,
  panels: usize,
  panelBytes: usize,
  target: usize,
  targetStride: usize,
  rows: u32,
  panelCount: u32,
  scaled: bool,
): void {
  // An entry is unit * sizeof(T); its line is unit * 64 bytes on.
  const toLine: usize = sizeof<T>() == 4 ? 4 : 3;
  for (let panel: u32 = 0; panel < panelCount; panel++) {
    let from = source;
    let to = target;
    let list = lists;
    let counter = counts;
    for (let row: u32 = 0; row < rows; row++) {
      let sum0 = v128.splat<T>(0);
      let sum1 = v128.splat<T>(0);
      let sum2 = v128.splat<T>(0);
      let sum3 = v128.splat<T>(0);
      const count = load<u32>(counter);
      let entry = list;
      const end = list + ((<usize>count) << 2);
      const pairsEnd = list + ((<usize>(count & ~1)) << 2);
      while (entry < pairsEnd) {
        const offset = <usize>load<u32>(entry);
        const x = v128.load_splat<T>(from + offset);
        const line = panels + (offset << toLine);
        sum0 = v128.add<T>(sum0, v128.mul<T>(x, v128.load(line)));
        sum1 = v128.add<T>(sum1, v128.mul<T>(x, v128.load(line, 16)));
        sum2 = v128.add<T>(sum2, v128.mul<T>(x, v128.load(line, 32)));
        sum3 = v128.add<T>(sum3, v128.mul<T>(x, v128.load(line, 48)));
        const nextOffset = <usize>load<u32>(entry, 4);
        const nextX = v128.load_splat<T>(from + nextOffset);
        const nextLine = panels + (nextOffset << toLine);
        sum0 = v128.add<T>(sum0, v128.mul<T>(nextX, v128.load(nextLine)));
        sum1 = v128.add<T>(sum1, v128.mul<T>(nextX, v128.load(nextLine, 16)));
        sum2 = v128.add<T>(sum2, v128.mul<T>(nextX, v128.load(nextLine, 32)));
        sum3 = v128.add<T>(sum3, v128.mul<T>(nextX, v128.load(nextLine, 48)));
        entry += 8;
      }
      if (entry < end) {
        const offset = <usize>load<u32>(entry);
        const x = v128.load_splat<T>(from + offset);
        const line = panels + (offset << toLine);
        sum0 = v128.add<T>(sum0, v128.mul<T>(x, v128.load(line)));
        sum1 = v128.add<T>(sum1, v128.mul<T>(x, v128.load(line, 16)));
        sum2 = v128.add<T>(sum2, v128.mul<T>(x, v128.load(line, 32)));
        sum3 = v128.add<T>(sum3, v128.mul<T>(x, v128.load(line, 48)));
      }
      if (scaled) {
        sum0 = v128.mul<T>(sum0, v128.load(to));
        sum1 = v128.mul<T>(sum1, v128.load(to, 16));
        sum2 = v128.mul<T>(sum2, v128.load(to, 32));
        sum3 = v128.mul<T>(sum3, v128.load(to, 48));
      }
      v128.store(to, sum0);
      v128.store(to, sum1, 16);
      v128.store(to, sum2, 32);
      v128.store(to, sum3, 48);
      from += sourceStride;
      to += targetStride;
      list += listStride;
      counter += 4;
    }
    panels += panelBytes;
    target += LINE;
  }
}

/** As gradientAll, over the listed rows of each unit alone; an entry is the row's offset in both arrays. */
export function gradientListed<T>(
  left: usize,
  lists: usize,
  listStride: usize,
  ends: usize,
  right: usize,
  units: u32,
  tile: usize,
  resumed: bool,
): void {
  for (let unit: u32 = 0; unit < units; unit++) {
    let sum0 = v128.splat<T>(0);
    let sum1 = v128.splat<T>(0);
    let sum2 = v128.splat<T>(0);
    let sum3 = v128.splat<T>(0);
    if (resumed) {
      sum0 = v128.load(tile);
      sum1 = v128.load(tile, 16);
      sum2 = v128.load(tile, 32);
      sum3 = v128.load(tile, 48);
    }
    let entry = lists;
    const end = <usize>load<u32>(ends);
    const pairsEnd = lists + ((end - lists) & ~7);
    while (entry < pairsEnd) {
      const offset = <usize>load<u32>(entry);
      const x = v128.load_splat<T>(left + offset);
      const line = right + offset;
      sum0 = v128.add<T>(sum0, v128.mul<T>(x, v128.load(line)));
      sum1 = v128.add<T>(sum1, v128.mul<T>(x, v128.load(line, 16)));
      sum2 = v128.add<T>(sum2, v128.mul<T>(x, v128.load(line, 32)));
      sum3 = v128.add<T>(sum3, v128.mul<T>(x, v128.load(line, 48)));
      const nextOffset = <usize>load<u32>(entry, 4);
      const nextX = v128.load_splat<T>(left + nextOffset);
      const nextLine = right + nextOffset;
      sum0 = v128.add<T>(sum0, v128.mul<T>(nextX, v128.load(nextLine)));
      sum1 = v128.add<T>(sum1, v128.mul<T>(nextX, v128.load(nextLine, 16)));
      sum2 = v128.add<T>(sum2, v128.mul<T>(nextX, v128.load(nextLine, 32)));
      sum3 = v128.add<T>(sum3, v128.mul<T>(nextX, v128.load(nextLine, 48)));
      entry += 8;
    }
    if (entry < end) {
      const offset = <usize>load<u32>(entry);
      const x = v128.load_splat<T>(left + offset);
      const line = right + offset;
      sum0 = v128.add<T>(sum0, v128.mul<T>(x, v128.load(line)));
      sum1 = v128.add<T>(sum1, v128.mul<T>(x, v128.load(line, 16)));
      sum2 = v128.add<T>(sum2, v128.mul<T>(x, v128.load(line, 32)));
      sum3 = v128.add<T>(sum3, v128.mul<T>(x, v128.load(line, 48)));
    }
    v128.store(tile, sum0);
    v128.store(tile, sum1, 16);
    v128.store(tile, sum2, 32);
    v128.store(tile, sum3, 48);
    tile += LINE;
    left += sizeof<T>();
    lists += listStride;
    ends += 4;
  }
}
