// Random numbers by key, not by stream: a draw is a function of who asks, so there is no state to save, and
// nothing depends on what ran before, on how wide the network is, or on how rows are cut into blocks.
//
//     seed words ──▶ key of the epoch ──▶ key of a layer ──▶ key of a sample ──▶ 32 bits for a unit
//
// Keys are 64 bits, mixed by the finaliser of SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable
// pseudorandom number generators"). A unit's bits come from two multiply-xorshift rounds with the constants of
// C. Wellons' lowbias32 ("Prospecting for hash functions", 2018), half of the sample's key added before each.

const GOLDEN: u64 = 0x9e3779b97f4a7c15;

/** Mixes 64 bits so that each depends on all. */
export function mix(x: u64): u64 {
  let z = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

/** The key of four words. */
export function keyOf(a: u32, b: u32, c: u32, d: u32): u64 {
  const first = mix((((<u64>a) << 32) | <u64>b) + GOLDEN);
  return mix((first ^ (((<u64>c) << 32) | <u64>d)) + GOLDEN);
}

/** The key of member `index` of whatever has this key. */
// @ts-ignore: decorator
@inline
export function keyWithin(key: u64, index: u32): u64 {
  return mix(key + GOLDEN * (<u64>index + 1));
}

/** 32 random bits for each of four units, whose numbers are the lanes. */
// @ts-ignore: decorator
@inline
export function draw(units: v128, low: v128, high: v128): v128 {
  let x = i32x4.add(units, low);
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
  x = i32x4.add(x, high);
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(<i32>0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/** Fills `order` with 0 .. count - 1 and shuffles it (Fisher and Yates). */
export function shuffle(order: usize, count: u32, a: u32, b: u32, c: u32, d: u32): void {
  const key = keyOf(a, b, c, d);
  for (let i: u32 = 0; i < count; i++) store<u32>(order + ((<usize>i) << 2), i);
  for (let i: u32 = count; i > 1; i--) {
    const x = keyWithin(key, i);
    // The upper half of the 96-bit product x * i: below i, and even to one part in 2^64 / i.
    const j = <u32>(((x >> 32) * <u64>i + (((x & 0xffffffff) * <u64>i) >> 32)) >> 32);
    const last = order + ((<usize>(i - 1)) << 2);
    const other = order + ((<usize>j) << 2);
    const kept = load<u32>(last);
    store<u32>(last, load<u32>(other));
    store<u32>(other, kept);
  }
}
