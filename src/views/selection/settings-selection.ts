import type { Campaign } from '../../campaign/campaign.js';
import type { Parameters } from '../../campaign/parameters.js';
import { meanOverRepeats } from '../../campaign/statistics.js';
import { isSettled, type Trial } from '../../campaign/trial.js';
import { longestSettings, type StageSetting, scoreOf, stageSettings, trialsOf } from '../model/settings.js';
import { comparingStages } from '../model/stages.js';
import { formatCounts } from '../model/trials-without-result.js';
import { comparedIn } from '../report/compared.js';
import type { Cell } from '../tables/csv-text.js';
import { parameterCell } from '../tables/parameter-cell.js';
import { columnsOf, type SelectionTable } from './selection-table.js';

/** A setting of a stage among those of a campaign. */
export interface SettingItem extends StageSetting {
  /** Its place in the order in which the method asked for settings, from 1. */
  readonly number: number;
  readonly trialsThere: readonly Trial[];
  /**
   * The mean of the metric, adjusted for the repeats that the setting ran on. null for settings whose numbers do not
   * compare with others: those that end early or have no number.
   */
  readonly score: number | null;
}

const known = new WeakMap<Campaign, SelectionTable<SettingItem>>();

/** The settings of a campaign, stage by stage, each with the mean over its repeats. */
export function settingsSelection(campaign: Campaign): SelectionTable<SettingItem> {
  const cached = known.get(campaign);
  if (cached !== undefined) return cached;
  const { facts } = campaign;
  // The comparison has the same settings, so their parameters are the same objects.
  const adjusted = new Map<string, Map<Parameters, number>>();
  for (const one of comparedIn(campaign, comparingStages(campaign))) {
    const ofStage = adjusted.get(one.stage) ?? new Map<Parameters, number>();
    adjusted.set(one.stage, ofStage.set(one.parameters, one.adjusted));
  }
  const parameters = facts?.parameters ?? [];
  const settings = facts === null ? [] : longestSettings(stageSettings(campaign));
  const rows = settings.map((setting, i) => {
    const trials = trialsOf(campaign, setting);
    const settled = trials.filter(isSettled);
    const scores =
      facts === null ? [] : settled.map((trial) => scoreOf(trial, facts)).filter(Number.isFinite);
    const { mean, standardError } =
      scores.length === 0 ? { mean: null, standardError: null } : meanOverRepeats(scores);
    const { stage, parameters: values, until } = setting;
    const score = until === null ? (adjusted.get(stage)?.get(values) ?? null) : null;
    const areFinished = trials.every(({ state }) => state === 'finished');
    const cells: Cell[] = [
      i + 1,
      stage,
      ...parameters.map((name) => parameterCell(values[name])),
      setting.epochs,
      settled.length,
      mean,
      standardError,
      score,
      areFinished ? null : formatCounts(trials, UNFINISHED) || null,
    ];
    return { cells, item: { ...setting, number: i + 1, trialsThere: trials, score } };
  });
  const names = namesOf(parameters, facts?.metric.name ?? 'metric');
  const table = {
    columns: columnsOf(
      names,
      rows.map(({ cells }) => cells),
    ),
    rows,
  };
  known.set(campaign, table);
  return table;
}

/** States of a trial that the table counts. */
const UNFINISHED = ['running', 'waiting', 'failed', 'stopped', 'diverged'];

/** Names of the columns, no two of them equal: a parameter that has the name of another column gets a prefix. */
function namesOf(parameters: readonly string[], metric: string): string[] {
  const before = ['setting', 'stage'];
  const after = ['epochs', 'repeats', `mean ${metric}`, 'standard error', 'adjusted mean', 'open or missing'];
  const taken = new Set([...before, ...after]);
  const free = parameters.map((name) => {
    let column = name;
    while (taken.has(column)) column = `parameter_${column}`;
    taken.add(column);
    return column;
  });
  return [...before, ...free, ...after];
}

/** The name of the column of a parameter; its place follows those of `setting` and `stage`. */
export function parameterColumn(campaign: Campaign, name: string): string {
  const place = campaign.facts?.parameters.indexOf(name) ?? -1;
  return place === -1 ? name : (settingsSelection(campaign).columns[2 + place]?.name ?? name);
}
