import type { Dataset } from '../dataset.js';

/** Rows by inputs and target together, in a few bytes a row: there may be millions. */
export class SeenRows {
  /** The first target that came with the inputs of a group; NaN for none. */
  readonly #first: Float64Array;
  /** The other targets of a group: few groups have any. */
  readonly #others = new Map<number, Set<number>>();
  #size = 0;

  constructor(readonly dataset: Pick<Dataset, 'groups' | 'y' | 'rows'>) {
    this.#first = new Float64Array(dataset.rows).fill(Number.NaN);
  }

  /** How many rows of different contents were added. */
  get size(): number {
    return this.#size;
  }

  add(row: number): void {
    if (this.has(row)) return;
    const { group, target } = this.#contentOf(row);
    this.#size++;
    if (Number.isNaN(this.#first[group])) {
      this.#first[group] = target;
      return;
    }
    const others = this.#others.get(group);
    if (others === undefined) this.#others.set(group, new Set([target]));
    else others.add(target);
  }

  /** Whether a row with the same inputs and target was added. */
  has(row: number): boolean {
    const { group, target } = this.#contentOf(row);
    return this.#first[group] === target || (this.#others.get(group)?.has(target) ?? false);
  }

  #contentOf(row: number): { group: number; target: number } {
    return { group: this.dataset.groups[row] ?? 0, target: this.dataset.y[row] ?? 0 };
  }
}
