import type { SearchSpace } from '../../campaign/search-space.js';
import type { MethodKind } from '../../methods/method-kind.js';
import { comparedEpochs, type StopEarlyRule } from '../../methods/stop-early/epoch-bounds-for.js';
import type { Checks } from '../diagnostics/checks.js';
import { MEDIAN_RULE } from '../schema/stop-early-schema.js';
import type { ConfigDraft } from '../schema/structure.js';

/** The rule by which trials are stopped early; null for none. Reports where it cannot be used. */
export function resolveStopEarly(
  { stop_early: given = 'off', method }: ConfigDraft,
  { space, epochs }: { readonly space: SearchSpace; readonly epochs: number },
  checks: Checks,
): StopEarlyRule | null {
  if (given === 'off') return null;
  const rule = given === 'median' ? MEDIAN_RULE : given;
  const problem = whyNot(rule, method?.kind, { space, epochs }, checks);
  if (problem !== null) checks.report(['stop_early'], problem);
  return rule;
}

function whyNot(
  rule: StopEarlyRule,
  method: MethodKind | undefined,
  { space, epochs }: { readonly space: SearchSpace; readonly epochs: number },
  { trainerKind }: Checks,
): string | null {
  if (method !== undefined && method.supports?.includes('stop_early') !== true)
    return `stop_early does not go with ${method.name}, which stops poor settings itself. Leave one of them out.`;
  if (trainerKind.parameters === null && !Object.hasOwn(space, 'epochs'))
    return (
      'stop_early compares trials after a share of their epochs, and the parameter epochs is missing. ' +
      'Add it under parameters, as in epochs: 20.'
    );
  const { report_every: domain } = space;
  const every = domain?.kind === 'fixed' ? Number(domain.value) : 1;
  if (every >= epochs || comparedEpochs(epochs, rule).length === 0)
    return (
      `stop_early compares trials before their last epoch, and the metric is reported once: found ${epochs} epochs` +
      `${every > 1 ? ` and report_every ${every}` : ''}. Expected several reports.`
    );
  return null;
}
