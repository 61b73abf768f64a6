import { type Goal, goalInName } from '../../campaign/metric.js';
import { quote } from '../../text/quote.js';
import type { PlanContext, PlanDiagnostics } from '../method-kind.js';
import type { FitFirstInput } from './schema.js';

/** The metrics whose best possible value follows from the data. */
const CEILINGED: readonly string[] = ['train_accuracy', 'train_r2'];

/** The metric by which a network fits; reports what is wrong with it or with the number that it has to reach. */
export function resolveFit(
  fit: FitFirstInput['fit'],
  context: PlanContext,
  diagnostics: PlanDiagnostics,
): { readonly metric: string; readonly goal: Goal } {
  const { task, metrics } = context;
  const metric = fit.metric ?? (task === 'regression' ? 'train_r2' : 'train_accuracy');
  if (fit.metric !== undefined) context.needMetric('fit_first.fit.metric', fit.metric);
  const given = 'goal' in fit ? fit.goal : undefined;
  if (metrics === null) checkExternalFit(fit.metric, given, fit.reach, diagnostics);
  else checkFit(fit, metrics, diagnostics);
  return { metric, goal: given ?? goalInName(metric) ?? 'maximize' };
}

/** Holds the target against what the trainer is known to report. */
function checkFit(
  { metric, reach }: FitFirstInput['fit'],
  metrics: NonNullable<PlanContext['metrics']>,
  diagnostics: PlanDiagnostics,
): void {
  const path = ['fit', 'metric'];
  const problem = metric === undefined ? null : metrics.problem('fit_first.fit.metric', metric);
  if (problem !== null) {
    diagnostics.report(path, problem);
    return;
  }
  const where = ['fit', 'reach'];
  // What is better when it is larger has 1 at its top; losses and errors have 0 at their end.
  const hasCeiling = metric === undefined || metrics.goal(metric) === 'maximize';
  if (typeof reach !== 'number') {
    if (metric === undefined || CEILINGED.includes(metric)) return;
    const instead = 'Write a number for reach, or use train_accuracy or train_r2.';
    diagnostics.report(path, `what is best possible in ${metric} is not known. ${instead}`);
  } else if (hasCeiling && !(reach > 0 && reach <= 1)) {
    diagnostics.report(
      where,
      `fit_first.fit.reach is ${reach}; expected a number above 0 and at most 1, or best_possible.`,
    );
  } else if (!hasCeiling && reach <= 0) {
    diagnostics.report(
      where,
      `fit_first.fit.reach is ${reach}; expected a number above 0, for ${metric} is never below it.`,
    );
  }
}

/** Nothing is known of the metrics of an external trainer, so the config has to say everything. */
function checkExternalFit(
  metric: string | undefined,
  goal: Goal | undefined,
  reach: FitFirstInput['fit']['reach'],
  diagnostics: PlanDiagnostics,
): void {
  const path = ['fit'];
  if (metric === undefined) {
    diagnostics.report(
      path,
      'fit_first.fit.metric is missing. Name the metric of the training rows that the trainer ' +
        'reports, as in {metric: train_accuracy, reach: 1}.',
      'key',
    );
    return;
  }
  if (typeof reach !== 'number') {
    const given = reach === 'plateau' ? reach : 'missing';
    diagnostics.report(
      [...path, 'reach'],
      `fit_first.fit.reach is ${given}; expected a number, as fitfirst does not know the best possible ${metric} of ` +
        'your trainer.',
      'key',
    );
  }
  if (goal === undefined && goalInName(metric) === null) {
    diagnostics.report(
      [...path, 'goal'],
      `fit_first.fit.goal is missing, and the name ${quote(metric)} does not say what is ` +
        'better. Write minimize or maximize.',
      'key',
    );
  }
}
