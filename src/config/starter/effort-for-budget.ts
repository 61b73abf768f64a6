import { STARTER_EFFORTS, type StarterEffort } from './starter-plan.js';

/** Seconds that a campaign takes. */
export interface TimeEstimate {
  readonly likely: number;
  readonly max: number;
}

/** How much to search in the time that there is. */
export interface EffortChoice {
  readonly effort: StarterEffort;
  readonly estimate: TimeEstimate;
  /** Whether the campaign is likely to end within the budget. The minimal one is chosen even if it is not. */
  readonly fits: boolean;
}

/** A forecast can be too low: growth may go on for a size or two longer than it seems. */
const SHARE_TO_PLAN = 0.7;

/**
 * The largest effort whose likely time is at most seven tenths of the budget, in seconds. Few efforts are estimated,
 * since an estimate trains trials: it starts with the standard one, and goes up or down from there.
 */
export async function effortForBudget(
  budget: number,
  estimateOf: (effort: StarterEffort) => Promise<TimeEstimate>,
): Promise<EffortChoice> {
  const tryEffort = async (effort: StarterEffort): Promise<EffortChoice> => {
    const estimate = await estimateOf(effort);
    return { effort, estimate, fits: estimate.likely <= SHARE_TO_PLAN * budget };
  };
  const start = STARTER_EFFORTS.indexOf('standard');
  let chosen = await tryEffort('standard');
  if (chosen.fits) {
    for (const larger of STARTER_EFFORTS.slice(start + 1)) {
      const next = await tryEffort(larger);
      if (!next.fits) break;
      chosen = next;
    }
    return chosen;
  }
  for (const smaller of STARTER_EFFORTS.slice(0, start).reverse()) {
    chosen = await tryEffort(smaller);
    if (chosen.fits) break;
  }
  return chosen;
}
