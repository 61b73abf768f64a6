import { gridOf } from '../../campaign/domain.js';
import type { PlannedDepth } from '../../campaign/plan.js';
import { quote } from '../../text/quote.js';
import type { PlanContext, PlanDiagnostics } from '../method-kind.js';
import { namedDomain } from './named-domain.js';
import type { PlannedSizes } from './resolve-sizes.js';
import type { GrowInput } from './schema.js';

/** The depth that grows with the sizes, its values in rising order; null where the config names none. */
export function resolveDepth(
  { grow, depth }: GrowInput,
  { sizes }: PlannedSizes,
  context: PlanContext,
  diagnostics: PlanDiagnostics,
): PlannedDepth | null {
  if (depth === null) return null;
  const path = ['grow', 1];
  if (depth === grow) {
    diagnostics.report(path, `fit_first.grow names ${quote(grow)} twice.`);
    return null;
  }
  const domain = namedDomain('fit_first.grow', path, depth, context, diagnostics);
  // That an open range is in the wrong place is said for every method.
  if (domain === null || domain.kind === 'open') return null;
  if (sizes.some((size) => typeof size === 'object') && context.trainer.parameters !== null) {
    const sentence = `${grow} lists the width of each layer, so ${depth} has no effect. Leave ${depth} out of grow.`;
    diagnostics.report(path, sentence);
    return null;
  }
  const values = (gridOf(domain) ?? []).filter((value) => typeof value === 'number');
  if (values.length < 2 || values.length !== gridOf(domain)?.length) {
    const sentence = `${depth} cannot grow; it needs two or more listed numbers, as in ${depth}: {values: [1, 2, 3]}.`;
    diagnostics.report(path, sentence);
    return null;
  }
  return { parameter: depth, values: [...new Set(values)].sort((a, b) => a - b) };
}
