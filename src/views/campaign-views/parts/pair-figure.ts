import type { CampaignFacts } from '../../../campaign/event.js';
import { mean } from '../../../campaign/statistics.js';
import { formatCount, formatNumber } from '../../../text/number.js';
import { figure } from '../../report/figure.js';
import type { Html } from '../../report/html.js';
import type { FieldGrid } from './field-grid.js';

/** The mean score over the values of two parameters together, as a map of fields. */
export function pairFigure({ metric }: CampaignFacts, { x, y, across, up, fields: filled }: FieldGrid): Html {
  const fields = filled.map(({ column, row, scores }) => ({
    at: [column, row] as const,
    score: mean(scores),
    count: scores.length,
  }));
  const scores = fields.map(({ score }) => score).sort((a, b) => a - b);
  const strength = (score: number): number => {
    const rank = scores.length < 2 ? 1 : scores.indexOf(score) / (scores.length - 1);
    return metric.goal === 'minimize' ? 1 - rank : rank;
  };
  return figure(
    {
      x: { kind: 'places', name: x, labels: across.labels },
      y: { kind: 'places', name: y, labels: up.labels },
      layers: [
        {
          kind: 'cells',
          cells: fields.map(({ at: [left, top], score, count }) => ({
            x: left,
            y: top,
            strength: strength(score),
            text: formatNumber(Number(score.toPrecision(3))),
            role: 'chosen',
            tip:
              `${x} ${across.labels[left]}, ${y} ${up.labels[top]}: mean ${metric.name} ` +
              `${formatNumber(score)} of ${formatCount(count, 'setting')}`,
          })),
        },
      ],
    },
    {
      title: `Mean ${metric.name} over ${x} and ${y}: the more colour, the better`,
      sample:
        'Each field has the mean of the settings in it. Colours follow the ranks of the means. Many values of a ' +
        'parameter are in ranges that hold equally many settings.',
      height: Math.max(220, 70 + 34 * up.labels.length),
      isBroad: true,
    },
  );
}
