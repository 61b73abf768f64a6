import { type Domain, gridOf } from '../../campaign/domain.js';
import type { SearchSpace } from '../../campaign/search-space.js';
import type { Task } from '../../trainers/trainer-kind.js';
import type { Checks } from '../diagnostics/checks.js';

/** Holds the parameters against the task: some need classes. */
export function checkTask(space: SearchSpace, task: Task, checks: Checks): void {
  for (const [name, domain] of Object.entries(space)) {
    const [problem] = valuesOf(domain).flatMap((value) =>
      checks.trainerKind.taskProblems({ [name]: value }, task),
    );
    if (problem !== undefined) checks.report(['parameters', name], problem, 'key');
  }
}

/** Listed values, or the largest of a range. */
function valuesOf(domain: Domain) {
  return 'max' in domain ? [domain.max] : (gridOf(domain) ?? []);
}
