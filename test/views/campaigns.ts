import type { CampaignEntry, CampaignEvent, CampaignFacts } from '../../src/campaign/event.js';
import type { Parameters } from '../../src/campaign/parameters.js';
import type { Report } from '../../src/campaign/report.js';
import { type TrialKey, type TrialSpec, trialKey } from '../../src/campaign/trial.js';
import { searchPlan } from '../support/plans.js';

/** Facts of a small campaign; what matters to a test is given. */
export function factsOf(some: Partial<CampaignFacts> = {}): CampaignFacts {
  return {
    name: 'small',
    method: 'grid',
    plan: searchPlan,
    seed: 1,
    trainer: 'built-in',
    metric: { name: 'val_loss', goal: 'minimize' },
    checkpoint: 'best',
    parameters: ['hidden'],
    space: {},
    identity: 'small',
    config: {},
    data: null,
    findings: [],
    ...some,
  };
}

/** A spec on repeat 1 with ten epochs; what matters to a test is given. */
export function specOf(parameters: Parameters, some: Partial<TrialSpec> = {}): TrialSpec {
  return { parameters, repeat: 1, epochs: 10, until: null, finish: null, ...some };
}

export const keyOf = (spec: TrialSpec): TrialKey => trialKey('small', spec);

/** A batch of a stage. */
export function planned(
  stage: string,
  trials: readonly TrialSpec[],
  ahead: readonly TrialSpec[] = [],
): CampaignEvent {
  return { type: 'batch-planned', stage, because: `why ${stage}`, trials, ahead, findings: [] };
}

/** The events of a trial that reports some metrics, an epoch each, and finishes. */
export function finished(spec: TrialSpec, ...metrics: readonly Report['metrics'][]): CampaignEvent[] {
  const about = { trial: keyOf(spec), attempt: 1 } as const;
  return [
    { type: 'trial-started', ...about },
    ...metrics.map(
      (said, i): CampaignEvent => ({
        type: 'trial-reported',
        ...about,
        report: { epoch: i + 1, metrics: said },
      }),
    ),
    { type: 'trial-finished', ...about, reason: 'complete', evaluation: null },
  ];
}

/** Events a second apart. */
export function dated(events: readonly CampaignEvent[]): CampaignEntry[] {
  return events.map((event, i) => ({
    seq: i + 1,
    at: new Date(Date.UTC(2026, 0, 2, 0, 0, i)).toISOString(),
    event,
  }));
}
