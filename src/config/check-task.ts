import { type Domain, gridOf } from '../campaign/domain.js';
import { mlpTaskProblems } from '../training/mlp/mlp-parameters.js';
import { checkFit, readMetric } from './check-metrics.js';
import { createChecks } from './checks.js';
import type { Task } from './known-metrics.js';
import { invalid, type LoadedConfig } from './load-config.js';

/**
 * Holds a config against the task once the data have shown it: metrics and parameters that need classes, or
 * numbers. Throws FitfirstError CONFIG_INVALID as `loadConfig` does.
 */
export function checkTask(loaded: LoadedConfig, task: Task): void {
  const { config, document, path } = loaded;
  const checks = createChecks(document, { broken: [] });
  readMetric(config.metric, task, checks);
  if (config.method.kind === 'fit_first') {
    const { metric, reach } = config.method.fit;
    checkFit({ reach, ...(metric !== null && { metric }) }, task, checks);
  }
  for (const name of ['loss', 'label_smoothing', 'class_weights'] as const) {
    const domain = config.space[name];
    if (domain === undefined) continue;
    const [problem] = valuesOf(domain).flatMap((value) =>
      mlpTaskProblems({ loss: undefined, label_smoothing: 0, class_weights: 'none', [name]: value }, task),
    );
    if (problem !== undefined) checks.say(['parameters', name], problem, 'key');
  }
  if (checks.problems.length > 0) throw invalid(path, checks.problems);
}

/** Listed values, or the largest of a range. */
function valuesOf(domain: Domain) {
  return 'max' in domain ? [domain.max] : (gridOf(domain) ?? []);
}
