/** A set of rows by inputs and target, in a few bytes a row: there may be millions. */
export class SeenRows {
  /** The first target of each group of inputs; NaN for none. */
  readonly #first: Float64Array;
  /** The other targets of a group: few groups have any. */
  readonly #others = new Map<number, Set<number>>();
  #size = 0;

  /** `inputs` and `targets` have one entry a row; rows with equal entries in both are the same. */
  constructor(
    readonly inputs: Int32Array,
    readonly targets: Float64Array,
  ) {
    this.#first = new Float64Array(inputs.length).fill(Number.NaN);
  }

  /** The number of distinct rows. */
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
    return { group: this.inputs[row] ?? 0, target: this.targets[row] ?? 0 };
  }
}
