import { canonicalJson } from '../canonical-json.js';
import { isSameSetting, type Parameters, type ParameterValue } from '../parameters.js';

const INITIAL_SLOTS = 16;

/**
 * Numbers settings from 0, in the order in which they first come. Equal settings get the same number. This is several
 * times as fast as a map from their canonical JSON, and it keeps no texts.
 */
export class SettingNumbers {
  readonly #settings: Parameters[] = [];
  readonly #hashes: number[] = [];
  /** For each slot a number plus 1; 0 if it is free. The number of slots is a power of 2. */
  #slots = new Int32Array(INITIAL_SLOTS);
  /** The hashes of the names of parameters, which all settings share. */
  readonly #names = new Map<string, number>();

  /** The number of a setting. */
  of(setting: Parameters): number {
    const hash = this.#hashOf(setting);
    const slot = this.#slotOf(hash, setting);
    const known = (this.#slots[slot] ?? 0) - 1;
    if (known >= 0) return known;
    this.#settings.push(setting);
    this.#slots[slot] = this.#hashes.push(hash);
    if (2 * this.#hashes.length > this.#slots.length) this.#grow();
    return this.#hashes.length - 1;
  }

  /** The sum over the parameters, so that their order does not count. */
  #hashOf(setting: Parameters): number {
    let sum = 0;
    for (const name in setting) {
      const value = setting[name];
      if (value !== undefined) sum = (sum + mixed(this.#hashOfName(name) ^ mixed(hashOfValue(value)))) | 0;
    }
    return mixed(sum);
  }

  #hashOfName(name: string): number {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const hash = hashOfText(name);
    this.#names.set(name, hash);
    return hash;
  }

  /** The slot of a setting, or the free one where it belongs. */
  #slotOf(hash: number, setting: Parameters): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = (this.#slots[slot] ?? 0) - 1;
      if (number === -1) return slot;
      const other = this.#settings[number];
      if (this.#hashes[number] === hash && other !== undefined && isSameSetting(other, setting)) return slot;
    }
  }

  #grow(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (const [number, hash] of this.#hashes.entries()) {
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

function hashOfValue(value: ParameterValue): number {
  if (typeof value !== 'number') return hashOfText(typeof value === 'string' ? value : canonicalJson(value));
  // Adding 0 turns -0 into 0.
  double[0] = value + 0;
  return Math.imul(halves[0] ?? 0, 0x85ebca6b) ^ (halves[1] ?? 0);
}

/** FNV-1a. */
function hashOfText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** Lets every bit change the lower ones, which choose the slot. */
function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return once ^ (once >>> 15);
}
