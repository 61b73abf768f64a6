import type { Campaign } from '../../campaign/campaign.js';
import type { Settled } from '../../campaign/trial.js';
import { type Asked, settledTrials } from './asked-trials.js';
import { roleOf } from './stages.js';

/** A trial that failed, or that a person stopped. */
export type TrialWithoutResult = Asked<Extract<Settled, { state: 'failed' | 'stopped' }>>;

/** The asked trials that failed or that a person stopped, in the order of their numbers. */
export function trialsWithoutResult(campaign: Campaign): TrialWithoutResult[] {
  const without: TrialWithoutResult[] = [];
  for (const trial of settledTrials(campaign))
    if (trial.state === 'failed' || trial.state === 'stopped') without.push(trial);
  return without;
}

/** How many trials ended in each of these ways: `1 failed, 2 stopped`; empty for none. */
export function formatCounts(
  trials: readonly { readonly state: string }[],
  states: readonly string[],
): string {
  return states
    .map((state) => ({ state, count: trials.filter((trial) => trial.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${state}`)
    .join(', ');
}

/** How the method decided without these trials, a sentence for each kind of stage that asked for one of them. */
export function decidedWithout(campaign: Campaign, trials: readonly TrialWithoutResult[]): string[] {
  const sentences = trials.map((trial) => {
    if (trial.spec.until !== null) return 'A size is judged by its other repeats.';
    switch (roleOf(campaign, trial.stage)) {
      case 'select':
        return 'A finalist with such a repeat cannot be chosen.';
      case 'confirm':
        return 'The gain needs every fresh repeat, so none is given.';
      case 'finish':
        return 'The final network of its setting is missing, and so are its test scores.';
      default:
        return 'A setting with such a repeat ranks last and cannot be chosen.';
    }
  });
  return [...new Set(sentences)];
}
