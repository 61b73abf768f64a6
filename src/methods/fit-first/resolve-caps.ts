import type { GrowthCaps } from '../../campaign/plan.js';
import { magnitude } from '../../campaign/space/sizes.js';
import type { PlanContext, PlanDiagnostics } from '../method-kind.js';
import type { PlannedSizes } from './resolve-sizes.js';
import type { GrowInput } from './schema.js';

/** The largest size of the built-in network where the config does not say it, and begins no larger. */
const USUAL_MAX_SIZE = 4096;
/**
 * Multiply-adds of growth where the config does not say it: five to thirty minutes of one core, by the size of networks
 * and minibatches. Tables of some hundred rows reach the largest size with them, larger data end growth earlier.
 */
const USUAL_COST = 3e11;
/**
 * For a trainer of one's own nothing is known of the cost, so this many sizes are tried where the config does not say
 * it.
 */
const USUAL_SIZES = 10;

/**
 * The limits of growth; null where there are none. `trialsPerSize` is the largest number of trials that a size takes.
 */
export function resolveCaps(
  input: GrowInput,
  { sizes, open }: PlannedSizes,
  trialsPerSize: number,
  context: PlanContext,
  diagnostics: PlanDiagnostics,
): GrowthCaps | null {
  const { grow, grow_until: given = {} } = input;
  const path = ['grow_until'];
  const [first] = sizes;
  const isKnown = context.trainer.parameters !== null;
  const cost = given.cost === undefined ? null : readCost(given.cost);
  if (cost !== null && !isKnown) {
    const sentence =
      'fit_first.grow_until.cost needs the number of weights, which only the built-in network ' +
      'tells. Use trials or size.';
    diagnostics.report([...path, 'cost'], sentence, 'key');
  } else if (cost !== null && cost.unit === 'first-size' && cost.limit < 1) {
    const sentence =
      `fit_first.grow_until.cost is ${cost.limit}x, less than the first size takes; expected ` +
      'at least 1x.';
    diagnostics.report([...path, 'cost'], sentence);
  }
  if (given.trials !== undefined && given.trials < trialsPerSize) {
    const sentence =
      `fit_first.grow_until.trials is ${given.trials}, and the first size alone takes up to ` +
      `${trialsPerSize}. Give it at least as many.`;
    diagnostics.report([...path, 'trials'], sentence);
  }
  if (given.size !== undefined && first !== undefined && given.size < magnitude(first)) {
    const sentence =
      `fit_first.grow_until.size is ${given.size}, below the first size of ${grow}, ` +
      `${magnitude(first)}.`;
    diagnostics.report([...path, 'size'], sentence);
  }
  if (given.size !== undefined && typeof first === 'number') {
    const isTaken = context.trainer.parameters?.get(grow)?.schema.safeParse(given.size).success ?? true;
    if (!isTaken) {
      const sentence =
        `fit_first.grow_until.size is ${given.size}, which ${grow} does not take. Write a ` +
        'smaller whole number.';
      diagnostics.report([...path, 'size'], sentence);
    }
  }
  const trials = given.trials ?? null;
  const size = given.size ?? null;
  if (open === null) return cost === null && trials === null && size === null ? null : { cost, trials, size };
  if (isKnown) {
    const usualCost = trials === null ? ({ unit: 'multiply-adds', limit: USUAL_COST } as const) : null;
    return { cost: cost ?? usualCost, trials, size: size ?? Math.max(USUAL_MAX_SIZE, magnitude(first ?? 0)) };
  }
  return { cost: null, trials: trials ?? (size === null ? USUAL_SIZES * trialsPerSize : null), size };
}

/** `50x`, or a number of multiply-adds. */
function readCost(cost: string | number): NonNullable<GrowthCaps['cost']> {
  return typeof cost === 'number'
    ? { unit: 'multiply-adds', limit: cost }
    : { unit: 'first-size', limit: Number(cost.slice(0, -1)) };
}
