import type { Campaign } from '../campaign/campaign.js';
import { isSettled, type Trial, type TrialKey, type TrialSpec, trialKey } from '../campaign/trial.js';
import { noCheckpoints } from '../execution/checkpoint-store.js';
import type { Method } from '../methods/method.js';
import { createAdmission, type RunParts } from './admission.js';
import { askInTurn } from './ask-in-turn.js';

/** Trials that may be asked for at once even where few can run: slots may be added at any time. */
const MIN_WIDTH = 256;

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
      if (method.prepare !== undefined) {
        await method.prepare(store.campaign, controls.draining);
        if (controls.draining.aborted) return { kind: 'interrupted', campaign: store.campaign };
      }
      const step = method.next(store.campaign);
      if (step.kind === 'conclusion') {
        await admission.close();
        const { ending, chosen, because, findings } = step;
        const chosenTrial = chosen === null ? undefined : store.campaign.trials.get(chosen);
        await checkpoints.conclude(chosenTrial?.spec ?? null);
        await store.commit({ type: 'campaign-concluded', kind: ending, chosen, because, findings });
        return { kind: 'concluded', campaign: store.campaign };
      }
      const identity = store.campaign.facts?.identity ?? '';
      const keyOf = (spec: TrialSpec): TrialKey => trialKey(identity, spec);
      const trialOf = (spec: TrialSpec): Trial | undefined => store.campaign.trials.get(keyOf(spec));
      undecided = step.unanswered.map(keyOf);
      if (!step.planned) {
        const { stage, because, trials, speculative: ahead, findings } = step;
        await store.commit({ type: 'batch-planned', stage, because, trials, ahead, findings });
      }
      await checkpoints.retain([...step.unanswered, ...step.speculative], step.maxEpochs);
      const open = step.unanswered.filter((spec) => !isSettled(trialOf(spec)));
      // By number, not by which trial ended first, so that the same trials run for any number of slots.
      const maxNumber = parts.maxTrials ?? Number.POSITIVE_INFINITY;
      const admissible = open.filter((spec) => (trialOf(spec)?.number ?? 0) <= maxNumber);
      const isSpent = admissible.length < open.length;
      const admissibleSet = new Set(admissible);
      // The step waits for some of them only. If another one throws, the next call of `ask` throws too.
      const turns = askInTurn(
        admissible,
        step.awaited.filter((spec) => admissibleSet.has(spec)),
        {
          ask: (spec) => admission.ask(keyOf(spec), spec),
          width: () => Math.max(MIN_WIDTH, 2 * parts.executor.slots),
          isOver: () => controls.draining.aborted,
        },
      );
      const speculative = isSpent ? [] : step.speculative;
      admission.speculate(new Map(speculative.map((spec) => [keyOf(spec), spec])));
      if (!isSpent) await turns.awaited;
      if (!isSpent && !controls.draining.aborted) {
        turns.stop();
        continue;
      }
      await turns.all;
      await admission.close();
      return { kind: controls.draining.aborted ? 'interrupted' : 'trials-spent', campaign: store.campaign };
    }
  } finally {
    await admission.close();
  }
}
