import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { CampaignPlan } from '../../campaign/plan.js';
import type { Comparison } from '../comparison.js';
import { type Method, method } from '../method.js';
import type { StopEarly } from './stop-early.js';
import { stoppingEarly } from './stopping-early.js';
import { withPatience } from './with-patience.js';

/** What a method works with whose trials end early. */
interface EndingEarlyOptions {
  readonly plan: Pick<CampaignPlan, 'stages' | 'regularisers'>;
  readonly comparison: Comparison;
}

/**
 * The method, whose trials end early by all the rules of `stop_early`; itself, if there are none. Throws CONFIG_INVALID
 * for a method of a program.
 */
export function endingEarly(
  created: Method,
  stopEarly: StopEarly | null,
  { plan, comparison }: EndingEarlyOptions,
): Method {
  if (stopEarly === null) return created;
  const { name, procedure } = created;
  const { fallingBehind: rule, patience } = stopEarly;
  if (procedure === undefined) {
    throw new FitfirstError(
      'CONFIG_INVALID',
      `stop_early goes with built-in methods; found the method "${name}" of the program. Leave stop_early out.`,
    );
  }
  return method(name, () => {
    const patient = patience === null ? procedure() : withPatience(procedure(), { patience, plan });
    return rule === null ? patient : stoppingEarly(patient, { rule, plan, comparison });
  });
}
