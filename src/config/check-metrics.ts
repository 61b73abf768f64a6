import type { Goal, Metric } from '../campaign/metric.js';
import { nearestName } from '../campaign/nearest-name.js';
import type { Checks } from './checks.js';
import { goalOfMetric, type MetricPart, metricNames, scoreOf, type Task } from './known-metrics.js';
import { listed, quoted } from './problem.js';

/** The metric of a campaign; null where it is none, which is then among the problems. */
export function readMetric(
  input: { readonly name: string; readonly goal?: Goal | undefined },
  task: Task | null,
  checks: Checks,
): Metric | null {
  const path = ['metric', 'name'];
  const known = metricNames(['val', 'train', 'test'], task);
  if (!isKnown('metric.name', path, input.name, known, task, checks)) return null;
  const natural = goalOfMetric(input.name) ?? 'minimize';
  if (input.goal !== undefined && input.goal !== natural) {
    const better = natural === 'maximize' ? 'larger' : 'smaller';
    checks.say(
      ['metric', 'goal'],
      `metric.goal is ${input.goal}, but ${input.name} is better when it is ${better}; expected ${natural}.`,
    );
    return null;
  }
  return { name: input.name, goal: natural };
}

/** Checks the metric by which a network fits, and the number that it has to reach. */
export function checkFit(
  fit: { readonly metric?: string | undefined; readonly reach: 'best_possible' | number },
  task: Task | null,
  checks: Checks,
): void {
  const path = ['fit_first', 'fit', 'metric'];
  const { metric, reach } = fit;
  if (metric !== undefined) {
    const known = metricNames(['train'], task);
    if (!isKnown('fit_first.fit.metric', path, metric, known, task, checks)) return;
  }
  const where = ['fit_first', 'fit', 'reach'];
  // Accuracy and R2, the metrics where none is named, have 1 at their top; losses and errors have 0 at their end.
  const hasCeiling = metric === undefined || goalOfMetric(metric) === 'maximize';
  if (reach === 'best_possible') {
    if (hasCeiling) return;
    const instead = 'Write a number for reach, or use train_accuracy or train_r2.';
    checks.say(path, `what is best possible in ${metric} is not known. ${instead}`);
  } else if (hasCeiling && !(reach > 0 && reach <= 1)) {
    checks.say(
      where,
      `fit_first.fit.reach is ${reach}; expected a number above 0 and at most 1, or best_possible.`,
    );
  } else if (!hasCeiling && reach <= 0) {
    checks.say(
      where,
      `fit_first.fit.reach is ${reach}; expected a number above 0, for ${metric} is never below it.`,
    );
  }
}

function isKnown(
  where: string,
  path: readonly string[],
  name: string,
  known: readonly string[],
  task: Task | null,
  checks: Checks,
): boolean {
  if (known.includes(name)) return true;
  const parts: readonly MetricPart[] = ['train', 'val', 'test'];
  const said = `${where} is ${quoted(name)}`;
  if (
    task !== null &&
    metricNames(parts, null).includes(name) &&
    metricNames(parts, task).includes(name) === false
  ) {
    const needs = task === 'regression' ? 'needs classes' : 'needs a number as target';
    checks.say(path, `${said}, but ${scoreOf(name)} ${needs}; expected ${listed(known, 'or')}.`);
    return false;
  }
  const meant = nearestName(name, known);
  const hint = meant === null ? '' : ` Did you mean ${quoted(meant)}?`;
  checks.say(path, `${said}; expected ${listed(known, 'or')}.${hint}`);
  return false;
}
