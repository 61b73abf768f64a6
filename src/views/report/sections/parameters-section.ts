import type { Campaign } from '../../../campaign/campaign.js';
import type { CampaignFacts } from '../../../campaign/event.js';
import { formatSetting, formatValue } from '../../../campaign/format-setting.js';
import { isBetter } from '../../../campaign/metric.js';
import { formatCount, formatNumber } from '../../../text/number.js';
import { comparingStages } from '../../model/stages.js';
import { valuesOf, variedAmong } from '../../model/varied-parameters.js';
import { type Compared, comparedIn, distinctValues, meanInWords, standings } from '../compared.js';
import { comparedTable } from '../compared-table.js';
import { figures, markKey } from '../figure.js';
import { type Html, html } from '../html.js';
import { parameterAxis } from '../parameter-axis.js';
import type { Plot } from '../plot/plot.js';

/** Every parameter that varied, against the metric: a dot for each setting that ran its full epochs. */
export function parametersSection(campaign: Campaign): Html | null {
  const { facts } = campaign;
  if (facts === null) return null;
  const stages = comparingStages(campaign);
  const settings = comparedIn(campaign, stages);
  const names = variedAmong(
    settings.map(({ parameters }) => parameters),
    facts.parameters,
  );
  if (names.length === 0) return null;
  const { name, goal } = facts.metric;
  const best = [...settings]
    .sort((a, b) => (isBetter(goal, a.adjusted, b.adjusted) ? -1 : 1))
    .slice(0, Math.ceil(settings.length / 4));
  return html`<section id="parameters"><h2>Every parameter against ${name}</h2>
${figures(
  names.map((parameter) => ({
    title: whereBest(parameter, best),
    plot: plotOf(campaign, facts, settings, parameter, names),
  })),
  {
    title: `The best quarter of the settings: ${formatCount(best.length, 'setting')} of ${settings.length}`,
    key: markKey(
      ['★', 'chosen', 'chosen'],
      ['●', 'chosen', 'in the best quarter'],
      ['○', 'plain', 'any other setting'],
    ),
    table: comparedTable(campaign, 'Every setting', settings, true),
  },
)}
</section>`;
}

function whereBest(parameter: string, best: readonly Compared[]): string {
  const values = distinctValues(valuesOf(best, parameter));
  const [first, last] = [values[0], values.at(-1)];
  if (values.length > 2 && typeof first === 'number' && typeof last === 'number') {
    return `${parameter}: ${formatNumber(first)} to ${formatNumber(last)}`;
  }
  return `${parameter}: ${values.map(formatValue).join(' or ')}`;
}

function plotOf(
  campaign: Campaign,
  { metric }: CampaignFacts,
  settings: readonly Compared[],
  parameter: string,
  names: readonly string[],
): Plot {
  const { axis, place } = parameterAxis(parameter, valuesOf(settings, parameter));
  const standing = standings(campaign, settings);
  const sorted = [...settings].sort((a, b) => (isBetter(metric.goal, a.adjusted, b.adjusted) ? -1 : 1));
  const best = new Set(sorted.slice(0, Math.ceil(settings.length / 4)));
  const points = (of: readonly Compared[]) =>
    of.map((one) => ({
      x: place(one.parameters[parameter]),
      y: one.adjusted,
      tip: `${formatSetting(one.parameters, names)}: ${meanInWords(one, metric)}`,
    }));
  const chosen = settings.filter((one) => standing(one) === 'chosen');
  return {
    x: axis,
    y: { kind: 'number', name: metric.name },
    layers: [
      {
        kind: 'dots',
        tone: 'plain',
        shape: 'ring',
        size: 7,
        points: points(settings.filter((one) => !best.has(one))),
      },
      { kind: 'dots', tone: 'chosen', shape: 'circle', size: 8, points: points([...best]) },
      { kind: 'dots', tone: 'chosen', shape: 'star', size: 18, points: points(chosen) },
    ],
  };
}
