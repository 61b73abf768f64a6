import type { Campaign } from '../../../campaign/campaign.js';
import type { Estimate } from '../../../campaign/outcome.js';
import type { Trial } from '../../../campaign/trial.js';
import { formatNumber } from '../../../text/number.js';
import { stagesFor } from '../../model/stages.js';
import { finalTrials } from '../../summary/final-trials.js';
import { dataTable } from '../data-table.js';
import { figures } from '../figure.js';
import { type Html, html } from '../html.js';
import type { Plot } from '../plot/plot.js';

/** The scores on the held-out test part, which was used once, for the final network and its baseline. */
export function testSection(campaign: Campaign): Html | null {
  const { chosen, baseline } = finalTrials(campaign);
  if (chosen === null) return null;
  const stages = stagesFor(campaign, 'finish');
  const why = campaign.batches.findLast(({ stage }) => stages.includes(stage))?.because;
  const own = scoresOf(chosen);
  const other = baseline === chosen ? null : scoresOf(baseline);
  const values = [redundancyOf(chosen), redundancyOf(baseline === chosen ? null : baseline)];
  return html`<section id="test"><h2>The network, and its test</h2>
<p>${why}</p>
${own === null ? html`<p>${untested(campaign)}</p>` : testFigure(own, other)}
${
  values[0] !== null &&
  values[0] !== undefined &&
  html`<p>How alike the hidden units are (mean absolute correlation between two of them, from 0 to 1):
${formatNumber(values[0])}${
  typeof values[1] === 'number' && ` with the choice, ${formatNumber(values[1])} with the baseline`
}.</p>`
}
</section>`;
}

function untested({ facts }: Campaign): string {
  return facts?.data === null
    ? 'The trainer has its own data: how its network does on rows that it has never seen is not known here.'
    : 'There is no test part, so there is no test score.';
}

type Scores = readonly (readonly [name: string, estimate: Estimate])[];

function testFigure(own: Scores, other: Scores | null): Html {
  const pairs = own.map(([name, chosen]) => ({
    name,
    chosen,
    baseline: other?.find(([score]) => score === name)?.[1] ?? null,
  }));
  return figures(
    pairs.map(({ name, chosen, baseline }) => ({
      title: `test ${name}${lowerIsBetter.includes(name) ? ', lower is better' : ''}`,
      plot: intervalPlot(name, chosen, baseline),
    })),
    {
      title: finding(own, other),
      key: html`<p class="key">Used once, here. Uprights are 95 % intervals.</p>`,
      table: dataTable(
        'Test scores',
        ['score', 'chosen', 'chosen, 95 % interval', 'baseline', 'baseline, 95 % interval'],
        pairs.map(({ name, chosen, baseline }) => [
          name,
          chosen.value,
          intervalText(chosen),
          baseline?.value ?? null,
          baseline && intervalText(baseline),
        ]),
      ),
    },
  );
}

/** Scores that measure errors; of the others more is better. */
const lowerIsBetter = ['brier', 'loss', 'mae', 'rmse'];

/** The score that says most: accuracy or R2 where there is one. */
function finding(own: Scores, other: Scores | null): string {
  const first = own.find(([name]) => name === 'accuracy' || name === 'r2') ?? own[0];
  if (first === undefined) return 'No score is a number.';
  const [name, estimate] = first;
  const baseline = other?.find(([score]) => score === name)?.[1];
  const beside = baseline === undefined ? '' : `; that of the best without dropout ${estimateText(baseline)}`;
  return `On the test part, ${name} is ${estimateText(estimate)}${beside}.`;
}

function intervalPlot(name: string, chosen: Estimate, baseline: Estimate | null): Plot {
  const bar = (x: number, { low, high }: Estimate) =>
    low === null || high === null ? [] : [{ x, low, high }];
  const point = (x: number, estimate: Estimate) => [
    { x, y: estimate.value, tip: `${name} ${estimateText(estimate)}` },
  ];
  return {
    x: {
      kind: 'places',
      name: '',
      labels: baseline === null ? ['chosen'] : ['chosen', 'baseline'],
    },
    y: { kind: 'number', name },
    layers: [
      { kind: 'intervals', tone: 'chosen', bars: bar(0, chosen) },
      { kind: 'dots', tone: 'chosen', shape: 'circle', size: 12, points: point(0, chosen) },
      { kind: 'intervals', tone: 'baseline', bars: baseline === null ? [] : bar(1, baseline) },
      {
        kind: 'dots',
        tone: 'baseline',
        shape: 'diamond',
        size: 13,
        points: baseline === null ? [] : point(1, baseline),
      },
    ],
  };
}

function scoresOf(trial: Trial | null): Scores | null {
  const test = trial?.state === 'finished' ? (trial.evaluation?.test ?? null) : null;
  if (test === null) return null;
  const scores = Object.entries(test).filter(([, { value }]) => Number.isFinite(value));
  return scores.length === 0 ? null : scores.sort(([a], [b]) => (a < b ? -1 : 1));
}

function redundancyOf(trial: Trial | null): number | null {
  return trial?.state === 'finished' ? (trial.evaluation?.redundancy ?? null) : null;
}

function estimateText(estimate: Estimate): string {
  const interval = intervalText(estimate);
  return formatNumber(estimate.value) + (interval === null ? '' : ` (${interval})`);
}

function intervalText({ low, high }: Estimate): string | null {
  return low === null || high === null ? null : `${formatNumber(low)} to ${formatNumber(high)}`;
}
