import type { NativeAddon } from '../kernel.js';
import { activationKinds, type LayerPlan, type MemoryPlan } from '../memory-plan.js';

// Bits of a layer's `native`, as assembly/native.ts has them.
const SUMS = 1;
const PROPAGATE = 2;
const LEARN = 4;
const ACTIVATE = 8;

/** Operations that a unit's activation, its dropout and its places in lists count as. */
const ACTIVATION_OPERATIONS = 25;

/** The plan with each layer's large products and many rectified units assigned to the addon. */
export function assignProducts<SetName extends string>(
  plan: MemoryPlan<SetName>,
  addon: NativeAddon | null,
): MemoryPlan<SetName> {
  if (addon === null) return plan;
  const rows = Math.max(plan.blockRows, plan.evaluationRows);
  const layers = plan.layers.map((layer): LayerPlan => {
    const operations = 2 * rows * layer.inputsPadded * layer.outputsPadded;
    const products = operations < addon.minOperations ? 0 : SUMS | PROPAGATE | LEARN;
    const ofUnits = ACTIVATION_OPERATIONS * plan.blockRows * layer.outputsPadded;
    const units = layer.activation !== activationKinds.relu || ofUnits < addon.minOperations ? 0 : ACTIVATE;
    return { ...layer, native: products | units };
  });
  return { ...plan, layers };
}
