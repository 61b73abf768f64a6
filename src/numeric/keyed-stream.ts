import { createHash } from 'node:crypto';
import { cos, log } from './elementary.js';

/** What a stream of random numbers is for; equal keys give equal streams. */
export type StreamKey = readonly (string | number)[];

/** A stream of random numbers. Every method draws from the same sequence. */
export interface RandomStream {
  /** A whole number from 0 to 2^32 - 1. */
  uint32(): number;
  /** A number in [0, 1) with 53 random bits. */
  uniform(): number;
  /** A whole number from 0 to limit - 1, without bias; limit at most 2^32. */
  below(limit: number): number;
  /** A draw from the normal distribution of mean 0 and standard deviation 1 (Box and Muller 1958). */
  normal(): number;
}

/** Four 32-bit words that depend on the key alone (the first half of its SHA-256). */
export function keyedWords(...key: StreamKey): [number, number, number, number] {
  const digest = createHash('sha256').update(JSON.stringify(key)).digest();
  return [digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8), digest.readUInt32LE(12)];
}

const rotateLeft = (x: number, k: number): number => (x << k) | (x >>> (32 - k));

/**
 * The stream of a key. Randomness is keyed, not streamed: a campaign never saves a generator's state, it
 * asks for the stream of (seed, purpose, repeat, epoch) again.
 *
 * Generator: xoshiro128++ (Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators").
 */
export function keyedStream(...key: StreamKey): RandomStream {
  let [a, b, c, d] = keyedWords(...key);
  const uint32 = (): number => {
    const result = (rotateLeft((a + d) | 0, 7) + a) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotateLeft(d, 11);
    return result;
  };
  const uniform = (): number => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992;
  return {
    uint32,
    uniform,
    below(limit) {
      const rejected = 4294967296 % limit;
      for (;;) {
        const x = uint32();
        if (x >= rejected) return x % limit;
      }
    },
    normal: () => Math.sqrt(-2 * log(1 - uniform())) * cos(6.283185307179586 * uniform()),
  };
}

/** Shuffles the items in place (Fisher and Yates). */
export function shuffle<Items extends { length: number; [index: number]: number }>(
  items: Items,
  stream: RandomStream,
): Items {
  for (let i = items.length - 1; i > 0; i--) {
    const j = stream.below(i + 1);
    const x = items[i] as number;
    items[i] = items[j] as number;
    items[j] = x;
  }
  return items;
}
