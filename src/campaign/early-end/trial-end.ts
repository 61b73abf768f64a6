import type { Metric } from '../metric.js';
import type { FinishReason } from '../outcome.js';
import { type Report, reachesTarget } from '../report.js';
import type { TrialSpec } from '../trial.js';
import { EpochBounds } from './epoch-bounds.js';
import { Patience } from './patience.js';

/** Follows a trial by its reports, and says when and why its spec ends it before all of its epochs are done. */
export class TrialEnd {
  readonly #bounds: EpochBounds;
  readonly #patience: Patience | null;

  constructor(
    private readonly spec: TrialSpec,
    metric: Metric,
  ) {
    this.#bounds = new EpochBounds(spec.bounds ?? [], metric);
    this.#patience = spec.patience === undefined ? null : new Patience(spec.patience, metric);
  }

  /** Takes the next report; null if the trial goes on. A trial may reach its target in its last epoch. */
  after(report: Report): Exclude<FinishReason, 'complete'> | null {
    const { until, epochs } = this.spec;
    if (reachesTarget(until, report)) return 'fit';
    const isLast = report.epoch >= epochs;
    if (this.#bounds.isBehind(report) && !isLast) return 'stopped-early';
    if (this.#patience?.isOver(report) === true && !isLast) return 'patience';
    return null;
  }
}
