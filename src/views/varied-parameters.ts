import type { List } from 'immutable';
import type { Campaign, PlannedBatch } from '../campaign/campaign.js';
import { canonicalJson } from '../campaign/canonical-json.js';
import type { Parameters } from '../campaign/parameters.js';

const known = new WeakMap<List<PlannedBatch>, readonly string[]>();

/** Names of the parameters that have more than one value among the trials planned, in the order of the config. */
export function variedParameters(campaign: Campaign): readonly string[] {
  const cached = known.get(campaign.batches);
  if (cached !== undefined) return cached;
  const keys = new Set(campaign.batches.flatMap(({ trials, ahead }) => [...trials, ...ahead]));
  const planned = [...keys].map((key) => campaign.trials.get(key)?.spec.parameters ?? {});
  const names = variedAmong(planned, campaign.facts?.parameters ?? []);
  known.set(campaign.batches, names);
  return names;
}

/** Which of the names have more than one value among the settings, in the order of the names. */
export function variedAmong(settings: readonly Parameters[], names: readonly string[]): readonly string[] {
  return names.filter((name) => {
    const values = new Set(settings.map((setting) => canonicalJson(setting[name] ?? null)));
    return values.size > 1;
  });
}
