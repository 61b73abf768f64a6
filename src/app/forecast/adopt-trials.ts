import type { Outcome } from '../../campaign/outcome.js';
import type { Report } from '../../campaign/report.js';
import type { Trial, TrialSpec } from '../../campaign/trial.js';
import type { Executor } from '../../execution/executor.js';
import { ReportWindow } from '../../execution/reports/report-window.js';

/** A trial that has been trained to its end elsewhere: what a trainer would report, and how it would end. */
export interface TrainedTrial {
  readonly reports: readonly Report[];
  readonly outcome: Outcome;
}

/**
 * An executor that does not train again what has been trained: such a trial gives its reports and its outcome at once,
 * and takes no slot. All other trials run on the executor that is given.
 */
export function adoptTrials(
  executor: Executor,
  find: (spec: TrialSpec) => TrainedTrial | undefined,
): Executor {
  const { onSlotsChange } = executor;
  return {
    get slots() {
      return executor.slots;
    },
    ...(onSlotsChange && { onSlotsChange: (listener) => onSlotsChange.call(executor, listener) }),
    async run(spec, options) {
      const trained = options.signal.aborted ? undefined : find(spec);
      if (trained === undefined) return executor.run(spec, options);
      const window = new ReportWindow(options.onReport, options.signal);
      for (const report of trained.reports) await window.pass(report);
      return trained.outcome;
    },
    [Symbol.asyncDispose]: () => executor[Symbol.asyncDispose](),
  };
}

/** What a finished trial of a campaign gives another campaign; null for any other trial. */
export function trainedTrial(trial: Trial): TrainedTrial | null {
  if (trial.state !== 'finished') return null;
  const { reason, final, notes, reports } = trial;
  const once = { ...(final && { final }), ...(notes && { notes }) };
  return { reports: reports.toArray(), outcome: { kind: 'finished', reason, network: null, ...once } };
}
