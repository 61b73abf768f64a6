import { List } from 'immutable';
import type { CampaignEvent, CampaignFacts, ConclusionKind } from './event.js';
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

/** Says which attempt at which trial. */
export interface AttemptKey {
  readonly trial: TrialKey;
  readonly attempt: number;
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

/** The campaign after the event: the only place where its state changes. Throws ImpossibleEvent. */
export function evolve(campaign: Campaign, event: CampaignEvent): Campaign {
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
    case 'trial-started':
      return withTrial(campaign, event.trial, (trial) => ({
        ...factsOf(trial),
        state: 'running',
        attempts: event.attempt,
        reports: Reports.EMPTY,
      }));
    case 'trial-reported':
      return withAttempt(campaign, event, (trial) => ({
        ...trial,
        reports: trial.reports.push(event.report),
      }));
    case 'trial-finished':
      return withAttempt(campaign, event, (trial) => ({
        ...factsOf(trial),
        state: 'finished',
        reason: event.reason,
        evaluation: event.evaluation,
        ...(event.final && { final: event.final }),
        ...(event.notes && { notes: event.notes }),
      }));
    case 'trial-diverged':
      return withAttempt(campaign, event, (trial) => ({
        ...factsOf(trial),
        state: 'diverged',
        epoch: event.epoch,
      }));
    case 'trial-failed': {
      const { code, message } = event;
      return withAttempt(campaign, event, (trial) => ({ ...factsOf(trial), state: 'failed', code, message }));
    }
    case 'attempt-failed':
    case 'attempt-lost':
      return withAttempt(campaign, event, waiting);
    case 'trial-reopened':
      return withTrial(campaign, event.trial, (trial) => (trial.state === 'failed' ? waiting(trial) : trial));
    case 'trial-stopped':
      return withTrial(campaign, event.trial, (trial) => ({
        ...factsOf(trial),
        state: 'stopped',
        reason: event.reason,
      }));
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

/**
 * The campaign after reports of an attempt, as after one event for each of them. `reports` are all reports of the
 * attempt. Throws ImpossibleEvent.
 */
export function withReports(campaign: Campaign, attempt: AttemptKey, reports: Reports): Campaign {
  return withAttempt(campaign, attempt, (trial) => ({ ...trial, reports }));
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

function withTrial(campaign: Campaign, key: TrialKey, change: (trial: Trial) => Trial): Campaign {
  const trial = campaign.trials.get(key);
  if (trial === undefined) throw new ImpossibleEvent(`is about the trial ${key}, which was never planned`);
  return { ...campaign, trials: campaign.trials.set(change(trial)) };
}

/** Late events of a lost attempt, or of a trial that has ended, change nothing. */
function withAttempt(campaign: Campaign, event: AttemptKey, change: (trial: Trial) => Trial): Campaign {
  return withTrial(campaign, event.trial, (trial) =>
    trial.state === 'running' && trial.attempts === event.attempt ? change(trial) : trial,
  );
}
