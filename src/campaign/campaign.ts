import { List } from 'immutable';
import type { CampaignEvent, CampaignFacts, ConclusionKind, StoredEvent } from './event.js';
import type { Finding } from './finding.js';
import { ImpossibleEvent } from './impossible-event.js';
import { Reports } from './tables/reports.js';
import { Trials } from './tables/trials.js';
import { type Trial, type TrialKey, type TrialSpec, trialKeyOnce } from './trial.js';

/** A batch as it was planned: its trials by key. */
export interface PlannedBatch {
  readonly stage: string;
  readonly because: string;
  readonly trials: readonly TrialKey[];
  /** Trials that may be needed next. Nothing waits for them. */
  readonly speculative: readonly TrialKey[];
  readonly findings: readonly Finding[];
}

/**
 * Whether a batch continues the plan of the one before it. A method that asks trial by trial states its reason once.
 */
export function continuesPlan(before: PlannedBatch | undefined, batch: PlannedBatch): boolean {
  return before?.stage === batch.stage && before.because === batch.because && batch.findings.length === 0;
}

/** How a campaign ended. */
export interface Concluded {
  readonly kind: ConclusionKind;
  /** The trial whose network is handed over; null unless `chosen`. */
  readonly chosen: TrialKey | null;
  readonly because: string;
}

/** The whole state of a campaign, computed from its events alone. It is never changed in place. */
export interface Campaign {
  readonly facts: CampaignFacts | null;
  readonly batches: List<PlannedBatch>;
  readonly trials: Trials;
  /** Keys of the trials that the method asked for, in the order of their numbers. */
  readonly asked: List<TrialKey>;
  readonly findings: List<Finding>;
  readonly conclusion: Concluded | null;
}

/** A campaign without events. */
export const emptyCampaign: Campaign = {
  facts: null,
  batches: List(),
  trials: Trials.EMPTY,
  asked: List(),
  findings: List(),
  conclusion: null,
};

/** An event about one trial. */
export type TrialEvent = Extract<StoredEvent, { readonly trial: TrialKey }>;

/** The campaign after the event: the only place where its state changes. Throws ImpossibleEvent. */
export function evolve(campaign: Campaign, event: StoredEvent): Campaign {
  if ('trial' in event) {
    const trial = evolveTrial(plannedTrial(campaign, event.trial), event);
    return { ...campaign, trials: campaign.trials.set(trial) };
  }
  switch (event.type) {
    case 'campaign-started': {
      if (campaign.facts !== null) throw new ImpossibleEvent('starts a campaign, although one has started');
      const { type: _, ...facts } = event;
      return { ...campaign, facts, findings: List(facts.findings) };
    }
    case 'campaign-extended': {
      const { type: _, ...facts } = event;
      const trials = campaign.trials.map((trial) => ({ ...interrupted(trial), number: null }));
      return { ...emptyCampaign, facts, trials, findings: List(facts.findings) };
    }
    case 'campaign-resumed':
      return { ...campaign, trials: campaign.trials.map(interrupted) };
    case 'batch-planned':
      return planned(campaign, event);
    case 'campaign-concluded':
      return {
        ...campaign,
        findings: campaign.findings.concat(event.findings),
        conclusion: { kind: event.kind, chosen: event.chosen, because: event.because },
      };
    default:
      return event satisfies never;
  }
}

/** The trial that an event is about. Throws ImpossibleEvent if it was never planned. */
export function plannedTrial(campaign: Campaign, key: TrialKey): Trial {
  const trial = campaign.trials.get(key);
  if (trial === undefined) throw new ImpossibleEvent(`is about the trial ${key}, which was never planned`);
  return trial;
}

/**
 * The trial after an event about it. Late events of a lost attempt, or of a trial that has ended, change nothing: then
 * it is the same object.
 */
export function evolveTrial(trial: Trial, event: TrialEvent): Trial {
  switch (event.type) {
    case 'trial-started':
      return { ...factsOf(trial), state: 'running', attempts: event.attempt, reports: Reports.EMPTY };
    case 'trial-stopped':
      return { ...factsOf(trial), state: 'stopped', reason: event.reason };
    case 'trial-reopened':
      return trial.state === 'failed' ? waiting(trial) : trial;
    default:
      return trial.state === 'running' && trial.attempts === event.attempt ? evolveRun(trial, event) : trial;
  }
}

type RunEvent = Exclude<TrialEvent, { readonly type: 'trial-started' | 'trial-stopped' | 'trial-reopened' }>;

/** A running trial after an event of its attempt. */
function evolveRun(trial: Trial & { readonly state: 'running' }, event: RunEvent): Trial {
  switch (event.type) {
    case 'trial-reported':
      return { ...trial, reports: trial.reports.push(event.report) };
    case 'trial-reported-epochs':
      return { ...trial, reports: trial.reports.pushAll(event) };
    case 'trial-finished':
      return {
        ...factsOf(trial),
        state: 'finished',
        reason: event.reason,
        evaluation: event.evaluation,
        ...(event.final && { final: event.final }),
        ...(event.notes && { notes: event.notes }),
      };
    case 'trial-diverged':
      return { ...factsOf(trial), state: 'diverged', epoch: event.epoch };
    case 'trial-failed': {
      const { code, message } = event;
      return { ...factsOf(trial), state: 'failed', code, message };
    }
    case 'attempt-failed':
    case 'attempt-lost':
      return waiting(trial);
    default:
      return event satisfies never;
  }
}

function planned(campaign: Campaign, event: Extract<CampaignEvent, { type: 'batch-planned' }>): Campaign {
  const identity = campaign.facts?.identity ?? '';
  let { trials, asked } = campaign;
  const place = (spec: TrialSpec): TrialKey => {
    const key = trialKeyOnce(identity, spec);
    if (!trials.has(key)) {
      const { stage } = event;
      trials = trials.set({
        key,
        spec,
        stage,
        number: null,
        attempts: 0,
        reports: Reports.EMPTY,
        state: 'waiting',
      });
    }
    return key;
  };
  const keys = event.trials.map((spec) => {
    const key = place(spec);
    const trial = trials.get(key);
    if (trial !== undefined && trial.number === null) {
      asked = asked.push(key);
      const numbered = { ...trial, number: asked.size, stage: event.stage };
      const wanted = numbered.state === 'stopped' && numbered.reason === 'not-needed';
      trials = trials.set(wanted ? waiting(numbered) : numbered);
    }
    return key;
  });
  const speculative = event.ahead.map(place);
  const { stage, because, findings } = event;
  return {
    ...campaign,
    trials,
    asked,
    batches: campaign.batches.push({ stage, because, findings, trials: keys, speculative }),
    findings: campaign.findings.concat(findings),
  };
}

/** The properties of a trial that it has in every state. */
function factsOf(trial: Trial): Pick<Trial, 'key' | 'spec' | 'stage' | 'number' | 'attempts' | 'reports'> {
  const { key, spec, stage, number, attempts, reports } = trial;
  return { key, spec, stage, number, attempts, reports };
}

const waiting = (trial: Trial): Trial => ({ ...factsOf(trial), state: 'waiting', reports: Reports.EMPTY });

const interrupted = (trial: Trial): Trial => (trial.state === 'running' ? waiting(trial) : trial);
