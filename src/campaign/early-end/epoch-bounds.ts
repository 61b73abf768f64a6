import { isBetter, type Metric } from '../metric.js';
import { metricIn, type Report } from '../report.js';

/** A value that a trial must have reached by an epoch. */
export interface EpochBound {
  readonly epoch: number;
  readonly value: number;
}

/** Follows a trial by its reports, and says when its best value so far is worse than a bound. */
export class EpochBounds {
  #best: number | undefined;
  #next = 0;

  /** The bounds are in the order of their epochs. */
  constructor(
    private readonly bounds: readonly EpochBound[],
    private readonly metric: Metric,
  ) {}

  /** Takes the next report. Where epochs are skipped, a bound counts the reports up to its epoch. */
  isBehind({ epoch, metrics }: Report): boolean {
    if (this.#isBehindBounds((bound) => bound < epoch)) return true;
    const value = metricIn(metrics, this.metric.name);
    if (value !== undefined && isBetter(this.metric.goal, value, this.#best ?? Number.NaN))
      this.#best = value;
    return this.#isBehindBounds((bound) => bound === epoch);
  }

  #isBehindBounds(isDue: (epoch: number) => boolean): boolean {
    for (;;) {
      const bound = this.bounds[this.#next];
      if (bound === undefined || !isDue(bound.epoch)) return false;
      this.#next += 1;
      if (this.#best !== undefined && isBetter(this.metric.goal, bound.value, this.#best)) return true;
    }
  }
}
