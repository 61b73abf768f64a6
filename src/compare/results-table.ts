import { canonicalJson } from '../campaign/canonical-json.js';
import type { Parameters } from '../campaign/parameters.js';
import { type Report, reachesTarget } from '../campaign/report.js';
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

  constructor(trials: Iterable<Settled>) {
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
   * trial up to its last epoch, or up to the epoch at which it reaches its target.
   */
  settle(spec: TrialSpec, repeat: number): Settled {
    const { trial, reports, beginnings } = this.#curve(spec.parameters, repeat);
    if (trial.state === 'failed' || trial.state === 'stopped') return { ...trial, spec };
    const { count, fits } = endOf(reports, spec);
    const isWhole = count === reports.length;
    if (isWhole && !fits && (trial.state === 'diverged' || spec.epochs >= trial.spec.epochs)) {
      return { ...trial, spec };
    }
    const known = beginnings.get(count) ?? (isWhole ? trial.reports : Reports.of(reports.slice(0, count)));
    beginnings.set(count, known);
    const { key, stage, number, attempts } = trial;
    const reason = fits ? 'fit' : 'complete';
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

/** How many of the reports a trial gives, and whether it ends with a fit. */
function endOf(
  reports: readonly Report[],
  { epochs, until }: TrialSpec,
): { readonly count: number; readonly fits: boolean } {
  for (const [place, report] of reports.entries()) {
    if (report.epoch > epochs) return { count: place, fits: false };
    if (reachesTarget(until, report)) return { count: place + 1, fits: true };
  }
  return { count: reports.length, fits: false };
}
