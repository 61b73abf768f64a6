import type { CampaignPlan, StageRole } from '../../campaign/plan.js';
import type { TrialSpec } from '../../campaign/trial.js';
import type { Conclusion, Procedure } from '../method.js';
import { withSpecs } from './with-specs.js';

/** Stages whose trials are scored by their best epoch. Fresh repeats and the finish have their own number of epochs. */
const SCORED_BY_BEST: ReadonlySet<StageRole> = new Set(['grow', 'search', 'race']);

/**
 * The procedure, whose trials end when they have had nothing better for a share of their epochs. Trials that look for a
 * fit are left alone: their training goes on although validation gets worse.
 */
export function* withPatience(
  procedure: Procedure<Conclusion>,
  { patience, plan }: { readonly patience: number; readonly plan: Pick<CampaignPlan, 'stages'> },
): Procedure<Conclusion> {
  const roles = new Map(plan.stages.map(({ name, role }) => [name, role] as const));
  const isScoredByBest = (stage: string): boolean => {
    const role = roles.get(stage);
    return role !== undefined && SCORED_BY_BEST.has(role);
  };
  let step = procedure.next([]);
  while (!step.done) {
    const { value } = step;
    const asks = value.kind === 'ask' || value.kind === 'batch';
    const isPatient = asks && isScoredByBest(value.stage);
    step = procedure.next(yield isPatient ? withSpecs(value, (spec) => patientSpec(spec, patience)) : value);
  }
  return step.value;
}

function patientSpec(spec: TrialSpec, share: number): TrialSpec {
  if (spec.until !== null || spec.finish !== null) return spec;
  const patience = Math.ceil(share * spec.epochs);
  return patience < spec.epochs ? { ...spec, patience } : spec;
}
