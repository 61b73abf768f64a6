import { type Domain, gridOf } from '../../campaign/domain.js';
import type { SearchSpace } from '../../campaign/search-space.js';
import { mlpTaskProblems } from '../../mlp/mlp-parameters.js';
import type { Checks } from '../diagnostics/checks.js';
import type { Task } from './known-metrics.js';

/** Holds the parameters of the built-in trainer against the task: some need classes. */
export function checkTask(space: SearchSpace, task: Task, checks: Checks): void {
  for (const name of ['loss', 'label_smoothing', 'class_weights'] as const) {
    const domain = space[name];
    if (domain === undefined) continue;
    const [problem] = valuesOf(domain).flatMap((value) =>
      mlpTaskProblems({ loss: undefined, label_smoothing: 0, class_weights: 'none', [name]: value }, task),
    );
    if (problem !== undefined) checks.report(['parameters', name], problem, 'key');
  }
}

/** Listed values, or the largest of a range. */
function valuesOf(domain: Domain) {
  return 'max' in domain ? [domain.max] : (gridOf(domain) ?? []);
}
