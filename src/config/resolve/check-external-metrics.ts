import { type Goal, goalInName, type Metric } from '../../campaign/metric.js';
import { quote } from '../../text/quote.js';
import type { Checks } from '../diagnostics/checks.js';

/**
 * The metric of an external trainer, which may have any name. Null if its goal is not given and its name does not say
 * it.
 */
export function resolveExternalMetric(
  input: { readonly name: string; readonly goal?: Goal | undefined },
  checks: Checks,
): Metric | null {
  const goal = input.goal ?? goalInName(input.name);
  if (goal !== null) return { name: input.name, goal };
  checks.report(
    ['metric', 'goal'],
    `metric.goal is missing, and the name ${quote(input.name)} does not say what is better. ` +
      'Write minimize or maximize.',
    'key',
  );
  return null;
}
