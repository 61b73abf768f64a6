import { type Campaign, emptyCampaign, evolve } from '../../src/campaign/campaign.js';
import type { CampaignEvent, CampaignFacts } from '../../src/campaign/event.js';
import { reachesTarget } from '../../src/campaign/report.js';
import { isSettled, type TrialSpec, trialKey } from '../../src/campaign/trial.js';
import type { Method } from '../../src/methods/method.js';
import type { Landscape } from './landscape.js';
import { fitFirstPlan, searchPlan } from './plans.js';

/** The facts of a campaign over a landscape. */
export function landscapeFacts(method: Method): CampaignFacts {
  return {
    name: 'landscape',
    method: method.name,
    plan: method.name === 'fit_first' ? fitFirstPlan([4, 8, 16, 32, 64]) : searchPlan,
    seed: 1,
    trainer: 'built-in',
    metric: { name: 'val_loss', goal: 'minimize' },
    checkpoint: 'best',
    parameters: ['hidden', 'dropout', 'learning_rate'],
    space: {},
    identity: 'landscape',
    config: {},
    data: null,
    findings: [],
  };
}

/** The events of a trial that runs undisturbed. */
export function eventsOfTrial(identity: string, spec: TrialSpec, world: Landscape): CampaignEvent[] {
  const trial = trialKey(identity, spec);
  const events: CampaignEvent[] = [{ type: 'trial-started', trial, attempt: 1 }];
  for (const report of world(spec)) {
    events.push({ type: 'trial-reported', trial, attempt: 1, report });
    if (!reachesTarget(spec.until, report)) continue;
    return [...events, { type: 'trial-finished', trial, attempt: 1, reason: 'fit', evaluation: null }];
  }
  return [...events, { type: 'trial-finished', trial, attempt: 1, reason: 'complete', evaluation: null }];
}

/**
 * Plays a method out over a landscape, trial by trial, without a runner; returns the concluded campaign, or where
 * it stands after so many trials.
 */
export function playOut(
  method: Method,
  world: Landscape,
  eventsOf: typeof eventsOfTrial = eventsOfTrial,
  most = Number.POSITIVE_INFINITY,
): Campaign {
  let ran = 0;
  let campaign = evolve(emptyCampaign, { type: 'campaign-started', ...landscapeFacts(method) });
  for (let steps = 0; steps < 1000; steps++) {
    const step = method.next(campaign);
    if (step.kind === 'conclusion') {
      const { ending, chosen, because, findings } = step;
      return evolve(campaign, { type: 'campaign-concluded', kind: ending, chosen, because, findings });
    }
    if (!step.planned) {
      const { stage, because, trials, speculative: ahead, findings } = step;
      campaign = evolve(campaign, { type: 'batch-planned', stage, because, trials, ahead, findings });
    }
    for (const spec of step.awaited) {
      if (isSettled(campaign.trials.get(trialKey('landscape', spec)))) continue;
      if (ran++ >= most) return campaign;
      campaign = eventsOf('landscape', spec, world).reduce(evolve, campaign);
    }
  }
  throw new Error('the method does not come to an end');
}
