// SIMD128 in terms of a number type T, f32 or f64.
//
// Everything is laid out in lines of 64 bytes, which are 4 vectors of 16 bytes. A line holds 16 numbers in f32
// and 8 in f64; WIDTH below is that number. No fused multiply-add and no relaxed instruction is used anywhere:
// each operation rounds by itself, as the standard says, so that every machine gives the same bits.

/** Bytes of a line. */
export const LINE: usize = 64;

/** Numbers in a line. */
// @ts-ignore: decorator
@inline
export function width<T>(): u32 {
  return <u32>(64 / sizeof<T>());
}

/** A number in all lanes. */
// @ts-ignore: decorator
@inline
export function all<T>(x: f64): v128 {
  return v128.splat<T>(<T>x);
}

/**
 * Tiny numbers become 0; NaN stays. Optimiser state shrinks geometrically and would stick at denormal numbers,
 * which cost four times as much in every operation.
 */
// @ts-ignore: decorator
@inline
export function withoutTiny<T>(x: v128): v128 {
  return v128.andnot(x, v128.lt<T>(v128.abs<T>(x), all<T>(sizeof<T>() == 4 ? 1e-36 : 1e-300)));
}

/** Sum of all lanes, in an order that never changes: (0 + 2) + (1 + 3) in f32. */
// @ts-ignore: decorator
@inline
export function sumOfLanes<T>(x: v128): v128 {
  if (sizeof<T>() == 4) {
    const halves = v128.add<T>(x, v128.shuffle<i32>(x, x, 2, 3, 0, 1));
    return v128.add<T>(halves, v128.shuffle<i32>(halves, halves, 1, 0, 3, 2));
  }
  return v128.add<T>(x, v128.shuffle<i64>(x, x, 1, 0));
}

/** Largest of all lanes, in all lanes. */
// @ts-ignore: decorator
@inline
export function largestOfLanes<T>(x: v128): v128 {
  if (sizeof<T>() == 4) {
    const halves = v128.pmax<T>(x, v128.shuffle<i32>(x, x, 2, 3, 0, 1));
    return v128.pmax<T>(halves, v128.shuffle<i32>(halves, halves, 1, 0, 3, 2));
  }
  return v128.pmax<T>(x, v128.shuffle<i64>(x, x, 1, 0));
}

/** Transposes a square of WIDTH lines: 16 x 16 numbers in f32, 8 x 8 in f64. */
export function transpose<T>(from: usize, to: usize): void {
  if (sizeof<T>() == 4) {
    for (let i: usize = 0; i < 4; i++) {
      for (let j: usize = 0; j < 4; j++) {
        const source = from + i * 256 + j * 16;
        const target = to + j * 256 + i * 16;
        const a = v128.load(source);
        const b = v128.load(source, 64);
        const c = v128.load(source, 128);
        const d = v128.load(source, 192);
        const ab01 = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
        const ab23 = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
        const cd01 = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
        const cd23 = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
        v128.store(target, v128.shuffle<i64>(ab01, cd01, 0, 2));
        v128.store(target, v128.shuffle<i64>(ab01, cd01, 1, 3), 64);
        v128.store(target, v128.shuffle<i64>(ab23, cd23, 0, 2), 128);
        v128.store(target, v128.shuffle<i64>(ab23, cd23, 1, 3), 192);
      }
    }
  } else {
    for (let i: usize = 0; i < 4; i++) {
      for (let j: usize = 0; j < 4; j++) {
        const source = from + i * 128 + j * 16;
        const target = to + j * 128 + i * 16;
        const a = v128.load(source);
        const b = v128.load(source, 64);
        v128.store(target, v128.shuffle<i64>(a, b, 0, 2));
        v128.store(target, v128.shuffle<i64>(a, b, 1, 3), 64);
      }
    }
  }
}
