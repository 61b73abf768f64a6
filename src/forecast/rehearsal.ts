import { type Campaign, emptyCampaign, evolve } from '../campaign/campaign.js';
import type { CampaignFacts } from '../campaign/event.js';
import type { Report } from '../campaign/report.js';
import { isSettled, type TrialSpec, trialKey } from '../campaign/trial.js';
import type { Method } from '../methods/method.js';

/** How a trial is imagined to end. */
export interface Ending {
  /** `fit` where it ends early, by its `until`. */
  readonly reason: 'complete' | 'fit';
  /** The reports that decisions are made by; the last is of the last epoch. */
  readonly reports: readonly Report[];
}

/** Says how a trial of a stage would end. */
export type Imagine = (spec: TrialSpec, stage: string) => Ending;

/** A trial of a rehearsal and the epochs that it was imagined to take. */
export interface RehearsedTrial {
  readonly spec: TrialSpec;
  readonly stage: string;
  readonly epochs: number;
}

/** A campaign that was gone through without training: what each batch asked for that no batch before it had. */
export interface Rehearsal {
  readonly batches: readonly (readonly RehearsedTrial[])[];
}

/** Goes through a campaign with imagined endings: what it asks for then is what its method would. */
export function rehearse(method: Method, facts: CampaignFacts, imagine: Imagine): Rehearsal {
  const batches: RehearsedTrial[][] = [];
  let campaign = evolve(emptyCampaign, { type: 'campaign-started', ...facts });
  for (;;) {
    const step = method.next(campaign);
    if (step.kind === 'conclusion') return { batches };
    const { kind: _, planned: __, ...batch } = step;
    campaign = evolve(campaign, { type: 'batch-planned', ...batch });
    const rehearsed: RehearsedTrial[] = [];
    for (const spec of batch.trials) {
      if (isSettled(campaign.trials.get(trialKey(facts.identity, spec)))) continue;
      const ending = imagine(spec, batch.stage);
      campaign = settled(campaign, facts.identity, spec, ending);
      rehearsed.push({ spec, stage: batch.stage, epochs: ending.reports.at(-1)?.epoch ?? spec.epochs });
    }
    batches.push(rehearsed);
  }
}

function settled(campaign: Campaign, identity: string, spec: TrialSpec, ending: Ending): Campaign {
  const of = { trial: trialKey(identity, spec), attempt: 1 };
  let next = evolve(campaign, { type: 'trial-started', ...of });
  for (const report of ending.reports) next = evolve(next, { type: 'trial-reported', ...of, report });
  return evolve(next, { type: 'trial-finished', ...of, reason: ending.reason, evaluation: null });
}

/** All trials of a rehearsal, in the order in which they are asked for. */
export function trialsOf({ batches }: Rehearsal): readonly RehearsedTrial[] {
  return batches.flat();
}

/** The epochs of all trials together. */
export function epochsOf(rehearsal: Rehearsal): number {
  return trialsOf(rehearsal).reduce((sum, trial) => sum + trial.epochs, 0);
}
