import type { NativeAddon } from '../kernel.js';
import { activationKinds, type LayerPlan, type MemoryPlan } from '../memory-plan.js';

// Bits of a layer's `native`, as assembly/native.ts has them.
const SUMS = 1;
const PROPAGATE = 2;
const LEARN = 4;
const ACTIVATE = 8;
const ANSWER = 16;

/** Operations that a unit's activation, its dropout and its places in lists count as. */
const ACTIVATION_OPERATIONS = 25;
/** Operations that a share of a softmax counts as. */
const SHARE_OPERATIONS = 40;

/** The plan with each layer's large products, many rectified units and shares of a softmax assigned to the addon. */
export function assignProducts<SetName extends string>(
  plan: MemoryPlan<SetName>,
  addon: NativeAddon | null,
): MemoryPlan<SetName> {
  if (addon === null) return plan;
  const ifLarge = (operations: number, products: number): number =>
    operations < addon.minOperations ? 0 : products;
  const { blockRows, evaluationRows } = plan;
  const ofUnits = (activation: number, units: number): number => {
    if (activation === activationKinds.relu) return ifLarge(ACTIVATION_OPERATIONS * units, ACTIVATE);
    return activation === activationKinds.softmax ? ifLarge(SHARE_OPERATIONS * units, ANSWER) : 0;
  };
  const layers = plan.layers.map((layer): LayerPlan => {
    const perRow = 2 * layer.inputsPadded * layer.outputsPadded;
    const sums = ifLarge(perRow * Math.max(blockRows, evaluationRows), SUMS);
    const back = ifLarge(perRow * blockRows, PROPAGATE | LEARN);
    const units = blockRows * layer.outputsPadded;
    return { ...layer, native: sums | back | ofUnits(layer.activation, units) };
  });
  return { ...plan, layers };
}
