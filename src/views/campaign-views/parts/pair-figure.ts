import type { CampaignFacts } from '../../../campaign/event.js';
import { formatValue } from '../../../campaign/format-setting.js';
import type { ParameterValue } from '../../../campaign/parameters.js';
import { mean } from '../../../campaign/statistics.js';
import { formatCount, formatNumber } from '../../../text/number.js';
import { valuesOf } from '../../model/varied-parameters.js';
import { distinctValues, groupedBy } from '../../report/compared.js';
import { figure } from '../../report/figure.js';
import type { Html } from '../../report/html.js';
import type { ComparableSetting } from './comparable-settings.js';

/** Fields along a side of the map, at most. */
const MAX_PLACES = 10;

/** The mean score over the values of two parameters together, as a map of fields. */
export function pairFigure(
  { metric }: CampaignFacts,
  settings: readonly ComparableSetting[],
  x: string,
  y: string,
): Html {
  const having = settings.filter(
    ({ parameters }) => parameters[x] !== undefined && parameters[y] !== undefined,
  );
  const [across, up] = [fieldsOf(valuesOf(having, x)), fieldsOf(valuesOf(having, y))];
  const at = ({ parameters }: ComparableSetting): readonly [number, number] => [
    across.place(parameters[x]),
    up.place(parameters[y]),
  ];
  const fields = [...groupedBy(having, (one) => at(one).join(' ')).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const score = mean(group.map((one) => one.score));
    return [{ at: at(first), score, count: group.length }];
  });
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

/** The values of a parameter as fields, each at a place; many numbers in ranges that hold equally many settings. */
export function fieldsOf(values: readonly ParameterValue[]): {
  readonly labels: readonly string[];
  readonly place: (value: ParameterValue | undefined) => number;
} {
  const distinct = distinctValues(values);
  const texts = distinct.map((value) => JSON.stringify(value));
  if (distinct.length <= MAX_PLACES || !distinct.every((value) => typeof value === 'number')) {
    const shown = distinct.slice(0, MAX_PLACES);
    return {
      labels:
        distinct.length > MAX_PLACES
          ? [...shown.slice(0, -1).map(formatValue), 'others']
          : shown.map(formatValue),
      place: (value) => Math.min(texts.indexOf(JSON.stringify(value)), MAX_PLACES - 1),
    };
  }
  const sorted = values.map(Number).sort((a, b) => a - b);
  const bounds = Array.from(
    { length: MAX_PLACES + 1 },
    (_, i) => sorted[Math.round((i / MAX_PLACES) * (sorted.length - 1))] ?? 0,
  );
  const ends = [...new Set(bounds)];
  const short = (value: number): string => formatNumber(Number(value.toPrecision(2)));
  return {
    labels: ends.slice(1).map((end, i) => `${short(ends[i] ?? 0)} to ${short(end)}`),
    place: (value) => {
      const range = ends.findIndex((end, i) => i > 0 && Number(value) <= end);
      return Math.max(0, range - 1);
    },
  };
}
