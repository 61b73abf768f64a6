import type { Campaign } from '../../../campaign/campaign.js';
import { formatValue } from '../../../campaign/format-setting.js';
import { comparingStages } from '../../model/stages.js';
import { variedAmong } from '../../model/varied-parameters.js';
import {
  type Compared,
  comparedIn,
  type Standing,
  sampleInWords,
  sortedByMerit,
  standings,
} from '../compared.js';
import { dataTable } from '../data-table.js';
import { drawnFigure, markKey } from '../figure.js';
import { type Html, html } from '../html.js';
import { parameterAxis } from '../parameter-axis.js';
import { drawParallel, type ParallelAxis, type ParallelPlot } from '../plot/draw-parallel.js';
import type { PlotAxis, PlotRole } from '../plot/plot.js';
import { sampled } from '../sampled.js';

/** The maximum number of lines of a picture, and of its axes without that of the metric. */
const MAX_LINES = 300;
const MAX_AXES = 9;

/** Every setting as a line across its parameters to the metric. */
export function parallelSection(campaign: Campaign): Html | null {
  const { facts } = campaign;
  if (facts === null) return null;
  const settings = comparedIn(campaign, comparingStages(campaign));
  const varied = variedAmong(
    settings.map(({ parameters }) => parameters),
    facts.parameters,
  );
  // With one parameter, the pictures above say the same.
  if (varied.length < 2 || settings.length < 3) return null;
  const names = varied.slice(0, MAX_AXES);
  const { name, goal } = facts.metric;
  const sorted = sortedByMerit(settings, goal);
  const standing = standings(campaign, settings);
  const drawn = sampled(sorted, MAX_LINES);
  const axes = names.map((parameter) =>
    parameterAxis(
      parameter,
      settings.map(({ parameters }) => parameters[parameter] ?? ''),
      { domain: facts.space[parameter] },
    ),
  );
  const valuesOf = ({ parameters, adjusted }: Compared): number[] => [
    ...axes.map(({ place }, i) => place(parameters[names[i] ?? ''])),
    adjusted,
  ];
  const best = new Set(sorted.slice(0, Math.ceil(sorted.length / 4)));
  const marked = (wanted: Standing): number[][] =>
    settings.filter((one) => standing(one) === wanted).map(valuesOf);
  const baseline = marked('baseline');
  const others = drawn.filter((one) =>
    ['compared', 'left-early', 'stopped-early', 'tied'].includes(standing(one)),
  );
  const line =
    (role: PlotRole, width: number, opacity: number) =>
    (values: readonly number[]): ParallelPlot['lines'][number] => ({ values, role, width, opacity });
  const plot: ParallelPlot = {
    axes: [
      ...axes.map(({ axis, place }, i) =>
        endsOf(
          axis,
          settings.map(({ parameters }) => place(parameters[names[i] ?? ''])),
        ),
      ),
      endsOf(
        { kind: 'number', name },
        settings.map(({ adjusted }) => adjusted),
      ),
    ],
    lines: [
      ...others
        .filter((one) => !best.has(one))
        .map(valuesOf)
        .map(line('quiet', 1, 0.4)),
      ...others
        .filter((one) => best.has(one))
        .map(valuesOf)
        .map(line('good', 1.2, 0.6)),
      ...baseline.map(line('baseline', 2.5, 1)),
      ...marked('chosen').map(line('chosen', 3, 1)),
    ],
  };
  const title = `Where the best settings lie, in ${names.length} parameters and ${name}`;
  const more =
    names.length < varied.length ? ` Of ${varied.length} parameters, the first ${names.length}.` : '';
  return html`<section id="parallel"><h2>All parameters at once</h2>
<p>A line is a setting; it crosses each axis at its value and ends at its mean ${name}, adjusted for its repeats. \
A setting that left early ran on fewer repeats, so it can end at a better mean than the choice by luck.</p>
${drawnFigure(
  (size, isNarrow) =>
    drawParallel(plot, { ...size, height: isNarrow ? 30 + 62 * plot.axes.length : 380 }, isNarrow, title),
  {
    title,
    key: markKey(
      ['━', 'chosen', 'chosen'],
      ...(baseline.length > 0 ? [['━', 'baseline', 'baseline'] as const] : []),
      ['─', 'good', 'best quarter'],
      ['─', 'quiet', 'other settings'],
    ),
    table: dataTable(
      'Settings of the picture',
      [...names, name],
      drawn.map((one) => [...names.map((parameter) => formatValue(one.parameters[parameter])), one.adjusted]),
      { first: 'best' },
    ),
    sample: `${sampleInWords(drawn.length, settings.length)}${more}`.trim(),
  },
)}
</section>`;
}

/** An axis from its least to its greatest value. */
function endsOf(axis: PlotAxis, values: readonly number[]): ParallelAxis {
  const min = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const max = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return min === max ? { axis, min: min - 0.5, max: max + 0.5 } : { axis, min, max };
}
