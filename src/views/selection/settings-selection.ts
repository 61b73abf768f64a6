import type { Campaign } from '../../campaign/campaign.js';
import type { Parameters } from '../../campaign/parameters.js';
import { meanOverRepeats } from '../../campaign/statistics.js';
import { isSettled, type Trial, type TrialKey } from '../../campaign/trial.js';
import { longestSettings, type StageSetting, scoreOf, stageSettings, trialsOf } from '../model/settings.js';
import { comparingStages } from '../model/stages.js';
import { formatCounts } from '../model/trials-without-result.js';
import { type Compared, comparedIn } from '../report/compared.js';
import type { Cell, CsvRow } from '../tables/csv-text.js';
import { parameterCell } from '../tables/parameter-cell.js';
import type { SelectionColumn, SelectionRow, SelectionTable } from './selection-table.js';

/** A setting of a stage among those of a campaign. */
export interface SettingItem extends StageSetting {
  /** Its place in the order in which the method asked for settings, from 1. */
  readonly number: number;
  /**
   * The mean of the metric, adjusted for the repeats that the setting ran on. null for settings whose numbers do not
   * compare with others: those that end early or have no number.
   */
  readonly score: number | null;
}

const known = new WeakMap<Campaign, SelectionTable<SettingItem>>();

/** The settings of a campaign, stage by stage, each with the mean over its repeats. */
export function settingsSelection(campaign: Campaign): SelectionTable<SettingItem> {
  const table = known.get(campaign) ?? tableOf(campaign);
  known.set(campaign, table);
  return table;
}

function tableOf(campaign: Campaign): SelectionTable<SettingItem> {
  const rows = rowsOf(campaign);
  const parameters = campaign.facts?.parameters ?? [];
  const hasText = (name: string): boolean =>
    rows.some((row) => row.parameters[name] !== undefined && typeof row.parameters[name] !== 'number');
  const isText = [
    false,
    rows.length > 0,
    ...parameters.map(hasText),
    ...[false, false, false, false, false],
    rows.some((row) => row.missing !== null),
  ];
  const columns = columnNames(campaign).map(
    (name, column): SelectionColumn => ({ name, kind: isText[column] === true ? 'text' : 'number' }),
  );
  return { columns, rows };
}

function rowsOf(campaign: Campaign): SettingRow[] {
  const { facts } = campaign;
  // The comparison goes through the same settings in the same order.
  const compared = comparedIn(campaign, comparingStages(campaign));
  let next = 0;
  return (facts === null ? [] : longestSettings(stageSettings(campaign))).map((setting, i) => {
    const one = compared[next];
    const isNext =
      setting.until === null && one?.stage === setting.stage && one.parameters === setting.parameters;
    if (isNext) next += 1;
    return new SettingRow(campaign, setting, i + 1, isNext ? (one ?? null) : null);
  });
}

/**
 * A setting and its row in one, since there may be a hundred thousand. Pictures need no cells, so these are worked out
 * when somebody filters, sorts or reads the table.
 */
class SettingRow implements SettingItem, SelectionRow<SettingItem> {
  #cells: CsvRow | null = null;

  constructor(
    private readonly campaign: Campaign,
    private readonly setting: StageSetting,
    readonly number: number,
    private readonly compared: Compared | null,
  ) {}

  get item(): SettingItem {
    return this;
  }

  get stage(): string {
    return this.setting.stage;
  }

  get parameters(): Parameters {
    return this.setting.parameters;
  }

  get epochs(): number {
    return this.setting.epochs;
  }

  get until(): string | null {
    return this.setting.until;
  }

  get because(): string {
    return this.setting.because;
  }

  get trials(): readonly TrialKey[] {
    return this.setting.trials;
  }

  get score(): number | null {
    return this.compared?.adjusted ?? null;
  }

  /** The trials that have not finished, in words; null if all have. */
  get missing(): string | null {
    return this.#finished === null ? missingOf(trialsOf(this.campaign, this.setting)) : null;
  }

  get cells(): CsvRow {
    this.#cells ??= [
      this.number,
      this.stage,
      ...(this.campaign.facts?.parameters ?? []).map((name) => parameterCell(this.parameters[name])),
      this.epochs,
      ...this.#scoreCells(),
    ];
    return this.#cells;
  }

  /** The comparison if every trial gave a number: then there is no need to look at the trials. */
  get #finished(): Compared | null {
    return this.compared?.values.length === this.compared?.asked ? this.compared : null;
  }

  #scoreCells(): Cell[] {
    const finished = this.#finished;
    if (finished !== null) return [finished.asked, finished.mean, finished.standardError, this.score, null];
    const { facts } = this.campaign;
    const trials = trialsOf(this.campaign, this.setting);
    const settled = trials.filter(isSettled);
    const scores =
      facts === null ? [] : settled.map((trial) => scoreOf(trial, facts)).filter(Number.isFinite);
    const { mean, standardError } =
      scores.length === 0 ? { mean: null, standardError: null } : meanOverRepeats(scores);
    return [settled.length, mean, standardError, this.score, missingOf(trials)];
  }
}

/** States of a trial that the table counts. */
const UNFINISHED = ['running', 'waiting', 'failed', 'stopped', 'diverged'];

function missingOf(trials: readonly Trial[]): string | null {
  const areFinished = trials.every(({ state }) => state === 'finished');
  return areFinished ? null : formatCounts(trials, UNFINISHED) || null;
}

/** The name of the column of the scores. */
export const scoreColumn = (campaign: Campaign): string => columnNames(campaign).at(-2) ?? '';

/** Names of the columns, no two of them equal: a parameter that has the name of another column gets a prefix. */
function columnNames({ facts }: Campaign): string[] {
  const parameters = facts?.parameters ?? [];
  const metric = facts?.metric.name ?? 'metric';
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
  return place === -1 ? name : (columnNames(campaign)[2 + place] ?? name);
}
