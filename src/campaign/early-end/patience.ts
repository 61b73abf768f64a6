import { isBetter, type Metric } from '../metric.js';
import { metricIn, type Report } from '../report.js';

/**
 * Follows a trial by its reports, and says when it has had nothing better for long enough: for at least `least` epochs,
 * and for as many epochs as its best value took. A curve that was still improving late is therefore given more time.
 */
export class Patience {
  #best: { readonly epoch: number; readonly value: number } | null = null;

  constructor(
    private readonly least: number,
    private readonly metric: Metric,
  ) {}

  /** Takes the next report. A trial that has not reported the metric yet is never over. */
  isOver({ epoch, metrics }: Report): boolean {
    const value = metricIn(metrics, this.metric.name);
    if (value !== undefined && isBetter(this.metric.goal, value, this.#best?.value ?? Number.NaN))
      this.#best = { epoch, value };
    return this.#best !== null && epoch >= lastEpochAfter(this.#best.epoch, this.least);
  }
}

/** The epoch at which a trial ends whose best value is at `best`, if nothing better follows. */
export function lastEpochAfter(best: number, least: number): number {
  return best + Math.max(least, best);
}
