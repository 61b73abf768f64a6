// Products that skip what is zero, by lists. Adding a product with zero changes no sum (a sum that starts at +0
// never becomes -0), so the results are those of dense-product.ts, bit for bit, as long as they are finite.
//
// One list entry serves two panels: 8 accumulators hide the latency of addition, and reading the entry and
// spreading its number are paid for once. A panel left over takes the narrow form.

import { LINE } from './vector';

/** One row times two panels that stand `panelBytes` apart. */
function multiplyTwoPanels<T>(
  source: usize,
  sourceStride: usize,
  lists: usize,
  listStride: usize,
  counts: usize,
  panel: usize,
  panelBytes: usize,
  target: usize,
  targetStride: usize,
  rows: u32,
  scaled: bool,
): void {
  // A list entry is unit * sizeof(T); its line is unit * 64 bytes on.
  const toLine: usize = sizeof<T>() == 4 ? 4 : 3;
  const other = panel + panelBytes;
  for (let row: u32 = 0; row < rows; row++) {
    let sum0 = v128.splat<T>(0);
    let sum1 = v128.splat<T>(0);
    let sum2 = v128.splat<T>(0);
    let sum3 = v128.splat<T>(0);
    let sum4 = v128.splat<T>(0);
    let sum5 = v128.splat<T>(0);
    let sum6 = v128.splat<T>(0);
    let sum7 = v128.splat<T>(0);
    let entry = lists;
    const end = lists + ((<usize>load<u32>(counts)) << 2);
    while (entry < end) {
      const offset = <usize>load<u32>(entry);
      const x = v128.load_splat<T>(source + offset);
      const line = panel + (offset << toLine);
      const otherLine = other + (offset << toLine);
      sum0 = v128.add<T>(sum0, v128.mul<T>(x, v128.load(line)));
      sum1 = v128.add<T>(sum1, v128.mul<T>(x, v128.load(line, 16)));
      sum2 = v128.add<T>(sum2, v128.mul<T>(x, v128.load(line, 32)));
      sum3 = v128.add<T>(sum3, v128.mul<T>(x, v128.load(line, 48)));
      sum4 = v128.add<T>(sum4, v128.mul<T>(x, v128.load(otherLine)));
      sum5 = v128.add<T>(sum5, v128.mul<T>(x, v128.load(otherLine, 16)));
      sum6 = v128.add<T>(sum6, v128.mul<T>(x, v128.load(otherLine, 32)));
      sum7 = v128.add<T>(sum7, v128.mul<T>(x, v128.load(otherLine, 48)));
      entry += 4;
    }
    if (scaled) {
      sum0 = v128.mul<T>(sum0, v128.load(target));
      sum1 = v128.mul<T>(sum1, v128.load(target, 16));
      sum2 = v128.mul<T>(sum2, v128.load(target, 32));
      sum3 = v128.mul<T>(sum3, v128.load(target, 48));
      sum4 = v128.mul<T>(sum4, v128.load(target, 64));
      sum5 = v128.mul<T>(sum5, v128.load(target, 80));
      sum6 = v128.mul<T>(sum6, v128.load(target, 96));
      sum7 = v128.mul<T>(sum7, v128.load(target, 112));
    }
    v128.store(target, sum0);
    v128.store(target, sum1, 16);
    v128.store(target, sum2, 32);
    v128.store(target, sum3, 48);
    v128.store(target, sum4, 64);
    v128.store(target, sum5, 80);
    v128.store(target, sum6, 96);
    v128.store(target, sum7, 112);
    source += sourceStride;
    target += targetStride;
    lists += listStride;
    counts += 4;
  }
}

/** One row times one panel. */
function multiplyOnePanel<T>(
  source: usize,
  sourceStride: usize,
  lists: usize,
  listStride: usize,
  counts: usize,
  panel: usize,
  panelBytes: usize,
  target: usize,
  targetStride: usize,
  rows: u32,
  scaled: bool,
): void {
  // A list entry is unit * sizeof(T); its line is unit * 64 bytes on.
  const toLine: usize = sizeof<T>() == 4 ? 4 : 3;
  for (let row: u32 = 0; row < rows; row++) {
    let sum0 = v128.splat<T>(0);
    let sum1 = v128.splat<T>(0);
    let sum2 = v128.splat<T>(0);
    let sum3 = v128.splat<T>(0);
    let entry = lists;
    const end = lists + ((<usize>load<u32>(counts)) << 2);
    while (entry < end) {
      const offset = <usize>load<u32>(entry);
      const x = v128.load_splat<T>(source + offset);
      const line = panel + (offset << toLine);
      sum0 = v128.add<T>(sum0, v128.mul<T>(x, v128.load(line)));
      sum1 = v128.add<T>(sum1, v128.mul<T>(x, v128.load(line, 16)));
      sum2 = v128.add<T>(sum2, v128.mul<T>(x, v128.load(line, 32)));
      sum3 = v128.add<T>(sum3, v128.mul<T>(x, v128.load(line, 48)));
      entry += 4;
    }
    if (scaled) {
      sum0 = v128.mul<T>(sum0, v128.load(target));
      sum1 = v128.mul<T>(sum1, v128.load(target, 16));
      sum2 = v128.mul<T>(sum2, v128.load(target, 32));
      sum3 = v128.mul<T>(sum3, v128.load(target, 48));
    }
    v128.store(target, sum0);
    v128.store(target, sum1, 16);
    v128.store(target, sum2, 32);
    v128.store(target, sum3, 48);
    source += sourceStride;
    target += targetStride;
    lists += listStride;
    counts += 4;
  }
}

/** As multiplyAll, over the listed units of each row alone. */
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
  let left = panelCount;
  while (left >= 2) {
    multiplyTwoPanels<T>(
      source, sourceStride, lists, listStride, counts, panels, panelBytes, target, targetStride, rows, scaled,
    );
    panels += 2 * panelBytes;
    target += 2 * LINE;
    left -= 2;
  }
  if (left > 0) {
    multiplyOnePanel<T>(
      source, sourceStride, lists, listStride, counts, panels, panelBytes, target, targetStride, rows, scaled,
    );
  }
}

/**
 * As gradientAll, over the listed rows of each unit alone, for the two lines at `right` and the one after it.
 * The second line's tile stands `tileBytes` after the first's.
 */
export function gradientListedTwo<T>(
  left: usize,
  lists: usize,
  listStride: usize,
  counts: usize,
  right: usize,
  units: u32,
  tile: usize,
  tileBytes: usize,
  resumed: bool,
): void {
  for (let unit: u32 = 0; unit < units; unit++) {
    const other = tile + tileBytes;
    let sum0 = v128.splat<T>(0);
    let sum1 = v128.splat<T>(0);
    let sum2 = v128.splat<T>(0);
    let sum3 = v128.splat<T>(0);
    let sum4 = v128.splat<T>(0);
    let sum5 = v128.splat<T>(0);
    let sum6 = v128.splat<T>(0);
    let sum7 = v128.splat<T>(0);
    if (resumed) {
      sum0 = v128.load(tile);
      sum1 = v128.load(tile, 16);
      sum2 = v128.load(tile, 32);
      sum3 = v128.load(tile, 48);
      sum4 = v128.load(other);
      sum5 = v128.load(other, 16);
      sum6 = v128.load(other, 32);
      sum7 = v128.load(other, 48);
    }
    let entry = lists;
    const end = lists + ((<usize>load<u32>(counts)) << 2);
    while (entry < end) {
      const offset = <usize>load<u32>(entry);
      const x = v128.load_splat<T>(left + offset);
      const line = right + offset;
      sum0 = v128.add<T>(sum0, v128.mul<T>(x, v128.load(line)));
      sum1 = v128.add<T>(sum1, v128.mul<T>(x, v128.load(line, 16)));
      sum2 = v128.add<T>(sum2, v128.mul<T>(x, v128.load(line, 32)));
      sum3 = v128.add<T>(sum3, v128.mul<T>(x, v128.load(line, 48)));
      sum4 = v128.add<T>(sum4, v128.mul<T>(x, v128.load(line, 64)));
      sum5 = v128.add<T>(sum5, v128.mul<T>(x, v128.load(line, 80)));
      sum6 = v128.add<T>(sum6, v128.mul<T>(x, v128.load(line, 96)));
      sum7 = v128.add<T>(sum7, v128.mul<T>(x, v128.load(line, 112)));
      entry += 4;
    }
    v128.store(tile, sum0);
    v128.store(tile, sum1, 16);
    v128.store(tile, sum2, 32);
    v128.store(tile, sum3, 48);
    v128.store(other, sum4);
    v128.store(other, sum5, 16);
    v128.store(other, sum6, 32);
    v128.store(other, sum7, 48);
    tile += LINE;
    left += sizeof<T>();
    lists += listStride;
    counts += 4;
  }
}

/** As gradientListedTwo, for one line. */
export function gradientListedOne<T>(
  left: usize,
  lists: usize,
  listStride: usize,
  counts: usize,
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
    const end = lists + ((<usize>load<u32>(counts)) << 2);
    while (entry < end) {
      const offset = <usize>load<u32>(entry);
      const x = v128.load_splat<T>(left + offset);
      const line = right + offset;
      sum0 = v128.add<T>(sum0, v128.mul<T>(x, v128.load(line)));
      sum1 = v128.add<T>(sum1, v128.mul<T>(x, v128.load(line, 16)));
      sum2 = v128.add<T>(sum2, v128.mul<T>(x, v128.load(line, 32)));
      sum3 = v128.add<T>(sum3, v128.mul<T>(x, v128.load(line, 48)));
      entry += 4;
    }
    v128.store(tile, sum0);
    v128.store(tile, sum1, 16);
    v128.store(tile, sum2, 32);
    v128.store(tile, sum3, 48);
    tile += LINE;
    left += sizeof<T>();
    lists += listStride;
    counts += 4;
  }
}
