import type { SearchSpace } from '../../campaign/search-space.js';
import { comparedEpochs } from '../../methods/stop-early/epoch-bounds-for.js';
import type { StopEarly } from '../../methods/stop-early/stop-early.js';
import type { Checks } from '../diagnostics/checks.js';
import { MEDIAN_RULE } from '../schema/stop-early-schema.js';
import type { ConfigDraft } from '../schema/structure.js';

/** How long trials are. */
interface Course {
  readonly space: SearchSpace;
  readonly epochs: number;
}

/** How trials are stopped early; null if they are not. Reports where that cannot be. */
export function resolveStopEarly(draft: ConfigDraft, course: Course, checks: Checks): StopEarly | null {
  const { stop_early: given = 'off' } = draft;
  if (given === 'off') return null;
  const stopEarly = readStopEarly(given);
  const problem = whyNot(stopEarly, draft, course, checks);
  if (problem !== null) checks.report(['stop_early'], problem);
  return stopEarly;
}

/** With `patience` alone, no trial is compared with others. */
function readStopEarly(given: Exclude<NonNullable<ConfigDraft['stop_early']>, 'off'>): StopEarly {
  if (given === 'median') return { fallingBehind: MEDIAN_RULE, patience: null };
  const { percentile, warmup, window, patience = null } = given;
  const isCompared = patience === null || [percentile, warmup, window].some((one) => one !== undefined);
  const fallingBehind = {
    percentile: percentile ?? MEDIAN_RULE.percentile,
    warmup: warmup ?? MEDIAN_RULE.warmup,
    window: window ?? MEDIAN_RULE.window,
  };
  return { fallingBehind: isCompared ? fallingBehind : null, patience };
}

function whyNot(
  { fallingBehind, patience }: StopEarly,
  { method, checkpoint }: ConfigDraft,
  { space, epochs }: Course,
  { trainerKind }: Checks,
): string | null {
  if (method !== undefined && method.kind.supports?.includes('stop_early') !== true)
    return `stop_early does not go with ${method.kind.name}, which stops poor settings itself. Leave one of them out.`;
  const does = fallingBehind === null ? 'ends trials' : 'compares trials';
  if (trainerKind.parameters === null && !Object.hasOwn(space, 'epochs'))
    return (
      `stop_early ${does} after a share of their epochs, and the parameter epochs is missing. ` +
      'Add it under parameters, as in epochs: 20.'
    );
  const { report_every: domain } = space;
  const every = domain?.kind === 'fixed' ? Number(domain.value) : 1;
  const isNeverCompared = fallingBehind !== null && comparedEpochs(epochs, fallingBehind).length === 0;
  if (every >= epochs || isNeverCompared)
    return (
      `stop_early ${does} before their last epoch, and the metric is reported once: found ${epochs} epochs` +
      `${every > 1 ? ` and report_every ${every}` : ''}. Expected several reports.`
    );
  if (patience !== null && checkpoint === 'last')
    return (
      'stop_early.patience ends a trial whose best epoch is past, and checkpoint: last scores its last epoch. ' +
      'Leave one of them out.'
    );
  return null;
}
