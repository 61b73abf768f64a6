/** The slots of an executor: how many trials it runs at once. Their number may change while trials run. */
export class Slots {
  #count: number;
  readonly #runs = new Set<Promise<unknown>>();
  readonly #listeners = new Set<() => void>();

  constructor(count: number) {
    this.#count = checkedCount(count);
  }

  get count(): number {
    return this.#count;
  }

  /**
   * Running trials continue if there are fewer slots than before. Throws RangeError unless it is a whole number from
   * 0.
   */
  set count(count: number) {
    if (checkedCount(count) === this.#count) return;
    this.#count = count;
    for (const listener of this.#listeners) listener();
  }

  /** Calls the listener after each change. Returns a function that removes the listener. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Runs the work in a slot. Rejects with RangeError if every slot is taken: an executor has no queue. */
  async use<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#runs.size >= this.#count) {
      throw new RangeError(
        `The executor runs ${this.#runs.size} trials already and has ${this.#count} slots. ` +
          'Wait until one of them has ended, or until "slots" is larger.',
      );
    }
    const run = work();
    this.#runs.add(run);
    try {
      return await run;
    } finally {
      this.#runs.delete(run);
    }
  }

  /** Resolves when no slot is taken. */
  async idle(): Promise<void> {
    while (this.#runs.size > 0) await Promise.allSettled([...this.#runs]);
  }
}

function checkedCount(count: number): number {
  if (Number.isInteger(count) && count >= 0) return count;
  throw new RangeError(`An executor has a whole number of slots, not ${count}.`);
}
