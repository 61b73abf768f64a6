import type { CampaignPlan, StageRole } from '../../campaign/plan.js';
import type { TrialSpec } from '../../campaign/trial.js';
import type { Conclusion, Procedure } from '../method.js';

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
  const patient = (stage: string, specs: readonly TrialSpec[]): readonly TrialSpec[] => {
    const role = roles.get(stage);
    return role !== undefined && SCORED_BY_BEST.has(role)
      ? specs.map((spec) => patientSpec(spec, patience))
      : specs;
  };
  let step = procedure.next([]);
  while (!step.done) {
    const { value } = step;
    if (value.kind === 'ask') {
      step = procedure.next(yield { ...value, trials: patient(value.stage, value.trials) });
    } else if (value.kind === 'batch') {
      const { stage, trials, speculative } = value;
      step = procedure.next(
        yield {
          ...value,
          trials: patient(stage, trials),
          ...(speculative !== undefined && { speculative: patient(stage, speculative) }),
        },
      );
    } else {
      step = procedure.next(yield value);
    }
  }
  return step.value;
}

function patientSpec(spec: TrialSpec, share: number): TrialSpec {
  if (spec.until !== null || spec.finish !== null) return spec;
  const patience = Math.ceil(share * spec.epochs);
  return patience < spec.epochs ? { ...spec, patience } : spec;
}
