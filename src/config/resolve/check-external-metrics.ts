import type { Goal, Metric } from '../../campaign/metric.js';
import { quote } from '../../text/quote.js';
import type { Checks } from '../diagnostics/checks.js';

/** The metric of a trainer of the user's own: any name; null where nobody can tell what is better. */
export function resolveExternalMetric(
  input: { readonly name: string; readonly goal?: Goal | undefined },
  checks: Checks,
): Metric | null {
  const goal = input.goal ?? goalInName(input.name);
  if (goal !== null) return { name: input.name, goal };
  checks.report(
    ['metric', 'goal'],
    `metric.goal is missing, and the name ${quote(input.name)} does not say what is better. Write minimize or maximize.`,
    'key',
  );
  return null;
}

/** Checks when a network of a trainer of the user's own fits. */
export function checkExternalFit(
  fit: {
    readonly metric?: string | undefined;
    readonly goal?: Goal | undefined;
    readonly reach: 'best_possible' | number;
  },
  checks: Checks,
): void {
  const path = ['fit_first', 'fit'];
  const { metric, reach } = fit;
  if (metric === undefined) {
    checks.report(
      path,
      'fit_first.fit.metric is missing. Name the metric of the training rows that the trainer reports, as in {metric: train_accuracy, reach: 1}.',
      'key',
    );
    return;
  }
  if (reach === 'best_possible') {
    checks.report(
      [...path, 'reach'],
      `fit_first.fit.reach is missing: what is best possible in ${metric} only the trainer knows. Write a number.`,
      'key',
    );
  }
  if (fit.goal === undefined && goalInName(metric) === null) {
    checks.report(
      [...path, 'goal'],
      `fit_first.fit.goal is missing, and the name ${quote(metric)} does not say what is better. Write minimize or maximize.`,
      'key',
    );
  }
}

/** What is better, where the end of the name says so. */
export function goalInName(name: string): Goal | null {
  if (/(loss|rmse|mse|mae|error|perplexity)$/i.test(name)) return 'minimize';
  return /(acc|accuracy|r2|f1|auc|score|precision|recall)$/i.test(name) ? 'maximize' : null;
}
