import { estimateStarter } from '../../app/forecast/estimate-starter.js';
import type { ConfigOrigin } from '../../config/resolve-config.js';
import { effortForBudget } from '../../config/starter/effort-for-budget.js';
import type { StarterEffort } from '../../config/starter/starter-plan.js';
import { workerCount } from '../../execution/worker-count.js';
import { formatSeconds } from '../../text/duration.js';
import { formatCount } from '../../text/number.js';
import { createProgressLine } from './progress-line.js';

/** An estimate takes at most this share of the budget, as there may be three, but it gets at least MIN_MILLISECONDS. */
const SHARE_FOR_ESTIMATE = 1 / 15;
const MIN_MILLISECONDS = 3000;

/** How much a campaign searches in the time that there is, and a sentence that says so. */
export interface BudgetPlan {
  readonly effort: StarterEffort;
  readonly sentence: string;
}

/** Chooses how much to search in `budget` milliseconds on all cores of this machine. Shows its progress meanwhile. */
export async function planForBudget(
  budget: number,
  textFor: (effort: StarterEffort) => string,
  origin: ConfigOrigin,
): Promise<BudgetPlan> {
  const slots = workerCount('auto');
  const line = createProgressLine();
  let reports = 0;
  const onReport = (): void => {
    reports += 1;
    line.draw(() => `estimating the time  ${formatCount(reports, 'epoch')} in ${line.seconds()} s`);
  };
  const { effort, estimate, fits } = await effortForBudget(budget / 1000, (some) =>
    estimateStarter(textFor(some), origin, {
      slots,
      signal: AbortSignal.timeout(Math.max(MIN_MILLISECONDS, SHARE_FOR_ESTIMATE * budget)),
      milliseconds: null,
      onReport,
    }),
  ).finally(() => line.clear());
  const given = `${formatSeconds(budget / 1000)} on ${formatCount(slots, 'worker')}`;
  const { likely } = estimate;
  if (!Number.isFinite(likely))
    return {
      effort,
      sentence: `A ${effort} search. No trial ended while its time was estimated for ${given}.`,
    };
  const estimated = `likely ${formatSeconds(likely)}, at most ${formatSeconds(estimate.max)}`;
  const sentence = fits
    ? `A ${effort} search, for ${given}: ${estimated}.`
    : `A ${effort} search, the smallest there is. It may take longer than ${given}: ${estimated}.`;
  return { effort, sentence };
}
