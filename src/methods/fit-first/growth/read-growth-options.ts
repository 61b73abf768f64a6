import type { PlanDiagnostics } from '../../method-kind.js';
import type { GrowInput } from '../schema.js';

/** Growing on in a plan, in the words of the config. Bounds that the config does not give are left out. */
export type GrowOnPlan = {
  readonly patience: number;
  readonly at_least?: number;
  readonly at_most?: number;
};

/** How far growing on goes past the fitted size. */
export function readGrowOn(
  { grow_on: { patience, at_least: atLeast, at_most: atMost } }: GrowInput,
  diagnostics: PlanDiagnostics,
): GrowOnPlan {
  if (atLeast !== undefined && atMost !== undefined && atMost < atLeast) {
    diagnostics.report(
      ['grow_on', 'at_most'],
      `fit_first.grow_on: at_most is ${atMost}, which is below at_least: ${atLeast}. Raise at_most or lower at_least.`,
    );
  }
  return {
    patience,
    ...(atLeast !== undefined && { at_least: atLeast }),
    ...(atMost !== undefined && { at_most: atMost }),
  };
}

/** Repeats before a setting is dropped where the config does not say how many: a standard error takes two. */
const DEFAULT_LEAST_REPEATS = 2;

/** On how many repeats a setting runs before it is dropped; empty for one. */
export function readLeastRepeats(
  { fit: { least_repeats: written, repeats } }: GrowInput,
  diagnostics: PlanDiagnostics,
): { readonly least_repeats?: number } {
  if (written !== undefined && written > repeats) {
    diagnostics.report(
      ['fit', 'least_repeats'],
      `fit_first.fit.least_repeats is ${written}, and repeats is ${repeats}. Raise repeats or lower least_repeats.`,
    );
  }
  const least = Math.min(written ?? DEFAULT_LEAST_REPEATS, repeats);
  return least > 1 ? { least_repeats: least } : {};
}
