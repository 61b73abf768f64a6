import { forEachRow, type Table, valueAt } from '../table/table.js';
import type { ColumnProfile } from './profile.js';

/** From this squared correlation on, a number is the target in other units. */
const ALMOST_ONE = 0.999999;

/**
 * The columns that reveal the target, with the reason by their index in the file: those that equal it, are one-to-one
 * with it, or are it in other units.
 */
export function leakingColumns(
  table: Table,
  profiles: readonly ColumnProfile[],
  target: ColumnProfile,
): Map<number, string> {
  const pairs = profiles
    .filter((profile) => profile !== target && profile.distinct > 1)
    .map((profile) => new Pair(profile, target));
  let one = pairs;
  forEachRow(table, (block, offset) => {
    const wanted = valueAt(block, target.column, offset + target.column.slot);
    if (wanted === null || one.length === 0) return;
    let isAnyOut = false;
    for (const pair of one) {
      const value = valueAt(block, pair.profile.column, offset + pair.profile.column.slot);
      if (value !== null && !pair.take(value, wanted)) isAnyOut = true;
    }
    if (isAnyOut) one = one.filter((pair) => pair.isPossible);
  });
  return new Map(
    one.flatMap((pair) => {
      const because = pair.because();
      return because === null ? [] : [[pair.profile.column.index, because]];
    }),
  );
}

/** A column and the target, while the column may still be a leak. */
class Pair {
  isPossible = true;
  #isSame = true;
  #isOneToOne = true;
  #isLinear: boolean;
  readonly #wantedOf = new Map<number | string, number | string>();
  readonly #valueOf = new Map<number | string, number | string>();
  #count = 0;
  readonly #sums = { x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
  #first: { x: number; y: number } | null = null;

  constructor(
    readonly profile: ColumnProfile,
    readonly target: ColumnProfile,
  ) {
    this.#isLinear = profile.kind === 'number' && target.kind === 'number';
    // If most values occur once, they are one-to-one with any other such column.
    this.#isOneToOne = profile.counts !== null && 2 * profile.distinct <= profile.present;
  }

  /** Takes a row. Returns false if the column is certainly no leak. */
  take(value: number | string, wanted: number | string): boolean {
    this.#count++;
    if (value !== wanted) this.#isSame = false;
    if (this.#isOneToOne) {
      const known = this.#wantedOf.get(value);
      const back = this.#valueOf.get(wanted);
      if ((known ?? wanted) !== wanted || (back ?? value) !== value) this.#isOneToOne = false;
      if (known === undefined) this.#wantedOf.set(value, wanted);
      if (back === undefined) this.#valueOf.set(wanted, value);
    }
    if (this.#isLinear && typeof value === 'number' && typeof wanted === 'number') this.#sum(value, wanted);
    else this.#isLinear = false;
    this.isPossible = this.#isSame || this.#isOneToOne || this.#isLinear;
    return this.isPossible;
  }

  because(): string | null {
    if (this.#count < 10) return null;
    const name = JSON.stringify(this.target.name);
    if (this.#isSame) return `it is the same as the target ${name} in every row`;
    if (this.#isOneToOne)
      return `it gives the target ${name} away: each of its values goes with one of the target's`;
    const { x, y, xx, xy, yy } = this.#sums;
    const n = this.#count;
    const both = n * xy - x * y;
    const spread = (n * xx - x * x) * (n * yy - y * y);
    const isExact = this.#isLinear && spread > 0 && (both * both) / spread >= ALMOST_ONE;
    return isExact ? `it gives the target ${name} away: it is the same number in other units` : null;
  }

  /** Sums deviations from the first row, which stay small. */
  #sum(value: number, wanted: number): void {
    this.#first ??= { x: value, y: wanted };
    const x = value - this.#first.x;
    const y = wanted - this.#first.y;
    this.#sums.x += x;
    this.#sums.y += y;
    this.#sums.xx += x * x;
    this.#sums.xy += x * y;
    this.#sums.yy += y * y;
  }
}
