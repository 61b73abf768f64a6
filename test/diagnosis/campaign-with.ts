import { type Campaign, emptyCampaign, evolve } from '../../src/campaign/campaign.js';
import type { CampaignEvent, CampaignFacts } from '../../src/campaign/event.js';
import type { Finding } from '../../src/campaign/finding.js';
import type { NetworkHealth } from '../../src/campaign/outcome.js';
import type { Parameters } from '../../src/campaign/parameters.js';
import type { Report } from '../../src/campaign/report.js';
import type { TrialSpec } from '../../src/campaign/trial.js';
import { fitFirstPlan } from '../support/plans.js';
import { factsOf, finished, keyOf, planned, specOf } from '../views/campaigns.js';

/** A trial of a made-up campaign: its stage, its setting, and what it reports epoch by epoch. */
export interface MadeTrial {
  readonly stage: string;
  readonly parameters: Parameters;
  readonly repeat?: number;
  readonly until?: boolean;
  readonly reports?: readonly Report['metrics'][];
  readonly diverges?: boolean;
  readonly health?: NetworkHealth;
}

/** A concluded campaign of fit_first with these trials and findings. */
export function campaignWith(
  trials: readonly MadeTrial[],
  findings: readonly Finding[] = [],
  facts: Partial<CampaignFacts> = {},
): Campaign {
  const events = trials.flatMap((trial): CampaignEvent[] => {
    const spec = specFor(trial);
    const about = { trial: keyOf(spec), attempt: 1 } as const;
    const [started, ...others] = finished(spec, ...(trial.reports ?? [{ val_loss: 1 }]));
    const ended = others.map((event): CampaignEvent => {
      if (event.type !== 'trial-finished') return event;
      if (trial.diverges) return { type: 'trial-diverged', ...about, epoch: 1 };
      if (trial.health === undefined) return event;
      return { ...event, evaluation: { test: null, errors: null, redundancy: null, health: trial.health } };
    });
    return [planned(trial.stage, [spec]), ...(started === undefined ? [] : [started]), ...ended];
  });
  return [
    {
      type: 'campaign-started',
      ...factsOf({
        plan: fitFirstPlan([4, 8, 16]),
        method: 'fit_first',
        parameters: ['hidden', 'dropout'],
        ...facts,
      }),
    } as const,
    ...events,
    { type: 'campaign-concluded', kind: 'chosen', chosen: null, because: 'done', findings } as const,
  ].reduce(evolve, emptyCampaign);
}

function specFor({ stage, parameters, repeat = 1, until = false, reports }: MadeTrial): TrialSpec {
  return specOf(parameters, {
    repeat,
    epochs: Math.max(1, reports?.length ?? 1),
    until: until ? { metric: 'train_accuracy', goal: 'maximize', bound: 1 } : null,
    finish: stage === 'finish' ? { on: 'training', checkpoint: 'best' } : null,
  });
}

/** Three repeats of a setting whose scores go up by a little from one to the next. */
export function repeats(
  stage: string,
  parameters: Parameters,
  val_loss: number,
  more: Partial<MadeTrial> & { readonly metrics?: Report['metrics'] } = {},
): MadeTrial[] {
  const { metrics = {}, ...rest } = more;
  return [1, 2, 3].map((repeat) => ({
    stage,
    parameters,
    repeat,
    reports: [{ val_loss: val_loss + repeat / 1000, ...metrics }],
    ...rest,
  }));
}

const over = { mean: 1, standardError: 0.1, repeats: 3 };

/** Findings as fit_first gives them. */
export const chosen = (parameters: Parameters): Finding => ({
  kind: 'chosen',
  parameters,
  epochs: 10,
  validation: over,
  because: 'chosen',
});
export const baseline = (parameters: Parameters): Finding => ({
  kind: 'baseline',
  parameters,
  epochs: 10,
  validation: over,
  because: 'baseline',
});
export const fitted = (parameters: Parameters | null): Finding => ({
  kind: 'fitted',
  parameters,
  because: 'fitted',
});
export const ties = (...settings: Parameters[]): Finding => ({ kind: 'ties', settings, because: 'ties' });
export const useless: Finding = {
  kind: 'warning',
  code: 'dropout-does-not-help',
  numbers: {},
  because: 'no help',
};
