import type { Campaign } from '../campaign/campaign.js';
import { isSettled, trialKey } from '../campaign/trial.js';
import type { Method } from '../methods/method.js';
import { createAdmission, type RunParts } from './admission.js';

/**
 * How a run ended: the campaign is concluded, or it can be resumed, as it was interrupted or has had as many trials
 * as it may.
 */
export interface RunEnd {
  readonly kind: 'concluded' | 'interrupted' | 'trials-spent';
  readonly campaign: Campaign;
}

/**
 * Runs a campaign that has been started or resumed: ask the method what comes next, journal it, let the
 * trials run, and so on until the method concludes. Everything that is decided here is decided by the
 * method from settled trials, so neither the number of slots nor the order of completion matters.
 */
export async function runCampaign(method: Method, parts: RunParts): Promise<RunEnd> {
  const { store, controls } = parts;
  const admission = createAdmission(parts);
  try {
    for (;;) {
      const step = method.next(store.campaign);
      if (step.kind === 'conclusion') {
        await admission.close();
        const { ending, chosen, because, findings } = step;
        await store.commit({ type: 'campaign-concluded', kind: ending, chosen, because, findings });
        return { kind: 'concluded', campaign: store.campaign };
      }
      const { planned, kind: _, ...batch } = step;
      if (!planned) await store.commit({ type: 'batch-planned', ...batch });
      const identity = store.campaign.facts?.identity ?? '';
      const unsettled = batch.trials
        .map((spec) => [trialKey(identity, spec), spec] as const)
        .filter(([key]) => !isSettled(store.campaign.trials.get(key)));
      // By their numbers and not by what ended first: so the same trials run, however many run at once.
      const most = parts.maxTrials ?? Number.POSITIVE_INFINITY;
      const may = unsettled.filter(([key]) => (store.campaign.trials.get(key)?.number ?? 0) <= most);
      const isSpent = may.length < unsettled.length;
      const asked = may.map(([key, spec]) => admission.ask(key, spec));
      const ahead = isSpent ? [] : batch.ahead;
      admission.speculate(new Map(ahead.map((spec) => [trialKey(identity, spec), spec])));
      await Promise.all(asked);
      if (controls.draining.aborted) {
        await admission.close();
        return { kind: 'interrupted', campaign: store.campaign };
      }
      if (isSpent) {
        await admission.close();
        return { kind: 'trials-spent', campaign: store.campaign };
      }
    }
  } finally {
    await admission.close();
  }
}
