import type { Campaign } from '../../../campaign/campaign.js';
import type { CampaignFacts } from '../../../campaign/event.js';
import { expectedScores } from '../../../importance/expected-scores.js';
import { formatCount, formatNumber } from '../../../text/number.js';
import { figure } from '../../report/figure.js';
import type { Html } from '../../report/html.js';
import type { FieldGrid } from './field-grid.js';

/** Levels of colour, so that the borders between them are contours. */
const LEVELS = 6;

/**
 * The score that a model of all settings expects over two parameters, in the fields of the map of means. It is drawn
 * only where there is a setting in the field or next to it; null if there is no model.
 */
export function expectedFigure(
  campaign: Campaign,
  { metric }: CampaignFacts,
  { x, y, across, up, fields: filled }: FieldGrid,
): Html | null {
  const expected = expectedScores(campaign, { name: x, field: across.place }, { name: y, field: up.place });
  if (expected === null) return null;
  const tried = new Set(filled.map(({ column, row }) => `${column} ${row}`));
  const isNear = (column: number, row: number): boolean =>
    [-1, 0, 1].some((left) => [-1, 0, 1].some((top) => tried.has(`${column + left} ${row + top}`)));
  const fields = across.labels.flatMap((_, column) =>
    up.labels.flatMap((__, row) => {
      const score = isNear(column, row) ? expected.at(column, row) : null;
      return score === null ? [] : [{ column, row, score, isTried: tried.has(`${column} ${row}`) }];
    }),
  );
  const scores = fields.map(({ score }) => score).sort((a, b) => a - b);
  const strength = (score: number): number => {
    const rank = scores.length < 2 ? 1 : scores.indexOf(score) / (scores.length - 1);
    const better = metric.goal === 'minimize' ? 1 - rank : rank;
    return Math.min(LEVELS - 1, Math.floor(better * LEVELS)) / (LEVELS - 1);
  };
  return figure(
    {
      x: { kind: 'places', name: x, labels: across.labels },
      y: { kind: 'places', name: y, labels: up.labels },
      layers: [
        {
          kind: 'cells',
          hasContours: true,
          cells: fields.map(({ column, row, score, isTried }) => {
            const number = formatNumber(Number(score.toPrecision(3)));
            const where = `${x} ${across.labels[column]}, ${y} ${up.labels[row]}`;
            return {
              x: column,
              y: row,
              strength: strength(score),
              text: isTried ? number : `(${number})`,
              role: 'chosen',
              tip: `${where}: ${metric.name} ${number} expected${isTried ? '' : ', no setting in this field'}`,
            };
          }),
        },
      ],
    },
    {
      title: `What a model expects of ${metric.name} over ${x} and ${y}, in ${LEVELS} levels`,
      sample:
        `Boosted regression trees, fitted to ${formatCount(expected.settings, 'setting')}, give the mean over all ` +
        'other parameters. The more colour, the better; contours separate the levels, which have about equally many ' +
        'fields. Numbers in parentheses are guesses from other settings: there is none in the field. Fields without ' +
        'a setting in them or next to them stay empty.',
      height: Math.max(220, 70 + 34 * up.labels.length),
      isBroad: true,
    },
  );
}
