import type { Campaign } from '../../../campaign/campaign.js';
import { formatName, formatValue } from '../../../campaign/format-setting.js';
import { isSameSetting } from '../../../campaign/parameters.js';
import { metricIn } from '../../../campaign/report.js';
import { isSameTrial, isSettled, type Trial, type TrialKey } from '../../../campaign/trial.js';
import { lastReport } from '../../../campaign/trial-score.js';
import { formatColumnNumber } from '../../../text/number.js';
import { epochsRun } from '../../model/epochs/epochs-run.js';
import { scoreOf } from '../../model/settings.js';
import { variedParameters } from '../../model/varied-parameters.js';
import { formatEnd } from '../../text/format-trial.js';
import { filterOf } from './list-filter.js';
import { type ListView, sortable, sortRows } from './list-view.js';
import type { SettingOfStage } from './setting-list.js';

/** A trial in the list, and the texts of its columns. */
export interface TrialRow {
  readonly trial: Trial;
  readonly mark: string;
  /** By column. */
  readonly cells: Readonly<Record<string, string>>;
}

/** A column of the list of trials, and what it is sorted by. */
interface TrialColumn {
  readonly name: string;
  readonly sortKey: (trial: Trial) => number | string | null;
  /** Whether larger numbers come first. */
  readonly descending?: boolean;
}

/**
 * The columns of the list: the trial, how it stands, the metric, the parameters that differ, and where it belongs. The
 * list is sorted by the first one unless the user asks for another.
 */
export function trialColumns(campaign: Campaign): readonly TrialColumn[] {
  const { facts } = campaign;
  if (facts === null) return [];
  const { name, goal } = facts.metric;
  return [
    { name: 'trial', sortKey: ({ number }) => number ?? Number.POSITIVE_INFINITY, descending: true },
    { name: 'state', sortKey: (trial) => STATES.indexOf(trial.state) },
    { name, sortKey: (trial) => metricOf(campaign, trial), descending: goal === 'maximize' },
    ...variedParameters(campaign).map((parameter) => ({
      name: parameter,
      sortKey: ({ spec }: Trial) => sortable(spec.parameters[parameter]),
    })),
    { name: 'repeat', sortKey: ({ spec }) => spec.repeat },
    { name: 'epochs', sortKey: epochsRun, descending: true },
    { name: 'stage', sortKey: ({ stage }) => stage },
  ];
}

/** In which order trials stand when they are sorted by state: first what a person may have to do something about. */
const STATES: readonly Trial['state'][] = ['running', 'failed', 'diverged', 'stopped', 'finished', 'waiting'];

/**
 * The trials that have started, as a person looks at them; those that have ended too. `setting` keeps those of one
 * setting of a stage.
 */
export function listTrials(campaign: Campaign, view: ListView, setting: SettingOfStage | null): TrialRow[] {
  const columns = trialColumns(campaign);
  const matches = filterOf(view.filter);
  const started = campaign.trials
    .toList()
    .toArray()
    .filter((trial) => trial.attempts > 0 || isSettled(trial))
    .filter((trial) => setting === null || belongs(campaign, trial, setting))
    .map((trial) => rowOf(campaign, trial))
    .filter(({ cells }) => matches(cells));
  const [first] = columns;
  const column = columns[view.sort] ?? first;
  if (column === undefined) return started;
  const newest = sortRows(started, ({ trial }) => trial.number ?? Number.POSITIVE_INFINITY, true);
  const descending = column.descending === true;
  return sortRows(newest, ({ trial }) => column.sortKey(trial), view.reversed !== descending);
}

function belongs(campaign: Campaign, trial: Trial, { stage, parameters }: SettingOfStage): boolean {
  if (!isSameSetting(trial.spec.parameters, parameters)) return false;
  return (
    trial.stage === stage ||
    campaign.batches.some((batch) => batch.stage === stage && batch.trials.includes(trial.key))
  );
}

/** By the names of the parameters that vary: the campaign's, until another one varies. */
const rows = new WeakMap<readonly string[], Map<TrialKey, TrialRow>>();

/** A large campaign has many trials, of which few change from one frame to the next. */
function rowOf(campaign: Campaign, trial: Trial): TrialRow {
  const names = variedParameters(campaign);
  const known = rows.get(names) ?? new Map<TrialKey, TrialRow>();
  rows.set(names, known);
  const cached = known.get(trial.key);
  if (cached !== undefined && isSameTrial(cached.trial, trial)) return cached;
  const { mark, how } = stateOf(trial);
  const { spec, stage, number } = trial;
  const metric = metricOf(campaign, trial);
  const row: TrialRow = {
    trial,
    mark,
    cells: {
      trial: number === null ? 'ahead' : `#${number}`,
      state: how,
      [campaign.facts?.metric.name ?? 'metric']: metric === null ? '' : formatColumnNumber(metric),
      ...Object.fromEntries(names.map((name) => [name, formatValue(spec.parameters[name])])),
      repeat: String(spec.repeat),
      epochs: `${epochsRun(trial)}/${spec.epochs}`,
      stage: formatName(stage),
    },
  };
  known.set(trial.key, row);
  return row;
}

function stateOf(trial: Trial): { readonly mark: string; readonly how: string } {
  if (isSettled(trial)) return formatEnd(trial);
  if (trial.state === 'running') return { mark: '◐', how: 'running' };
  return { mark: '○', how: trial.state === 'waiting' ? 'will be tried again' : 'not needed' };
}

/** The number that a trial is judged by; of one that has not finished, that of its last epoch. */
function metricOf(campaign: Campaign, trial: Trial): number | null {
  if (campaign.facts === null) return null;
  const value =
    trial.state === 'finished'
      ? scoreOf(trial, campaign.facts)
      : metricIn(lastReport(trial)?.metrics, campaign.facts.metric.name);
  return value === undefined || !Number.isFinite(value) ? null : value;
}
