// Products over all units. The accumulators of a tile are 8 vectors, 2 rows of one line each: with the operands
// that is as many as the registers hold on every engine (more than 14 are spilled to memory by Node 20).

import { LINE } from './vector';

/**
 * target[row][panel] = sum over k of source[row][k] * panels[panel][k], or, where `scaled`, that times what
 * stands in target already (the slopes). Sums run over k upwards.
 *
 *     source   row 0  x x x x ...        panels   k = 0  ────  line of panel 0
 *              row 1  x x x x ...                 k = 1  ────
 *
 * Two rows at a time: `rows` is even (a spare row may hold anything).
 */
export function multiplyAll<T>(
  source: usize,
  sourceStride: usize,
  panels: usize,
  panelBytes: usize,
  target: usize,
  targetStride: usize,
  rows: u32,
  panelCount: u32,
  terms: u32,
  scaled: bool,
): void {
  const length = <usize>terms * sizeof<T>();
  for (let panel: u32 = 0; panel < panelCount; panel++) {
    let from = source;
    let to = target;
    for (let row: u32 = 0; row < rows; row += 2) {
      let sum00 = v128.splat<T>(0);
      let sum01 = v128.splat<T>(0);
      let sum02 = v128.splat<T>(0);
      let sum03 = v128.splat<T>(0);
      let sum10 = v128.splat<T>(0);
      let sum11 = v128.splat<T>(0);
      let sum12 = v128.splat<T>(0);
      let sum13 = v128.splat<T>(0);
      let x0 = from;
      let x1 = from + sourceStride;
      let line = panels;
      const end = from + length;
      while (x0 < end) {
        const w0 = v128.load(line);
        const w1 = v128.load(line, 16);
        const w2 = v128.load(line, 32);
        const w3 = v128.load(line, 48);
        const a = v128.load_splat<T>(x0);
        const b = v128.load_splat<T>(x1);
        sum00 = v128.add<T>(sum00, v128.mul<T>(a, w0));
        sum01 = v128.add<T>(sum01, v128.mul<T>(a, w1));
        sum02 = v128.add<T>(sum02, v128.mul<T>(a, w2));
        sum03 = v128.add<T>(sum03, v128.mul<T>(a, w3));
        sum10 = v128.add<T>(sum10, v128.mul<T>(b, w0));
        sum11 = v128.add<T>(sum11, v128.mul<T>(b, w1));
        sum12 = v128.add<T>(sum12, v128.mul<T>(b, w2));
        sum13 = v128.add<T>(sum13, v128.mul<T>(b, w3));
        x0 += sizeof<T>();
        x1 += sizeof<T>();
        line += LINE;
      }
      const next = to + targetStride;
      if (scaled) {
        sum00 = v128.mul<T>(sum00, v128.load(to));
        sum01 = v128.mul<T>(sum01, v128.load(to, 16));
        sum02 = v128.mul<T>(sum02, v128.load(to, 32));
        sum03 = v128.mul<T>(sum03, v128.load(to, 48));
        sum10 = v128.mul<T>(sum10, v128.load(next));
        sum11 = v128.mul<T>(sum11, v128.load(next, 16));
        sum12 = v128.mul<T>(sum12, v128.load(next, 32));
        sum13 = v128.mul<T>(sum13, v128.load(next, 48));
      }
      v128.store(to, sum00);
      v128.store(to, sum01, 16);
      v128.store(to, sum02, 32);
      v128.store(to, sum03, 48);
      v128.store(next, sum10);
      v128.store(next, sum11, 16);
      v128.store(next, sum12, 32);
      v128.store(next, sum13, 48);
      from += 2 * sourceStride;
      to = next + targetStride;
    }
    panels += panelBytes;
    target += LINE;
  }
}

/**
 * tile[unit] (+)= sum over rows of left[row][unit] * right[row][one line], for `units` units from `left` on, an
 * even number. The sum starts from what is in the tile where `resumed`, and runs over rows upwards.
 */
export function gradientAll<T>(
  left: usize,
  right: usize,
  stride: usize,
  rows: u32,
  units: u32,
  tile: usize,
  resumed: bool,
): void {
  const length = <usize>rows * stride;
  for (let unit: u32 = 0; unit < units; unit += 2) {
    let sum00 = v128.splat<T>(0);
    let sum01 = v128.splat<T>(0);
    let sum02 = v128.splat<T>(0);
    let sum03 = v128.splat<T>(0);
    let sum10 = v128.splat<T>(0);
    let sum11 = v128.splat<T>(0);
    let sum12 = v128.splat<T>(0);
    let sum13 = v128.splat<T>(0);
    if (resumed) {
      sum00 = v128.load(tile);
      sum01 = v128.load(tile, 16);
      sum02 = v128.load(tile, 32);
      sum03 = v128.load(tile, 48);
      sum10 = v128.load(tile, 64);
      sum11 = v128.load(tile, 80);
      sum12 = v128.load(tile, 96);
      sum13 = v128.load(tile, 112);
    }
    let x = left;
    let line = right;
    const end = left + length;
    while (x < end) {
      const d0 = v128.load(line);
      const d1 = v128.load(line, 16);
      const d2 = v128.load(line, 32);
      const d3 = v128.load(line, 48);
      const a = v128.load_splat<T>(x);
      const b = v128.load_splat<T>(x, sizeof<T>());
      sum00 = v128.add<T>(sum00, v128.mul<T>(a, d0));
      sum01 = v128.add<T>(sum01, v128.mul<T>(a, d1));
      sum02 = v128.add<T>(sum02, v128.mul<T>(a, d2));
      sum03 = v128.add<T>(sum03, v128.mul<T>(a, d3));
      sum10 = v128.add<T>(sum10, v128.mul<T>(b, d0));
      sum11 = v128.add<T>(sum11, v128.mul<T>(b, d1));
      sum12 = v128.add<T>(sum12, v128.mul<T>(b, d2));
      sum13 = v128.add<T>(sum13, v128.mul<T>(b, d3));
      x += stride;
      line += stride;
    }
    v128.store(tile, sum00);
    v128.store(tile, sum01, 16);
    v128.store(tile, sum02, 32);
    v128.store(tile, sum03, 48);
    v128.store(tile, sum10, 64);
    v128.store(tile, sum11, 80);
    v128.store(tile, sum12, 96);
    v128.store(tile, sum13, 112);
    tile += 2 * LINE;
    left += 2 * sizeof<T>();
  }
}
