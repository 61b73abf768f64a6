import { freeParameters } from '../../campaign/search-space.js';
import type { PlanContext, PlanDiagnostics } from '../method-kind.js';
import type { GrowInput } from './schema.js';

/**
 * Growth sets sizes and the off values of regularisers itself, in every setting. So these have no conditions and no
 * priors, no condition names them, and no constraint names a regulariser: without dropout nothing might be allowed.
 */
export function refuseConditions(
  { grow, depth, dropout, retune = [] }: GrowInput,
  { space, constrained }: PlanContext,
  diagnostics: PlanDiagnostics,
): void {
  const roles = new Map<string, string>([
    ...dropout.map((name): [string, string] => [
      name,
      'which fit_first switches off while the network grows',
    ]),
    ...[grow, ...(depth === null ? [] : [depth])].map((name): [string, string] => [
      name,
      'which fit_first grows',
    ]),
  ]);
  for (const [name, { when = {}, prior }] of Object.entries(space)) {
    const role = roles.get(name);
    if (role !== undefined && prior !== undefined)
      diagnostics.reportParameter(name, `${name}, ${role}, cannot have a prior. Take prior out.`);
    const isConditional = Object.keys(when).length > 0;
    if (role !== undefined && isConditional)
      diagnostics.reportParameter(name, `${name}, ${role}, cannot have a condition. Take when out.`);
    for (const parent of Object.keys(when)) {
      const why = roles.get(parent);
      if (why !== undefined)
        diagnostics.reportParameter(
          name,
          `when of ${name} names ${parent}, ${why}; expected another parameter.`,
        );
      const isRetuned =
        retune.includes(parent) && !retune.includes(name) && freeParameters(space).includes(name);
      if (isRetuned) {
        const sentence = `fit_first.retune names ${parent}, on which ${name} depends.`;
        diagnostics.report(['retune'], `${sentence} Add ${name}, or leave ${parent} out.`);
      }
    }
  }
  for (const name of dropout) {
    if (!constrained.includes(name)) continue;
    const sentence = `where names ${name}, which fit_first switches off while the network grows;`;
    diagnostics.reportParameter(name, `${sentence} expected other parameters.`);
  }
}
