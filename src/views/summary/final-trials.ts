import type { Campaign } from '../../campaign/campaign.js';
import type { CommitteeEvaluation } from '../../campaign/outcome.js';
import { isSameSetting } from '../../campaign/parameters.js';
import { committeeMembers, type Trial, trialKey } from '../../campaign/trial.js';
import { lastFinding } from './decisions.js';

/** The networks of the finish: the one that is handed over, and those that it is compared with. */
interface FinalTrials {
  readonly chosen: Trial | null;
  /** The chosen one itself where dropout does not help; null if it has none. */
  readonly baseline: Trial | null;
  /** The first member of a committee: the network that would be handed over without it. Null without a committee. */
  readonly single: Trial | null;
}

/** The trials of the finish; nulls before the conclusion, and where nothing was chosen. */
export function finalTrials(campaign: Campaign): FinalTrials {
  const key = campaign.conclusion?.chosen ?? null;
  const chosen = (key === null ? undefined : campaign.trials.get(key)) ?? null;
  const single = chosen && firstMember(campaign, chosen);
  const setting = lastFinding(campaign, 'baseline')?.parameters;
  if (chosen === null || setting === undefined) return { chosen, baseline: null, single };
  if (isSameSetting(chosen.spec.parameters, setting)) return { chosen, baseline: chosen, single };
  const finished = campaign.asked
    .toArray()
    .flatMap((asked) => campaign.trials.get(asked) ?? [])
    .filter((trial) => trial.state === 'finished' && trial.spec.finish !== null);
  const baseline = finished.find((trial) => isSameSetting(trial.spec.parameters, setting)) ?? null;
  return { chosen, baseline, single };
}

/** What was measured of a committee; null if the network that is handed over is none. */
export function committeeOf(chosen: Trial | null): CommitteeEvaluation | null {
  return chosen?.state === 'finished' ? (chosen.evaluation?.committee ?? null) : null;
}

/** What a trial reported once, for the whole trial; null if that is nothing. */
export function finalOf(trial: Trial | null): Readonly<Record<string, number>> | null {
  return trial?.state === 'finished' ? (trial.final ?? null) : null;
}

function firstMember(campaign: Campaign, { spec }: Trial): Trial | null {
  const [first] = committeeMembers(spec);
  if (first === undefined) return null;
  return campaign.trials.get(trialKey(campaign.facts?.identity ?? '', first)) ?? null;
}
