import type { Campaign } from '../../campaign/campaign.js';
import { formatValue } from '../../campaign/format-setting.js';
import { isSameSetting } from '../../campaign/parameters.js';
import { variedAmong } from '../model/varied-parameters.js';
import { lastFinding } from '../summary/decisions.js';
import {
  type Compared,
  firstByRace,
  type Standing,
  sortedByMerit,
  standings,
  type Unscored,
  unscoredIn,
} from './compared.js';
import { dataTable, maxRows, type TableCell } from './data-table.js';
import { drawnLater, type Html, html } from './html.js';

const words: Readonly<Record<Standing, string>> = {
  chosen: 'chosen',
  tied: 'cannot be distinguished from the choice',
  baseline: 'best without dropout',
  compared: '',
  'left-early': 'left the race early',
  'stopped-early': 'stopped early',
};

interface ComparedTableOptions {
  /** Whether the stage of each setting is a column. */
  readonly withStage?: boolean;
  /** The order of settings that all have a row: as they were asked for, or as a race keeps them. */
  readonly order?: 'asked' | 'race';
}

/**
 * The settings with their means, the standard error and what became of them; at the end those without a number. Of
 * more settings than a table may have, it shows the best.
 */
export function comparedTable(
  campaign: Campaign,
  caption: string,
  settings: readonly Compared[],
  options: ComparedTableOptions = {},
): Html | null {
  const unscored = unscoredIn(campaign, [...new Set(settings.map(({ stage }) => stage))]);
  if (settings.length + unscored.length === 0) return null;
  return drawnLater(() => tableOf(campaign, caption, settings, unscored, options));
}

function* tableOf(
  campaign: Campaign,
  caption: string,
  settings: readonly Compared[],
  unscored: readonly Unscored[],
  { withStage = false, order = 'asked' }: ComparedTableOptions,
): Generator<undefined, Html> {
  const metric = campaign.facts?.metric.name ?? 'metric';
  const names = variedAmong(
    [...settings, ...unscored].map(({ parameters }) => parameters),
    campaign.facts?.parameters ?? [],
  );
  const standing = standings(campaign, settings);
  const front = lastFinding(campaign, 'front')?.settings ?? [];
  const isOnFront = (one: Compared): boolean =>
    front.some(({ parameters }) => isSameSetting(parameters, one.parameters));
  const hasRepeats = settings.some(({ values }) => values.length > 1);
  const hasLengths = new Set(settings.map(({ epochs }) => epochs)).size > 1;
  const isAlone = ({ values }: Compared): boolean => values.length === 1 && hasRepeats;
  const header = [
    ...(withStage ? ['stage'] : []),
    ...names,
    ...(hasLengths ? ['epochs'] : []),
    `mean ${metric}`,
    'adjusted for repeats',
    'standard error',
    'repeats',
    'standing',
  ];
  const max = maxRows(header);
  const goal = campaign.facts?.metric.goal ?? 'minimize';
  const isCut = settings.length + unscored.length > max;
  const listed = isCut
    ? sortedByMerit(settings, goal).slice(0, max)
    : order === 'race'
      ? firstByRace(settings, goal, max)
      : settings;
  yield;
  const table = dataTable(
    caption,
    header,
    [
      ...listed.map((one) => (): TableCell[] => [
        ...(withStage ? [one.stage] : []),
        ...names.map((name) => formatValue(one.parameters[name])),
        ...(hasLengths ? [one.epochs] : []),
        one.mean,
        one.adjusted,
        one.standardError,
        one.values.length,
        [
          words[standing(one)],
          isOnFront(one) ? 'on the Pareto front' : '',
          isAlone(one) ? 'one repeat only' : '',
          one.missing,
        ]
          .filter((said) => said !== '')
          .join(', '),
      ]),
      ...unscored
        .slice(0, max)
        .map((one) => (): TableCell[] => [
          ...(withStage ? [one.stage] : []),
          ...names.map((name) => formatValue(one.parameters[name])),
          ...(hasLengths ? [null] : []),
          null,
          null,
          null,
          0,
          one.missing,
        ]),
    ],
    { first: 'best', all: settings.length + unscored.length },
  );
  return html`${table}`;
}
