import type { List } from 'immutable';
import type { Campaign, PlannedBatch } from '../../campaign/campaign.js';
import { isSameValue, type Parameters, type ParameterValue } from '../../campaign/parameters.js';

type Batches = List<PlannedBatch>;

const known = new WeakMap<Batches, Map<string | null, readonly string[]>>();

/**
 * Names of the parameters that have more than one value among the trials planned, in the order of the config, and of
 * what grows, even if its first size is the only one.
 */
export function variedParameters(campaign: Campaign): readonly string[] {
  return variedIn(campaign, null);
}

/** The same among the trials that one stage planned. */
export function variedInStage(campaign: Campaign, stage: string): readonly string[] {
  return variedIn(campaign, stage);
}

function variedIn(campaign: Campaign, only: string | null): readonly string[] {
  const cached = known.get(campaign.batches) ?? new Map<string | null, readonly string[]>();
  known.set(campaign.batches, cached);
  const names = cached.get(only);
  if (names !== undefined) return names;
  const batches = campaign.batches.filter(({ stage }) => only === null || stage === only);
  const keys = new Set(batches.flatMap(({ trials, speculative }) => [...trials, ...speculative]));
  const planned = Array.from(campaign.trials.select(keys), ({ spec }) => spec.parameters);
  const all = campaign.facts?.parameters ?? [];
  const grown = only === null ? campaign.facts?.plan.growth?.parameter : undefined;
  const several = variedAmong(planned, all);
  const varied = all.filter((name) => name === grown || several.includes(name));
  cached.set(only, varied);
  return varied;
}

/** Which of the names have more than one value among the settings, in the order of the names. */
export function variedAmong(settings: readonly Parameters[], names: readonly string[]): readonly string[] {
  return names.filter((name) => {
    const first = settings[0]?.[name];
    return settings.some((setting) => !isSameValue(setting[name], first));
  });
}

/** The values that a parameter has in each of the settings; a list of widths is one value. */
export function valuesOf(
  settings: readonly { readonly parameters: Parameters }[],
  name: string,
): ParameterValue[] {
  const values: ParameterValue[] = [];
  for (const { parameters } of settings) {
    const value = parameters[name];
    if (value !== undefined) values.push(value);
  }
  return values;
}
