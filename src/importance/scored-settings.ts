import type { Campaign } from '../campaign/campaign.js';
import type { CampaignFacts } from '../campaign/event.js';
import type { Parameters } from '../campaign/parameters.js';
import { SettingNumbers } from '../campaign/tables/setting-numbers.js';
import { isSettled, isStoppedEarly, type Trial } from '../campaign/trial.js';
import { trialScore } from '../campaign/trial-score.js';
import { adjustedMeans } from '../numeric/adjusted-means.js';

/** A setting that ran its full epochs, and its mean over repeats. */
export interface ScoredSetting {
  readonly parameters: Parameters;
  /** The mean of the metric, adjusted for the repeats that it ran on. */
  readonly mean: number;
  /** Repeats that it ran on. */
  readonly repeats: number;
}

/** The settings of a campaign with what chance does to them. */
export interface ScoredSettings {
  readonly settings: readonly ScoredSetting[];
  /** Settings that are left out because a repeat gave no number: it failed, diverged or was stopped. */
  readonly leftOut: number;
  /**
   * The variance of one repeat of a setting around the setting's mean, after the effect of the repeat is taken out;
   * null where no setting ran on several repeats.
   */
  readonly noise: number | null;
}

interface Group {
  readonly parameters: Parameters;
  readonly epochs: number;
  readonly values: Map<number, number>;
}

/** The settings that compare: those that ran their full epochs in the search, each with its most epochs. */
export function scoredSettings(campaign: Campaign): ScoredSettings {
  const { facts } = campaign;
  if (facts === null) return { settings: [], leftOut: 0, noise: null };
  const all = longestGroups(campaign, facts);
  const complete = all.filter(({ values }) => [...values.values()].every(Number.isFinite));
  const means = adjustedMeans(complete.map(({ values }) => values));
  const settings: ScoredSetting[] = [];
  const groups: Group[] = [];
  complete.forEach((group, i) => {
    const mean = means[i] ?? null;
    if (mean === null) return;
    settings.push({ parameters: group.parameters, mean, repeats: group.values.size });
    groups.push(group);
  });
  return { settings, leftOut: all.length - settings.length, noise: noiseOf(groups, settings) };
}

function longestGroups(campaign: Campaign, facts: CampaignFacts): Group[] {
  const stages = new Set(
    facts.plan.stages
      .filter(({ role }) => role === 'search' || role === 'grow' || role === 'race')
      .map(({ name }) => name),
  );
  const numbers = new SettingNumbers();
  const groups = new Map<number, Group>();
  for (const trial of campaign.trials.select(campaign.asked)) {
    if (!stages.has(trial.stage) || !isComparable(trial)) continue;
    const { parameters, epochs, repeat } = trial.spec;
    const name = numbers.of(parameters);
    const known = groups.get(name);
    if (known !== undefined && known.epochs > epochs) continue;
    const group = known?.epochs === epochs ? known : { parameters, epochs, values: new Map() };
    group.values.set(repeat, trialScore(trial, facts));
    groups.set(name, group);
  }
  return [...groups.values()];
}

/** A trial that may end as soon as it fits does not compare with one that ran its full epochs. */
function isComparable(trial: Trial): boolean {
  const { finish, until } = trial.spec;
  return isSettled(trial) && finish === null && until === null && !isStoppedEarly(trial);
}

function noiseOf(groups: readonly Group[], settings: readonly ScoredSetting[]): number | null {
  const sums = new Map<number, { sum: number; count: number }>();
  let count = 0;
  const forEach = (visit: (repeat: number, value: number, mean: number) => void): void => {
    groups.forEach(({ values }, i) => {
      for (const [repeat, value] of values) visit(repeat, value, settings[i]?.mean ?? 0);
    });
  };
  forEach((repeat, value, mean) => {
    const effect = sums.get(repeat) ?? { sum: 0, count: 0 };
    sums.set(repeat, { sum: effect.sum + value - mean, count: effect.count + 1 });
    count += 1;
  });
  const freedom = count - groups.length - sums.size + 1;
  if (freedom < 1) return null;
  let squares = 0;
  forEach((repeat, value, mean) => {
    const effect = sums.get(repeat);
    const away = value - mean - (effect === undefined ? 0 : effect.sum / effect.count);
    squares += away * away;
  });
  return squares / freedom;
}
