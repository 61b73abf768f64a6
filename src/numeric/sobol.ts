import { keyedWords } from './keyed-stream.js';
import { SOBOL_DIRECTIONS } from './sobol-directions.js';

const BITS = 32;
const DIMENSIONS = SOBOL_DIRECTIONS.length + 1;

/**
 * A coordinate of a scrambled Sobol sequence, strictly between 0 and 1, for a dimension and an index from 0. The seed
 * and the name key the scrambling, so no state is kept. The first 2^k points have exactly one coordinate in each of the
 * 2^k equal parts of the interval, in each dimension.
 *
 * Sequence: Sobol 1967, with the direction numbers of Joe and Kuo 2008. Scrambling: Owen 1995, "Randomly permuted
 * (t,m,s)-nets"; each random swap is a hash of its place (as in Burley 2020, "Practical hash-based Owen scrambling").
 * Dimensions after the hundredth use the first hundred again, with shuffled indices (Burley 2020, section 5).
 */
export function sobolCoordinate(dimension: number, index: number, seed: number, name: string): number {
  const block = Math.floor(dimension / DIMENSIONS);
  const at = block === 0 ? index : scramble(index, keyOf('sobol order', seed, String(block)));
  const bits = scramble(sobolBits(dimension % DIMENSIONS, at), keyOf('sobol', seed, name));
  return (bits + 0.5) / 4294967296;
}

/** A coordinate of the plain sequence, as 32 bits. */
export function sobolBits(dimension: number, index: number): number {
  const directions = directionsOf(dimension);
  let bits = 0;
  for (let left = index, i = 0; left > 0; left >>>= 1, i++) if (left & 1) bits ^= directions[i] ?? 0;
  return bits >>> 0;
}

const known = new Map<number, Uint32Array>();

function directionsOf(dimension: number): Uint32Array {
  const directions = known.get(dimension) ?? computeDirections(dimension);
  known.set(dimension, directions);
  return directions;
}

/** Direction numbers by the recurrence of Bratley and Fox 1988 (Algorithm 659). */
function computeDirections(dimension: number): Uint32Array {
  const directions = new Uint32Array(BITS);
  const row = SOBOL_DIRECTIONS[dimension - 1];
  if (row === undefined) return directions.map((_, i) => (1 << (BITS - 1 - i)) >>> 0);
  const [polynomial, ...initial] = row;
  const degree = initial.length;
  for (let i = 0; i < BITS; i++) {
    const first = initial[i];
    if (first !== undefined) {
      directions[i] = (first << (BITS - 1 - i)) >>> 0;
      continue;
    }
    const before = directions[i - degree] ?? 0;
    let next = before ^ (before >>> degree);
    for (let k = 1; k < degree; k++) if ((polynomial >>> (degree - k)) & 1) next ^= directions[i - k] ?? 0;
    directions[i] = next;
  }
  return directions;
}

/** Swaps the halves of the interval, of each half, and so on, each by a bit that is a hash of its place. */
function scramble(bits: number, key: number): number {
  let flips = 0;
  // The bits above, behind a leading 1: a number for each place in the tree of halves.
  let place = 1;
  for (let bit = BITS - 1; bit >= 0; bit--) {
    flips = (flips << 1) | (mix(Math.imul(place, GOLDEN_RATIO) + key) >>> (BITS - 1));
    place = ((place << 1) | ((bits >>> bit) & 1)) >>> 0;
  }
  return (bits ^ flips) >>> 0;
}

/** 2^32 divided by the golden ratio, which spreads numbers that follow each other. */
const GOLDEN_RATIO = 0x9e3779b1;

/** The finalizer of MurmurHash3 (Appleby 2011). */
function mix(word: number): number {
  let hash = word | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const keys = new Map<string, number>();

/** Keys are kept, since hashing one takes as long as a hundred coordinates. */
function keyOf(purpose: string, seed: number, name: string): number {
  const text = JSON.stringify([purpose, seed, name]);
  const key = keys.get(text) ?? keyedWords(purpose, seed, name)[0];
  if (keys.size >= MAX_KEYS) keys.clear();
  keys.set(text, key);
  return key;
}

const MAX_KEYS = 10_000;
