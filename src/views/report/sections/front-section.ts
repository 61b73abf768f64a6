import type { Campaign } from '../../../campaign/campaign.js';
import type { FrontSetting } from '../../../campaign/finding.js';
import { formatSetting, formatValue } from '../../../campaign/format-setting.js';
import { isSameSetting } from '../../../campaign/parameters.js';
import { formatNumber } from '../../../text/number.js';
import { variedParameters } from '../../model/varied-parameters.js';
import { lastFinding } from '../../summary/decisions.js';
import { dataTable, type TableCell } from '../data-table.js';
import { figures, markKey } from '../figure.js';
import { type Html, html } from '../html.js';
import type { Plot } from '../plot/plot.js';

/** The Pareto front: each further objective against the metric, and a table with the intervals. */
export function frontSection(campaign: Campaign): Html | null {
  const front = lastFinding(campaign, 'front');
  if (front === undefined) return null;
  const { objectives, settings } = front;
  const names = variedParameters(campaign);
  const chosen = lastFinding(campaign, 'chosen');
  const isChosen = ({ parameters }: FrontSetting): boolean =>
    chosen !== undefined && isSameSetting(parameters, chosen.parameters);
  const meanOf = ({ values }: FrontSetting, i: number): number => values[i]?.mean ?? Number.NaN;
  const points = (of: readonly FrontSetting[], i: number) =>
    of.map((one) => ({
      x: meanOf(one, i),
      y: meanOf(one, 0),
      tip: `${formatSetting(one.parameters, names)}: ${objectives
        .map(({ name }, k) => `${name} ${formatNumber(meanOf(one, k))}`)
        .join(', ')}`,
    }));
  const plotOf = (i: number): Plot => ({
    x: { kind: 'number', name: objectives[i]?.name ?? '' },
    y: { kind: 'number', name: objectives[0]?.name ?? '' },
    layers: [
      {
        kind: 'intervals',
        role: 'plain',
        bars: settings.flatMap((one) => {
          const { low = null, high = null } = one.values[0] ?? {};
          return low === null || high === null ? [] : [{ x: meanOf(one, i), low, high }];
        }),
      },
      {
        kind: 'dots',
        role: 'chosen',
        shape: 'circle',
        size: 8,
        points: points(
          settings.filter((one) => !isChosen(one)),
          i,
        ),
      },
      { kind: 'dots', role: 'chosen', shape: 'star', size: 18, points: points(settings.filter(isChosen), i) },
    ],
  });
  const header = [
    ...names,
    ...objectives.flatMap(({ name }) => [`mean ${name}`, `${name}: 95 % interval`]),
    'repeats',
    'standing',
  ];
  const rows = settings.map((one): TableCell[] => [
    ...names.map((name) => formatValue(one.parameters[name])),
    ...one.values.flatMap(({ mean, low, high }): TableCell[] => [
      mean,
      low === null || high === null ? null : `${formatNumber(low)} to ${formatNumber(high)}`,
    ]),
    one.values[0]?.repeats ?? 0,
    isChosen(one) ? 'chosen' : '',
  ]);
  return html`<section id="front"><h2>Pareto front</h2>
${figures(
  objectives.slice(1).map(({ name, goal }, i) => ({ title: `${name} (${goal})`, plot: plotOf(i + 1) })),
  {
    title: front.because,
    key: markKey(
      ['★', 'chosen', 'chosen, the best in the metric of the campaign'],
      ['●', 'chosen', 'on the front'],
      ['Ⅰ', 'plain', '95 % interval over the repeats'],
    ),
    table: dataTable('The settings of the Pareto front', header, rows),
  },
)}
</section>`;
}
