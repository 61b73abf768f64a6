import type { Campaign } from '../campaign/campaign.js';
import { isSettled, type TrialKey, type TrialSpec, trialKey } from '../campaign/trial.js';
import { noCheckpoints } from '../execution/checkpoint-store.js';
import type { Method } from '../methods/method.js';
import { createAdmission, type RunParts } from './admission.js';

/**
 * How a run ended: the campaign is concluded, or it was interrupted or has used up its budget of trials and can be
 * resumed.
 */
export interface RunEnd {
  readonly kind: 'concluded' | 'interrupted' | 'trials-spent';
  readonly campaign: Campaign;
}

/**
 * Runs a campaign that has been started or resumed: asks the method what comes next, journals it, lets the trials
 * run, and so on until the method concludes. The method decides everything from settled trials in the order of
 * asking, so neither the number of slots nor the order of completion matters.
 */
export async function runCampaign(method: Method, parts: RunParts): Promise<RunEnd> {
  const { store, controls, checkpoints = noCheckpoints } = parts;
  let undecided: readonly TrialKey[] = [];
  const admission = createAdmission(parts, () => undecided);
  try {
    for (;;) {
      const step = method.next(store.campaign);
      if (step.kind === 'conclusion') {
        await admission.close();
        await checkpoints.retain([], null);
        const { ending, chosen, because, findings } = step;
        await store.commit({ type: 'campaign-concluded', kind: ending, chosen, because, findings });
        return { kind: 'concluded', campaign: store.campaign };
      }
      const identity = store.campaign.facts?.identity ?? '';
      const withKey = (spec: TrialSpec) => [trialKey(identity, spec), spec] as const;
      undecided = step.unanswered.map((spec) => trialKey(identity, spec));
      if (!step.planned) {
        const { stage, because, trials, speculative: ahead, findings } = step;
        await store.commit({ type: 'batch-planned', stage, because, trials, ahead, findings });
      }
      await checkpoints.retain([...step.unanswered, ...step.speculative], step.maxEpochs);
      const open = step.unanswered.map(withKey).filter(([key]) => !isSettled(store.campaign.trials.get(key)));
      // By number, not by which trial ended first, so that the same trials run for any number of slots.
      const maxNumber = parts.maxTrials ?? Number.POSITIVE_INFINITY;
      const admissible = open.filter(([key]) => (store.campaign.trials.get(key)?.number ?? 0) <= maxNumber);
      const isSpent = admissible.length < open.length;
      const running = new Map(admissible.map(([key, spec]) => [key, admission.ask(key, spec)]));
      // The step waits for some of them only. If another one throws, the next call of `ask` throws too.
      for (const done of running.values()) done.catch(() => {});
      admission.speculate(new Map(isSpent ? [] : step.speculative.map(withKey)));
      if (!isSpent) await Promise.all(step.awaited.map((spec) => running.get(trialKey(identity, spec))));
      if (!isSpent && !controls.draining.aborted) continue;
      await Promise.all(running.values());
      await admission.close();
      return { kind: controls.draining.aborted ? 'interrupted' : 'trials-spent', campaign: store.campaign };
    }
  } finally {
    await admission.close();
  }
}
