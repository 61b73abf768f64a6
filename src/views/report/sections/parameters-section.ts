import type { Campaign } from '../../../campaign/campaign.js';
import type { CampaignFacts } from '../../../campaign/event.js';
import { formatSetting, formatValue } from '../../../campaign/format-setting.js';
import { formatCount, formatNumber } from '../../../text/number.js';
import { comparingStages } from '../../model/stages.js';
import { valuesOf, variedAmong } from '../../model/varied-parameters.js';
import {
  type Compared,
  comparedIn,
  distinctValues,
  meanInWords,
  sampleInWords,
  sortedByMerit,
  standings,
} from '../compared.js';
import { comparedTable } from '../compared-table.js';
import { figures, markKey } from '../figure.js';
import { type Html, html } from '../html.js';
import { parameterAxis } from '../parameter-axis.js';
import type { Plot } from '../plot/plot.js';
import { sampled } from '../sampled.js';

/** Dots of all pictures together, and of each at least: a report of a large campaign stays small. */
const MAX_DOTS = 2000;
const MIN_DOTS = 20;

/** Up to this many values are named in a title. */
const NAMED_UP_TO = 6;

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
  const sorted = sortedByMerit(settings, goal);
  const best = sorted.slice(0, Math.ceil(settings.length / 4));
  // Evenly over their ranks, and the choice in any case.
  const standing = standings(campaign, settings);
  const drawn = sampled(sorted, Math.max(MIN_DOTS, Math.floor(MAX_DOTS / names.length)));
  const dots: Dots = {
    all: settings,
    best: drawn.slice(0, Math.ceil(drawn.length / 4)),
    others: drawn.slice(Math.ceil(drawn.length / 4)),
    chosen: settings.filter((one) => standing(one) === 'chosen'),
  };
  return html`<section id="parameters"><h2>Every parameter against ${name}</h2>
${figures(
  names.map((parameter) => ({
    title: whereBest(parameter, best),
    plot: plotOf(facts, dots, parameter, names),
  })),
  {
    title: `The best quarter of the settings: ${formatCount(best.length, 'setting')} of ${settings.length}`,
    key: markKey(
      ['★', 'chosen', 'chosen'],
      ['●', 'chosen', 'in the best quarter'],
      ['○', 'plain', 'any other setting'],
    ),
    sample: sampleInWords(drawn.length, settings.length),
    table: comparedTable(campaign, 'Every setting', settings, { withStage: true }),
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
  if (values.length === 0) return `${parameter}: not active in the best quarter`;
  if (values.length > NAMED_UP_TO) return `${parameter}: any of ${values.length} values`;
  return `${parameter}: ${values.map(formatValue).join(' or ')}`;
}

interface Dots {
  readonly all: readonly Compared[];
  readonly best: readonly Compared[];
  readonly others: readonly Compared[];
  readonly chosen: readonly Compared[];
}

function plotOf(
  { metric, space }: CampaignFacts,
  { all, best, others, chosen }: Dots,
  parameter: string,
  names: readonly string[],
): Plot {
  const { axis, place } = parameterAxis(parameter, valuesOf(all, parameter), { domain: space[parameter] });
  // A setting in which the parameter is not active has no place on its axis.
  const points = (of: readonly Compared[]) =>
    of
      .filter(({ parameters }) => parameters[parameter] !== undefined)
      .map((one) => ({
        x: place(one.parameters[parameter]),
        y: one.adjusted,
        tip: `${formatSetting(one.parameters, names)}: ${meanInWords(one, metric)}`,
      }));
  return {
    x: axis,
    y: { kind: 'number', name: metric.name },
    layers: [
      {
        kind: 'dots',
        role: 'plain',
        shape: 'ring',
        size: 7,
        points: points(others),
      },
      { kind: 'dots', role: 'chosen', shape: 'circle', size: 8, points: points(best) },
      { kind: 'dots', role: 'chosen', shape: 'star', size: 18, points: points(chosen) },
    ],
  };
}
