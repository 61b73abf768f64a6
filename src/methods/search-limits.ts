import { domainSize } from '../campaign/domain.js';
import type { SearchSpace } from '../campaign/search-space.js';
import type { PlanDiagnostics } from './method-kind.js';

/** Settings beyond which a grid is not run: it would not end, and a search at random would serve better. */
export const SETTINGS_LIMIT = 100_000;

/** Names each continuous parameter that a grid cannot take. */
export function refuseContinuous(
  space: SearchSpace,
  grid: string,
  random: string,
  diagnostics: PlanDiagnostics,
): void {
  for (const [name, domain] of Object.entries(space)) {
    // That an open range is in the wrong place is said for every method.
    if (domainSize(domain) !== null || domain.kind === 'open') continue;
    diagnostics.reportParameter(
      name,
      `${name} is continuous (${domain.kind}), and ${grid} needs listed values. Write values, or use ${random}.`,
    );
  }
}
