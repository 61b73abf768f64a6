import type { Campaign } from '../../../campaign/campaign.js';
import { formatValue } from '../../../campaign/format-setting.js';
import type { Metric } from '../../../campaign/metric.js';
import type { Parameters } from '../../../campaign/parameters.js';
import { formatColumnNumber } from '../../../text/number.js';
import { type Contender, type Leaderboard, leaderboardOf, ranked } from '../../model/leaderboard.js';
import { filterOf } from './list-filter.js';
import { type ListView, sortable, sortRows } from './list-view.js';

/** A setting that a stage compares with others. */
export interface SettingOfStage {
  readonly stage: string;
  readonly parameters: Parameters;
}

/** The comparisons of a campaign, in the order of its stages. The last stage trains networks and compares nothing. */
export function comparisonsOf(campaign: Campaign): Leaderboard[] {
  const begun = new Set(campaign.batches.map(({ stage }) => stage));
  return (campaign.facts?.plan.stages ?? []).flatMap(({ name, role }) => {
    const board = begun.has(name) && role !== 'finish' ? leaderboardOf(campaign, name) : null;
    return board === null ? [] : [board];
  });
}

/** By what a comparison is sorted: merit, the order in which settings were asked for, or a parameter. */
export function settingColumns({ names }: Leaderboard): readonly string[] {
  return ['merit', 'plan', ...names];
}

/** The settings of a comparison as a person looks at them. */
export function listSettings(board: Leaderboard, metric: Metric, view: ListView): Contender[] {
  const matches = filterOf(view.filter);
  const found = board.contenders.filter((contender) => matches(fieldsOf(contender, board.names, metric)));
  const [column = 'merit'] = settingColumns(board).slice(view.sort);
  if (column === 'merit' || column === 'plan') {
    const inOrder = column === 'merit' ? ranked(found, metric.goal) : found;
    return view.reversed ? inOrder.toReversed() : inOrder;
  }
  return sortRows(
    ranked(found, metric.goal),
    ({ parameters }) => sortable(parameters[column]),
    view.reversed,
  );
}

function fieldsOf(contender: Contender, names: readonly string[], metric: Metric): Record<string, string> {
  const { adjusted, best, baseline, onFront, running, failed, diverged, stoppedEarly } = contender;
  return {
    ...Object.fromEntries(names.map((name) => [name, formatValue(contender.parameters[name])])),
    [metric.name]: adjusted === null ? '' : formatColumnNumber(adjusted),
    note: [
      best ? 'best' : '',
      baseline ? 'baseline' : '',
      onFront ? 'front' : '',
      running > 0 ? 'running' : '',
      failed > 0 ? 'failed' : '',
      diverged > 0 ? 'diverged' : '',
      stoppedEarly > 0 ? 'stopped early' : '',
    ].join(' '),
  };
}
