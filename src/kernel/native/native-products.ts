import type { NativeAddon } from '../kernel.js';
import type { LayerPlan, MemoryPlan } from '../memory-plan.js';

// Bits of a layer's `native`, as assembly/native.ts has them.
const SUMS = 1;
const PROPAGATE = 2;
const LEARN = 4;

/** The plan with each layer's large products assigned to the addon. */
export function assignProducts<SetName extends string>(
  plan: MemoryPlan<SetName>,
  addon: NativeAddon | null,
): MemoryPlan<SetName> {
  if (addon === null) return plan;
  const rows = Math.max(plan.blockRows, plan.evaluationRows);
  const layers = plan.layers.map((layer): LayerPlan => {
    const operations = 2 * rows * layer.inputsPadded * layer.outputsPadded;
    return operations < addon.minOperations ? layer : { ...layer, native: SUMS | PROPAGATE | LEARN };
  });
  return { ...plan, layers };
}
