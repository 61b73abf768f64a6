import type { List } from 'immutable';
import type { Campaign, PlannedBatch } from '../../../campaign/campaign.js';
import { canonicalJson } from '../../../campaign/canonical-json.js';
import type { Trial, TrialSpec } from '../../../campaign/trial.js';
import { stagesFor } from '../stages.js';

type Batches = List<PlannedBatch>;

const known = new WeakMap<Batches, ReadonlyMap<string, readonly number[]>>();

/**
 * The epochs of the shorter trial that a trial goes on from, as trials do that grow and the best settings of a rung;
 * null if it is the first of its setting.
 */
export function epochsBefore(campaign: Campaign, { spec }: Pick<Trial, 'spec'>): number | null {
  const { growth = null } = campaign.facts?.plan ?? {};
  const goesOn =
    growth === null ? spec.until === null : spec.until !== null && growth.maxEpochs !== undefined;
  if (!goesOn || spec.finish !== null || spec.epochs <= leastEpochs(campaign)) return null;
  const lengths = known.get(campaign.batches) ?? lengthsOf(campaign);
  known.set(campaign.batches, lengths);
  const shorter = (lengths.get(settingKey(spec)) ?? []).filter((epochs) => epochs < spec.epochs);
  return shorter.length === 0 ? null : Math.max(...shorter);
}

const least = new WeakMap<Batches, number>();

/** The fewest epochs of a trial. In most searches all trials have as many, and none goes on from another. */
function leastEpochs({ batches, asked, trials }: Campaign): number {
  const cached = least.get(batches);
  if (cached !== undefined) return cached;
  let min = Number.POSITIVE_INFINITY;
  for (const { spec } of trials.select(asked)) min = Math.min(min, spec.epochs);
  least.set(batches, min);
  return min;
}

/** The epochs of the trials of each setting and repeat. */
function lengthsOf(campaign: Campaign): ReadonlyMap<string, readonly number[]> {
  const isGrowing = (campaign.facts?.plan.growth ?? null) !== null;
  const stages = stagesFor(campaign, isGrowing ? 'grow' : 'search');
  const lengths = new Map<string, number[]>();
  for (const { stage, trials } of campaign.batches) {
    if (!stages.includes(stage)) continue;
    for (const key of trials) {
      const spec = campaign.trials.get(key)?.spec;
      if (spec === undefined || (spec.until !== null) !== isGrowing) continue;
      const setting = settingKey(spec);
      lengths.set(setting, [...(lengths.get(setting) ?? []), spec.epochs]);
    }
  }
  return lengths;
}

const settingKey = ({ parameters, repeat }: TrialSpec): string => canonicalJson([{ ...parameters }, repeat]);
