import type { Goal, Metric } from '../../campaign/metric.js';
import { nearestName } from '../../text/nearest-name.js';
import { quote } from '../../text/quote.js';
import type { MetricCatalog, Task } from '../../trainers/trainer-kind.js';
import type { Checks } from '../diagnostics/checks.js';
import { formatMetrics, goalOfMetric, type MetricPart, metricNames, scoreOf } from './known-metrics.js';

/** The metric of a campaign; null where it is none, which is then among the problems. */
export function resolveMetric(
  catalog: MetricCatalog,
  input: { readonly name: string; readonly goal?: Goal | undefined },
  task: Task | null,
  checks: Checks,
): Metric | null {
  const path = ['metric', 'name'];
  if (!isKnown(catalog, 'metric.name', path, input.name, ['val', 'train', 'test'], task, checks)) return null;
  const natural = goalOfMetric(catalog, input.name) ?? 'minimize';
  if (input.goal !== undefined && input.goal !== natural) {
    const better = natural === 'maximize' ? 'larger' : 'smaller';
    checks.report(
      ['metric', 'goal'],
      `metric.goal is ${input.goal}, but ${input.name} is better when it is ${better}; expected ${natural}.`,
    );
    return null;
  }
  return { name: input.name, goal: natural };
}

/** The metrics whose best possible value follows from the data. */
const ceilinged: readonly string[] = ['train_accuracy', 'train_r2'];

/** Checks the metric by which a network fits, and the number that it has to reach. */
export function checkFit(
  catalog: MetricCatalog,
  fit: { readonly metric?: string | undefined; readonly reach: 'best_possible' | number },
  task: Task | null,
  checks: Checks,
): void {
  const path = ['fit_first', 'fit', 'metric'];
  const { metric, reach } = fit;
  if (metric !== undefined) {
    if (!isKnown(catalog, 'fit_first.fit.metric', path, metric, ['train'], task, checks)) return;
  }
  const where = ['fit_first', 'fit', 'reach'];
  // What is better when it is larger has 1 at its top; losses and errors have 0 at their end.
  const hasCeiling = metric === undefined || goalOfMetric(catalog, metric) === 'maximize';
  if (reach === 'best_possible') {
    if (metric === undefined || ceilinged.includes(metric)) return;
    const instead = 'Write a number for reach, or use train_accuracy or train_r2.';
    checks.report(path, `what is best possible in ${metric} is not known. ${instead}`);
  } else if (hasCeiling && !(reach > 0 && reach <= 1)) {
    checks.report(
      where,
      `fit_first.fit.reach is ${reach}; expected a number above 0 and at most 1, or best_possible.`,
    );
  } else if (!hasCeiling && reach <= 0) {
    checks.report(
      where,
      `fit_first.fit.reach is ${reach}; expected a number above 0, for ${metric} is never below it.`,
    );
  }
}

function isKnown(
  catalog: MetricCatalog,
  where: string,
  path: readonly string[],
  name: string,
  parts: readonly MetricPart[],
  task: Task | null,
  checks: Checks,
): boolean {
  const known = metricNames(catalog, parts, task);
  if (known.includes(name)) return true;
  const all: readonly MetricPart[] = ['train', 'val', 'test'];
  const expected = `expected ${formatMetrics(catalog, parts, task)}.`;
  const said = `${where} is ${quote(name)}`;
  if (
    task !== null &&
    metricNames(catalog, all, null).includes(name) &&
    !metricNames(catalog, all, task).includes(name)
  ) {
    const needs = task === 'regression' ? 'needs classes' : 'needs a number as target';
    checks.report(path, `${said}, but ${scoreOf(name)} ${needs}; ${expected}`);
    return false;
  }
  const meant = nearestName(name, known);
  const hint = meant === null ? '' : ` Did you mean ${quote(meant)}?`;
  checks.report(path, `${said}; ${expected}${hint}`);
  return false;
}
