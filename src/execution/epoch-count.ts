/**
 * Counts the epochs of a trainer's reports from 1. Many programs count from 0: if the first report is of epoch 0, one
 * is added to the epoch of every report.
 */
export class EpochCount {
  #last = 0;
  #offset: number;

  /**
   * `offset` is what is added to the epoch of every report from the beginning: 1 if the program is known to count from
   * 0.
   */
  constructor(offset = 0) {
    this.#offset = offset;
  }

  /** 1 if the program counts from 0. */
  get offset(): number {
    return this.#offset;
  }

  /** Counts on from this epoch, for a trainer that goes on from there. It counts from 1 itself. */
  goOnFrom(epoch: number): void {
    this.#last = epoch;
  }

  /**
   * The epoch of the next report: the one that it gives, or the next one if it gives none. A value that is not a
   * number despite its type is returned unchanged, and `readReport` rejects it.
   */
  next(given: number | undefined): number {
    if (given !== undefined && typeof given !== 'number') return given;
    if (given === 0 && this.#last === 0) this.#offset = 1;
    this.#last = given === undefined ? this.#last + 1 : given + this.#offset;
    return this.#last;
  }
}
