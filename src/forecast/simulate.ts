import { type Campaign, evolve } from '../campaign/campaign.js';
import type { Report } from '../campaign/report.js';
import { isSettled, type TrialSpec, trialKey } from '../campaign/trial.js';
import type { Method } from '../methods/method.js';

/** How a trial is imagined to end. */
export interface SimulatedEnding {
  /** `fit` where it ends early, by its `until`. */
  readonly reason: 'complete' | 'fit';
  /** The reports that decisions are made by; the last is of the last epoch. */
  readonly reports: readonly Report[];
}

/** Says how a trial of a stage would end, given the campaign so far. */
export type OutcomeModel = (spec: TrialSpec, stage: string, campaign: Campaign) => SimulatedEnding;

/** A trial of a rehearsal and the epochs that it was imagined to take. */
export interface SimulatedTrial {
  readonly spec: TrialSpec;
  readonly stage: string;
  readonly epochs: number;
}

/** The rest of a campaign that was gone through without training. */
export interface Simulation {
  /** What each batch asked for that had not been settled before. */
  readonly batches: readonly (readonly SimulatedTrial[])[];
  /** Trials that the campaign has asked for at its end, those included that were settled at the start. */
  readonly asked: number;
  /** Whether it ended, before its conclusion, as it has had as many trials as it may. */
  readonly isSpent: boolean;
}

/** What is rehearsed. */
export interface SimulationInput {
  readonly method: Method;
  /** The campaign where it stands now; at least started. */
  readonly start: Campaign;
  /** The last number of a trial that may run. */
  readonly maxTrials: number;
}

/** Goes through the rest of a campaign with imagined endings: what it asks for then is what its method would. */
export function simulate({ method, start, maxTrials }: SimulationInput, imagine: OutcomeModel): Simulation {
  const identity = start.facts?.identity ?? '';
  const batches: SimulatedTrial[][] = [];
  // Batches of its own: a method takes one that it has been fed for settled as it was, which here it may not have been.
  let campaign: Campaign = { ...start, batches: start.batches.map((batch) => ({ ...batch })) };
  for (;;) {
    const step = method.next(campaign);
    if (step.kind === 'conclusion') return { batches, asked: campaign.asked.size, isSpent: false };
    const { kind: _, planned, ...batch } = step;
    if (!planned) campaign = evolve(campaign, { type: 'batch-planned', ...batch });
    const rehearsed: SimulatedTrial[] = [];
    let isSpent = false;
    for (const spec of batch.trials) {
      const trial = campaign.trials.get(trialKey(identity, spec));
      if (isSettled(trial)) continue;
      if ((trial?.number ?? 0) > maxTrials) {
        isSpent = true;
        continue;
      }
      const ending = imagine(spec, batch.stage, campaign);
      campaign = settled(campaign, identity, spec, ending);
      rehearsed.push({ spec, stage: batch.stage, epochs: ending.reports.at(-1)?.epoch ?? spec.epochs });
    }
    batches.push(rehearsed);
    if (isSpent) return { batches, asked: Math.min(maxTrials, campaign.asked.size), isSpent };
  }
}

function settled(campaign: Campaign, identity: string, spec: TrialSpec, ending: SimulatedEnding): Campaign {
  const key = trialKey(identity, spec);
  const of = { trial: key, attempt: (campaign.trials.get(key)?.attempts ?? 0) + 1 };
  let next = evolve(campaign, { type: 'trial-started', ...of });
  for (const report of ending.reports) next = evolve(next, { type: 'trial-reported', ...of, report });
  return evolve(next, { type: 'trial-finished', ...of, reason: ending.reason, evaluation: null });
}

/** All trials of a rehearsal, in the order in which they are asked for. */
export function trialsOf({ batches }: Simulation): readonly SimulatedTrial[] {
  return batches.flat();
}

/** The epochs of all trials together. */
export function epochsOf(rehearsal: Simulation): number {
  return trialsOf(rehearsal).reduce((sum, trial) => sum + trial.epochs, 0);
}
