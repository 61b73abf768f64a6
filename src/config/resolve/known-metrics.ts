import type { Goal } from '../../campaign/metric.js';
import { formatList } from '../../text/list.js';
import type { MetricCatalog, Task } from '../../trainers/trainer-kind.js';

/** The parts of the rows, by the prefixes of their metrics. */
export type MetricPart = 'train' | 'val' | 'test';

/** Names of the metrics of some parts, for a task or, where it is not known yet, for both. */
export function metricNames(
  catalog: MetricCatalog,
  parts: readonly MetricPart[],
  task: Task | null,
): string[] {
  const names = new Set(tasksOf(task).flatMap((one) => Object.keys(catalog[one])));
  return parts.flatMap((part) => [...names].map((score) => `${part}_${score}`));
}

/** The names of `metricNames` in few words: `val_ or train_ with loss or accuracy`. */
export function formatMetrics(
  catalog: MetricCatalog,
  parts: readonly MetricPart[],
  task: Task | null,
): string {
  const names = new Set(tasksOf(task).flatMap((one) => Object.keys(catalog[one])));
  return `${formatList(
    parts.map((part) => `${part}_`),
    'or',
  )} with ${formatList([...names], 'or')}`;
}

/** What is better in a metric; null where there is no such metric. */
export function goalOfMetric(catalog: MetricCatalog, name: string): Goal | null {
  const score = scoreOf(name);
  return catalog.classification[score] ?? catalog.regression[score] ?? null;
}

/** The part of the name after the prefix. */
export function scoreOf(name: string): string {
  return name.slice(name.indexOf('_') + 1);
}

function tasksOf(task: Task | null): readonly Task[] {
  return task === null ? ['classification', 'regression'] : [task];
}
