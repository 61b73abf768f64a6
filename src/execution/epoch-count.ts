/**
 * The epochs of a trainer's reports as fitfirst counts them, from 1. Many programs count from 0: where the first report
 * says that it is of epoch 0, every later one is taken to be one higher than it says.
 */
export class EpochCount {
  #last = 0;
  #offset = 0;

  /**
   * The epoch of the next report: what it says it is, or the next one where it says nothing. What is no number,
   * whatever its type promises, comes back as it is: whoever runs a trainer reads its reports with care.
   */
  next(given: number | undefined): number {
    if (given !== undefined && typeof given !== 'number') return given;
    if (given === 0 && this.#last === 0) this.#offset = 1;
    this.#last = given === undefined ? this.#last + 1 : given + this.#offset;
    return this.#last;
  }
}
