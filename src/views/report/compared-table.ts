import type { Campaign } from '../../campaign/campaign.js';
import { formatValue } from '../../campaign/format-setting.js';
import { variedAmong } from '../model/varied-parameters.js';
import { type Compared, type Standing, standings, unscoredIn } from './compared.js';
import { dataTable, type TableCell } from './data-table.js';
import type { Html } from './html.js';

const words: Readonly<Record<Standing, string>> = {
  chosen: 'chosen',
  tied: 'cannot be told from the choice',
  baseline: 'best without dropout',
  compared: '',
  'left-early': 'left the race early',
};

/** The settings with their means, the standard error and what became of them; at the end those without a number. */
export function comparedTable(
  campaign: Campaign,
  caption: string,
  settings: readonly Compared[],
  withStage = false,
): Html | null {
  const metric = campaign.facts?.metric.name ?? 'metric';
  const unscored = unscoredIn(campaign, [...new Set(settings.map(({ stage }) => stage))]);
  const names = variedAmong(
    [...settings, ...unscored].map(({ parameters }) => parameters),
    campaign.facts?.parameters ?? [],
  );
  const standing = standings(campaign, settings);
  const isAlone = ({ values }: Compared): boolean =>
    values.length === 1 && settings.some((other) => other.values.length > 1);
  return dataTable(
    caption,
    [
      ...(withStage ? ['stage'] : []),
      ...names,
      `mean ${metric}`,
      'adjusted for repeats',
      'standard error',
      'repeats',
      'standing',
    ],
    [
      ...settings.map((one): TableCell[] => [
        ...(withStage ? [one.stage] : []),
        ...names.map((name) => formatValue(one.parameters[name])),
        one.mean,
        one.adjusted,
        one.standardError,
        one.values.length,
        [words[standing(one)], isAlone(one) ? 'one repeat only' : '', one.missing]
          .filter((said) => said !== '')
          .join(', '),
      ]),
      ...unscored.map((one): TableCell[] => [
        ...(withStage ? [one.stage] : []),
        ...names.map((name) => formatValue(one.parameters[name])),
        null,
        null,
        null,
        0,
        one.missing,
      ]),
    ],
  );
}
