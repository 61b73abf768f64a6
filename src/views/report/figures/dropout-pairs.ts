import type { CampaignFacts } from '../../../campaign/event.js';
import { formatValue } from '../../../campaign/format-setting.js';
import { formatNumber } from '../../../text/number.js';
import { valuesOf } from '../../model/varied-parameters.js';
import { type Compared, distinctValues, foremost, groupedBy, meanInWords } from '../compared.js';
import { dataTable, type TableCell } from '../data-table.js';
import { figures } from '../figure.js';
import { type Html, html } from '../html.js';
import { parameterAxis } from '../parameter-axis.js';
import type { Plot } from '../plot/plot.js';

/** Random draws from a range have no pairs of values that meet. */
export function havePlaces(settings: readonly Compared[], names: readonly string[]): boolean {
  return names.every((name) => {
    const values = valuesOf(settings, name);
    return parameterAxis(name, values).axis.kind === 'places';
  });
}

/** Two kinds of dropout together: a heat map for each size, all on the same scale. */
export function pairMaps(
  facts: CampaignFacts,
  bySize: readonly (readonly [title: string, settings: readonly Compared[]])[],
  across: string,
  up: string,
): Html {
  const { name, goal } = facts.metric;
  const maps = bySize.map(([title, settings]) => {
    const pairs = groupedBy(settings, ({ parameters }) =>
      JSON.stringify([parameters[across], parameters[up]]),
    );
    return { title, best: [...pairs.values()].flatMap((group) => foremost(group, goal) ?? []) };
  });
  const all = maps.flatMap(({ best }) => best);
  return figures(
    maps.map(({ title, best }) => ({ title, plot: heatMap(facts, best, all, across, up) })),
    {
      title: `${across} and ${up} together: the best mean ${name} of each pair`,
      key: html`<p class="key">The more colour, the better${maps.length > 1 && ', on one scale for all sizes'}.</p>`,
      table: dataTable(
        'The best of each pair',
        ['size', across, up, `mean ${name}, adjusted for repeats`, 'repeats'],
        maps.flatMap(({ title, best }) =>
          best.map((one): TableCell[] => [
            title,
            formatValue(one.parameters[across]),
            formatValue(one.parameters[up]),
            one.adjusted,
            one.values.length,
          ]),
        ),
      ),
    },
  );
}

function heatMap(
  { metric }: CampaignFacts,
  best: readonly Compared[],
  all: readonly Compared[],
  across: string,
  up: string,
): Plot {
  const axisOf = (name: string) => parameterAxis(name, distinctValues(valuesOf(all, name)));
  const [x, y] = [axisOf(across), axisOf(up)];
  const means = all.map(({ adjusted }) => adjusted);
  const [min, max] = [Math.min(...means), Math.max(...means)];
  const strength = (mean: number): number => {
    const share = max === min ? 1 : (mean - min) / (max - min);
    return metric.goal === 'minimize' ? 1 - share : share;
  };
  return {
    x: x.axis,
    y: y.axis,
    layers: [
      {
        kind: 'cells',
        cells: best.map((one) => ({
          x: x.place(one.parameters[across]),
          y: y.place(one.parameters[up]),
          strength: strength(one.adjusted),
          text: formatNumber(Number(one.adjusted.toPrecision(3))),
          tip:
            `${across} ${formatValue(one.parameters[across])}, ${up} ` +
            `${formatValue(one.parameters[up])}: ${meanInWords(one, metric)}`,
          role: 'chosen',
        })),
      },
    ],
  };
}
