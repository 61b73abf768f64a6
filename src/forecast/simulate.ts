import { type Campaign, evolve } from '../campaign/campaign.js';
import { canonicalJson } from '../campaign/canonical-json.js';
import type { FinishReason } from '../campaign/outcome.js';
import type { Report } from '../campaign/report.js';
import { isSettled, type TrialKey, type TrialSpec, trialKey } from '../campaign/trial.js';
import type { Method } from '../methods/method.js';

/** How a simulated trial ends. */
export interface SimulatedEnding {
  /** `fit` if it ends early, by its `until`. */
  readonly reason: FinishReason;
  /** The reports that decisions depend on. The last one is of the last epoch. */
  readonly reports: readonly Report[];
}

/** Predicts how a trial of a stage ends, given the campaign so far. */
export type OutcomeModel = (spec: TrialSpec, stage: string, campaign: Campaign) => SimulatedEnding;

/** A trial of a simulation. */
export interface SimulatedTrial {
  readonly spec: TrialSpec;
  readonly stage: string;
  /** The epochs that it takes, without those of the shorter trial that it goes on from. */
  readonly epochs: number;
  /** How many of the trials before it, in the order of asking, have to settle before it is asked for. */
  readonly waitsFor: number;
}

/** The rest of a campaign, gone through without training. */
export interface Simulation {
  /** What the method asks for that was not settled at the start, in the order of asking. */
  readonly trials: readonly SimulatedTrial[];
  /** Trials that the campaign has asked for at its end, those included that were settled at the start. */
  readonly asked: number;
  /** Whether it ends before its conclusion, because it has had as many trials as it may. */
  readonly isSpent: boolean;
}

/** What is simulated. */
export interface SimulationInput {
  readonly method: Method;
  /** The campaign as it is now; at least started. */
  readonly start: Campaign;
  /** The last number of a trial that may run. */
  readonly maxTrials: number;
}

/** Simulates the rest of a campaign: the method asks for trials, and the model says how they end. */
export function simulate({ method, start, maxTrials }: SimulationInput, imagine: OutcomeModel): Simulation {
  const identity = start.facts?.identity ?? '';
  const trials: SimulatedTrial[] = [];
  /** Places in `trials` of those that are asked for and have no ending yet. */
  const open = new Map<TrialKey, number>();
  /** The epoch that a trial goes on from. */
  const starts = new Map<TrialKey, number>();
  // Copies of the batches, so that the method replays them: simulated trials end in another way than they did before.
  let campaign: Campaign = { ...start, batches: start.batches.map((batch) => ({ ...batch })) };

  /** The most epochs of each trial that was asked for, whatever its length: a longer one goes on from there. */
  const lengths = new Map<string, number>();
  for (const { spec, number } of start.trials.values()) if (number !== null) lengthen(lengths, spec);

  const ask = (spec: TrialSpec, fallback: string, goesOn: boolean): void => {
    const key = trialKey(identity, spec);
    const trial = campaign.trials.get(key);
    if (isSettled(trial) || open.has(key) || (trial?.number ?? 0) > maxTrials) return;
    open.set(key, trials.length);
    const { stage } = trial ?? { stage: fallback };
    const before = lengthen(lengths, spec);
    if (goesOn && before < spec.epochs) starts.set(key, before);
    trials.push({ spec, stage, epochs: spec.epochs, waitsFor: trials.length - open.size + 1 });
  };
  const end = (spec: TrialSpec): void => {
    const key = trialKey(identity, spec);
    const place = open.get(key);
    const trial = place === undefined ? undefined : trials[place];
    if (place === undefined || trial === undefined) return;
    open.delete(key);
    const ending = imagine(spec, trial.stage, campaign);
    campaign = settled(campaign, identity, spec, ending);
    const epochs = ending.reports.at(-1)?.epoch ?? spec.epochs;
    trials[place] = { ...trial, epochs: Math.max(0, epochs - (starts.get(key) ?? 0)) };
  };

  for (;;) {
    const step = method.next(campaign);
    if (step.kind === 'conclusion') return { trials, asked: campaign.asked.size, isSpent: false };
    const { stage, because, findings, speculative: ahead } = step;
    if (!step.planned) {
      campaign = evolve(campaign, {
        type: 'batch-planned',
        stage,
        because,
        trials: step.trials,
        ahead,
        findings,
      });
    }
    for (const spec of step.unanswered) ask(spec, stage, step.maxEpochs !== null);
    const isSpent = step.unanswered.some((spec) => {
      const trial = campaign.trials.get(trialKey(identity, spec));
      return !isSettled(trial) && (trial?.number ?? 0) > maxTrials;
    });
    for (const spec of isSpent ? step.unanswered : step.awaited) end(spec);
    if (isSpent) return { trials, asked: Math.min(maxTrials, campaign.asked.size), isSpent };
  }
}

/** Notes the epochs of a trial, and returns the most that it had before; 0 if it is new. */
function lengthen(lengths: Map<string, number>, spec: TrialSpec): number {
  const line = canonicalJson({ ...spec, epochs: 0 });
  const before = lengths.get(line) ?? 0;
  lengths.set(line, Math.max(before, spec.epochs));
  return before;
}

function settled(campaign: Campaign, identity: string, spec: TrialSpec, ending: SimulatedEnding): Campaign {
  const key = trialKey(identity, spec);
  const of = { trial: key, attempt: (campaign.trials.get(key)?.attempts ?? 0) + 1 };
  let next = evolve(campaign, { type: 'trial-started', ...of });
  for (const report of ending.reports) next = evolve(next, { type: 'trial-reported', ...of, report });
  return evolve(next, { type: 'trial-finished', ...of, reason: ending.reason, evaluation: null });
}

/** The epochs of all trials together. */
export function epochsOf({ trials }: Simulation): number {
  return trials.reduce((sum, trial) => sum + trial.epochs, 0);
}
