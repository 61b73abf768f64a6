import { canonicalJson } from '../campaign/canonical-json.js';
import { TrialEnd } from '../campaign/early-end/trial-end.js';
import type { Metric } from '../campaign/metric.js';
import type { FinishReason } from '../campaign/outcome.js';
import type { Parameters } from '../campaign/parameters.js';
import type { Report } from '../campaign/report.js';
import { Reports } from '../campaign/tables/reports.js';
import type { Settled, TrialSpec } from '../campaign/trial.js';

/** What a trial of the table reported, and its beginnings as they were asked for. */
interface Curve {
  readonly trial: Settled;
  readonly reports: readonly Report[];
  readonly beginnings: Map<number, Reports>;
}

/** Trials of settings on repeats with all of their reports. A shorter trial is the beginning of a longer one. */
export class ResultsTable {
  readonly #curves = new Map<string, Curve>();
  readonly #texts = new WeakMap<Parameters, string>();

  /** The metric is that of the campaign, by which trials may end early. */
  constructor(
    trials: Iterable<Settled>,
    private readonly metric: Metric,
  ) {
    for (const trial of trials) {
      const { parameters, repeat } = trial.spec;
      const curve = { trial, reports: trial.reports.toArray(), beginnings: new Map<number, Reports>() };
      this.#curves.set(`${repeat} ${this.textOf(parameters)}`, curve);
    }
  }

  /** The whole trial of a setting on a repeat. Throws RangeError where the table has none. */
  wholeTrial(parameters: Parameters, repeat: number): Settled {
    return this.#curve(parameters, repeat).trial;
  }

  /**
   * How a trial ends that would train as its spec says, on a repeat of the table. It has the reports of the table's
   * trial up to its last epoch, or up to the epoch at which its spec ends it.
   */
  settle(spec: TrialSpec, repeat: number): Settled {
    const { trial, reports, beginnings } = this.#curve(spec.parameters, repeat);
    if (trial.state === 'failed' || trial.state === 'stopped') return { ...trial, spec };
    const { count, reason } = endOf(reports, spec, this.metric);
    const isWhole = count === reports.length;
    if (
      isWhole &&
      reason === 'complete' &&
      (trial.state === 'diverged' || spec.epochs >= trial.spec.epochs)
    ) {
      return { ...trial, spec };
    }
    const known = beginnings.get(count) ?? (isWhole ? trial.reports : Reports.of(reports.slice(0, count)));
    beginnings.set(count, known);
    const { key, stage, number, attempts } = trial;
    return {
      key,
      stage,
      number,
      attempts,
      spec,
      reports: known,
      state: 'finished',
      reason,
      evaluation: null,
    };
  }

  /** A setting as text, the same for equal settings. */
  textOf(parameters: Parameters): string {
    const known = this.#texts.get(parameters);
    if (known !== undefined) return known;
    const text = canonicalJson(parameters);
    this.#texts.set(parameters, text);
    return text;
  }

  #curve(parameters: Parameters, repeat: number): Curve {
    const text = this.textOf(parameters);
    const curve = this.#curves.get(`${repeat} ${text}`);
    if (curve === undefined) throw new RangeError(`the table has no trial of ${text} on repeat ${repeat}`);
    return curve;
  }
}

/** How many of the reports a trial gives, and how it ends. */
function endOf(
  reports: readonly Report[],
  spec: TrialSpec,
  metric: Metric,
): { readonly count: number; readonly reason: FinishReason } {
  const end = new TrialEnd(spec, metric);
  for (const [place, report] of reports.entries()) {
    if (report.epoch > spec.epochs) return { count: place, reason: 'complete' };
    const reason = end.after(report);
    if (reason !== null) return { count: place + 1, reason };
  }
  return { count: reports.length, reason: 'complete' };
}
