import type { Campaign } from '../../campaign/campaign.js';
import type { Trial } from '../../campaign/trial.js';
import { sameSetting } from '../model/settings.js';
import { lastFinding } from './decisions.js';

/** The networks of the finish: the one that is handed over, and its baseline. */
interface FinalTrials {
  readonly chosen: Trial | null;
  /** The chosen one itself where dropout does not help; null if it has none. */
  readonly baseline: Trial | null;
}

/** The trials of the finish; nulls before the conclusion, and where nothing was chosen. */
export function finalTrials(campaign: Campaign): FinalTrials {
  const key = campaign.conclusion?.chosen ?? null;
  const chosen = (key === null ? undefined : campaign.trials.get(key)) ?? null;
  const setting = lastFinding(campaign, 'baseline')?.parameters;
  if (chosen === null || setting === undefined) return { chosen, baseline: null };
  if (sameSetting(chosen.spec.parameters, setting)) return { chosen, baseline: chosen };
  const finished = campaign.asked
    .toArray()
    .flatMap((asked) => campaign.trials.get(asked) ?? [])
    .filter((trial) => trial.state === 'finished' && trial.spec.finish !== null);
  return { chosen, baseline: finished.find((trial) => sameSetting(trial.spec.parameters, setting)) ?? null };
}
