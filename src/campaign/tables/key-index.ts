import type { TrialKey } from '../trial.js';

const INITIAL_SLOTS = 16;

/**
 * Keys by place, and their places: a third of the memory of a `Map`. Keys are only added. The places are in a hash
 * table of twice to four times as many slots, in which a key goes to the next free one.
 */
export class KeyIndex {
  readonly #keys: TrialKey[] = [];
  /** For each slot a place plus 1; 0 if it is free. The number of slots is a power of 2. */
  #slots: Int32Array;

  /** An index without keys; `expected` is how many will be added, so that it need not grow for them. */
  constructor(expected = 0) {
    let slots = INITIAL_SLOTS;
    while (slots < 2 * expected) slots *= 2;
    this.#slots = new Int32Array(slots);
  }

  get size(): number {
    return this.#keys.length;
  }

  /** The key at a place that it has. */
  keyAt(place: number): TrialKey {
    const key = this.#keys[place];
    if (key === undefined) throw new RangeError(`no key at ${place}`);
    return key;
  }

  /** The place of a key; undefined if it was not added. */
  placeOf(key: TrialKey): number | undefined {
    const place = (this.#slots[this.#slotOf(key)] ?? 0) - 1;
    return place === -1 ? undefined : place;
  }

  /** Adds a key that it does not have, at the next place. */
  add(key: TrialKey): void {
    this.#keys.push(key);
    if (2 * this.#keys.length <= this.#slots.length) {
      this.#slots[this.#slotOf(key)] = this.#keys.length;
      return;
    }
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (const [place, known] of this.#keys.entries()) this.#slots[this.#slotOf(known)] = place + 1;
  }

  /** The slot of a key, or the free one where it belongs. */
  #slotOf(key: TrialKey): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(key) & mask; ; slot = (slot + 1) & mask) {
      const place = this.#slots[slot] ?? 0;
      if (place === 0 || this.#keys[place - 1] === key) return slot;
    }
  }
}

/** Characters that a hash looks at: 32 bits of a key. */
const HASHED = 8;

/** FNV-1a over the last characters. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = Math.max(0, key.length - HASHED); i < key.length; i++)
    hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  // The lower bits choose the slot, and the multiplication carries upwards only.
  return hash ^ (hash >>> 15);
}
