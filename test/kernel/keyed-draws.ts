import type { SeedWords } from '../../src/kernel/network-kernel.js';

/** The kernel's keyed random numbers, written again from their description, in whole numbers of any size. */

const GOLDEN = 0x9e3779b97f4a7c15n;
const mask64 = (x: bigint): bigint => BigInt.asUintN(64, x);

function mix(x: bigint): bigint {
  let z = mask64((x ^ (x >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = mask64((z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

const keyOf = ([a, b, c, d]: SeedWords): bigint => {
  const first = mix(mask64(((BigInt(a) << 32n) | BigInt(b)) + GOLDEN));
  return mix(mask64((first ^ ((BigInt(c) << 32n) | BigInt(d))) + GOLDEN));
};

const within = (key: bigint, index: number): bigint => mix(mask64(key + GOLDEN * BigInt(index + 1)));

/** Whether each of `units` units of a layer (0: the inputs) is kept for the sample at a place of the epoch. */
export function keptUnits(
  seed: SeedWords,
  layer: number,
  sample: number,
  units: number,
  share: number,
): boolean[] {
  const key = within(within(keyOf(seed), layer), sample);
  const low = Number(key & 0xffffffffn);
  const high = Number(key >> 32n);
  const threshold = Math.round(share * 2 ** 32);
  return Array.from({ length: units }, (_, unit) => {
    let x = (unit + low) | 0;
    x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
    x = (x + high) | 0;
    x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
    x ^= x >>> 16;
    return x >>> 0 >= threshold;
  });
}

/** The shuffled order of so many rows. */
export function shuffledOrder(seed: SeedWords, rows: number): number[] {
  const key = keyOf(seed);
  const order = Array.from({ length: rows }, (_, i) => i);
  for (let i = rows; i > 1; i--) {
    const j = Number((within(key, i) * BigInt(i)) >> 64n);
    const last = order[i - 1] ?? 0;
    order[i - 1] = order[j] ?? 0;
    order[j] = last;
  }
  return order;
}
