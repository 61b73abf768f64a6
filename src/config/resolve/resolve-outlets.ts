import type { OutletChoice, OutletKind } from '../../outlets/kinds/outlet-kind.js';
import type { Checks } from '../diagnostics/checks.js';

/** The outlets that a config names, with their options; what is wrong with them is reported. */
export function resolveOutlets(
  input: Readonly<Record<string, unknown>> | undefined,
  kinds: readonly OutletKind[],
  checks: Checks,
): readonly OutletChoice[] {
  return kinds.flatMap((kind) => {
    const given = input?.[kind.name];
    if (given === undefined) return [];
    const options = kind.schema.parse(given);
    const problem = kind.problem?.(options) ?? null;
    if (problem !== null) checks.report(['outlets', kind.name], problem);
    return [{ kind, options }];
  });
}
