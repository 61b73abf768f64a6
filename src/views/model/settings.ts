import type { List } from 'immutable';
import type { Campaign, PlannedBatch } from '../../campaign/campaign.js';
import type { MeanOverRepeats } from '../../campaign/finding.js';
import type { Parameters } from '../../campaign/parameters.js';
import { meanOverRepeats } from '../../campaign/statistics.js';
import { SettingNumbers } from '../../campaign/tables/setting-numbers.js';
import { isSettled, type Trial, type TrialKey } from '../../campaign/trial.js';
import { type ScoringRule, trialScore } from '../../campaign/trial-score.js';

/**
 * A setting within a stage, and the trials that the stage asked of it, in the order in which it did. Trials that may
 * end early are kept separate from those that run their full epochs: their numbers do not compare.
 */
export interface StageSetting {
  readonly stage: string;
  readonly parameters: Parameters;
  /** The budget. */
  readonly epochs: number;
  /** The metric of the trials' early end; null for trials that run their full epochs. */
  readonly until: string | null;
  /** The sentence with which it was first asked for there. */
  readonly because: string;
  readonly trials: readonly TrialKey[];
}

const known = new WeakMap<List<PlannedBatch>, readonly StageSetting[]>();

/** The settings of every stage, in the order in which they were first asked for. */
export function stageSettings(campaign: Campaign): readonly StageSetting[] {
  const cached = known.get(campaign.batches);
  if (cached !== undefined) return cached;
  const numbers = new SettingNumbers();
  /** By stage, epochs and early end, and then by the number of the setting. */
  const groups = new Map<string, Map<number, GrowingSetting>>();
  const list: GrowingSetting[] = [];
  for (const { stage, because, trials } of campaign.batches) {
    for (const key of trials) {
      const spec = campaign.trials.get(key)?.spec;
      if (spec === undefined) continue;
      const { parameters, epochs } = spec;
      const until = spec.until?.metric ?? null;
      const name = `${epochs}\n${until ?? ''}\n${stage}`;
      const group = groups.get(name) ?? new Map<number, GrowingSetting>();
      groups.set(name, group);
      const number = numbers.of(parameters);
      const setting = group.get(number);
      if (setting === undefined) {
        const first = { stage, parameters, epochs, until, because, trials: [key] };
        group.set(number, first);
        list.push(first);
      } else if (!setting.trials.includes(key)) setting.trials.push(key);
    }
  }
  known.set(campaign.batches, list);
  return list;
}

type GrowingSetting = StageSetting & { readonly trials: TrialKey[] };

/**
 * Of each setting of a stage the trials with the most epochs: what counts where the best settings go on with more. All
 * other stages run a setting with one number of epochs.
 */
export function longestSettings(settings: readonly StageSetting[]): readonly StageSetting[] {
  const cached = longestOf.get(settings);
  if (cached !== undefined) return cached;
  const list = haveOneBudget(settings) ? settings : longestAmong(settings);
  longestOf.set(settings, list);
  return list;
}

/** Whether each stage runs all of its settings with the same number of epochs, as most stages do. */
function haveOneBudget(settings: readonly StageSetting[]): boolean {
  const budgets = new Map<string, number>();
  return settings.every(({ stage, until, epochs }) => {
    const name = until === null ? stage : `${stage}\n${until}`;
    const budget = budgets.get(name) ?? epochs;
    budgets.set(name, budget);
    return budget === epochs;
  });
}

function longestAmong(settings: readonly StageSetting[]): readonly StageSetting[] {
  const numbers = new SettingNumbers();
  const longest = new Map<string, StageSetting>();
  for (const setting of settings) {
    const name = `${numbers.of(setting.parameters)}\n${setting.until ?? ''}\n${setting.stage}`;
    if ((longest.get(name)?.epochs ?? 0) < setting.epochs) longest.set(name, setting);
  }
  return [...longest.values()];
}

const longestOf = new WeakMap<readonly StageSetting[], readonly StageSetting[]>();

/** The trials of a setting that are there; all of them, in the order in which they were asked for. */
export function trialsOf(campaign: Campaign, setting: StageSetting): Trial[] {
  const trials: Trial[] = [];
  for (const key of setting.trials) {
    const trial = campaign.trials.get(key);
    if (trial !== undefined) trials.push(trial);
  }
  return trials;
}

/** The mean of the metric over the settled repeats of a setting; null before the first settles. */
export function meanOfSetting(
  campaign: Campaign,
  setting: StageSetting,
  judgement: ScoringRule,
): MeanOverRepeats | null {
  const values = trialsOf(campaign, setting)
    .filter(isSettled)
    .map((trial) => scoreOf(trial, judgement));
  return values.length === 0 ? null : meanOverRepeats(values);
}

const values = new WeakMap<Trial, { readonly judgement: ScoringRule; readonly value: number }>();

/** Reports of which the best is found at once. */
const FEW_REPORTS = 32;

/** The score of a trial, worked out once if it has many reports. */
export function scoreOf(trial: Trial, judgement: ScoringRule): number {
  if (trial.reports.size <= FEW_REPORTS) return trialScore(trial, judgement);
  const cached = values.get(trial);
  if (cached?.judgement === judgement) return cached.value;
  const value = trialScore(trial, judgement);
  values.set(trial, { judgement, value });
  return value;
}
