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
  const problem = metricProblem(catalog, 'metric.name', input.name, ['val', 'train', 'test'], task);
  if (problem !== null) {
    checks.report(path, problem);
    return null;
  }
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

/** What is wrong with a metric that an option names, as a sentence; null where the trainer reports it. */
export function metricProblem(
  catalog: MetricCatalog,
  option: string,
  name: string,
  parts: readonly MetricPart[],
  task: Task | null,
): string | null {
  const known = metricNames(catalog, parts, task);
  if (known.includes(name)) return null;
  const all: readonly MetricPart[] = ['train', 'val', 'test'];
  const expected = `expected ${formatMetrics(catalog, parts, task)}.`;
  const said = `${option} is ${quote(name)}`;
  const isOfOtherTask =
    task !== null &&
    metricNames(catalog, all, null).includes(name) &&
    !metricNames(catalog, all, task).includes(name);
  if (isOfOtherTask) {
    const needs = task === 'regression' ? 'needs classes' : 'needs a number as target';
    return `${said}, but ${scoreOf(name)} ${needs}; ${expected}`;
  }
  const meant = nearestName(name, known);
  const hint = meant === null ? '' : ` Did you mean ${quote(meant)}?`;
  return `${said}; ${expected}${hint}`;
}
