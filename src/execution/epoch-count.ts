/**
 * Counts the epochs of a trainer's reports from 1. Many programs count from 0: if the first report is of epoch 0, one
 * is added to the epoch of every report.
 */
export class EpochCount {
  #last = 0;
  #offset = 0;

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
