import type { Campaign } from '../../../campaign/campaign.js';
import type { CommitteeEvaluation, Estimate } from '../../../campaign/outcome.js';
import type { Trial } from '../../../campaign/trial.js';
import { formatNumber } from '../../../text/number.js';
import { stagesFor } from '../../model/stages.js';
import { committeeOf, finalOf, finalTrials } from '../../summary/final-trials.js';
import { dataTable } from '../data-table.js';
import { figures } from '../figure.js';
import { type Html, html } from '../html.js';
import type { Plot } from '../plot/plot.js';

/** The scores on the held-out test part, which was used once, for the final network and its baseline. */
export function testSection(campaign: Campaign): Html | null {
  const { chosen, baseline, single } = finalTrials(campaign);
  if (chosen === null) return null;
  const stages = stagesFor(campaign, 'finish');
  const why = campaign.batches.filter(({ stage }) => stages.includes(stage)).map(({ because }) => because);
  const own = scoresOf(chosen);
  const other = baseline === chosen ? null : scoresOf(baseline);
  const values = [redundancyOf(chosen), redundancyOf(baseline === chosen ? null : baseline)];
  return html`<section id="test"><h2>The network, and its test</h2>
<p>${why.join(' ')}</p>
${own === null ? html`<p>${untested(campaign, chosen)}</p>` : testFigure(own, scoresOf(single), other)}
${committeeNote(committeeOf(chosen))}
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

function untested({ facts }: Campaign, chosen: Trial): string {
  const final = Object.entries(finalOf(chosen) ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const scores = final.map(([name, value]) => `${name} ${formatNumber(value)}`).join(', ');
  if (scores !== '') return `The program reported once, for the whole trial: ${scores}.`;
  return facts?.data === null
    ? 'The trainer has its own data: how its network does on rows that it has never seen is not known here.'
    : 'There is no test part, so there is no test score.';
}

type Scores = readonly (readonly [name: string, estimate: Estimate])[];

/** How the committee compares with its first member on the same rows. */
function committeeNote(committee: CommitteeEvaluation | null): Html | null {
  if (committee === null) return null;
  const { networks, gain } = committee;
  const gains = Object.entries(gain ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return html`<p>The network is a committee: it predicts the mean of what ${networks} networks predict.${
    gains.length > 0 &&
    html` Gain over the first of them alone, on the same test rows (positive is better):
${gains.map(([name, estimate]) => `${name} ${estimateText(estimate)}`).join(', ')}.`
  }</p>`;
}

function testFigure(own: Scores, single: Scores | null, other: Scores | null): Html {
  const pairs = own.map(([name, chosen]) => ({
    name,
    chosen,
    single: single?.find(([score]) => score === name)?.[1] ?? null,
    baseline: other?.find(([score]) => score === name)?.[1] ?? null,
  }));
  const singleColumns = single === null ? [] : ['single network', 'single network, 95 % interval'];
  return figures(
    pairs.map(({ name, chosen, single, baseline }) => ({
      title: `test ${name}${lowerIsBetter.includes(name) ? ', lower is better' : ''}`,
      plot: intervalPlot(name, chosen, single, baseline),
    })),
    {
      title: finding(own, other),
      key: html`<p class="key">Used once, here. Uprights are 95 % intervals.</p>`,
      table: dataTable(
        'Test scores',
        ['score', 'chosen', 'chosen, 95 % interval', ...singleColumns, 'baseline', 'baseline, 95 % interval'],
        pairs.map(({ name, chosen, single, baseline }) => [
          name,
          chosen.value,
          intervalText(chosen),
          ...(singleColumns.length === 0 ? [] : [single?.value ?? null, single && intervalText(single)]),
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
  const comparison =
    baseline === undefined ? '' : `; that of the best without dropout ${estimateText(baseline)}`;
  return `On the test part, ${name} is ${estimateText(estimate)}${comparison}.`;
}

function intervalPlot(
  name: string,
  chosen: Estimate,
  single: Estimate | null,
  baseline: Estimate | null,
): Plot {
  const bars = (x: number, estimate: Estimate | null) =>
    estimate === null || estimate.low === null || estimate.high === null
      ? []
      : [{ x, low: estimate.low, high: estimate.high }];
  const points = (x: number, estimate: Estimate | null) =>
    estimate === null ? [] : [{ x, y: estimate.value, tip: `${name} ${estimateText(estimate)}` }];
  const labels = [
    'chosen',
    ...(single === null ? [] : ['single network']),
    ...(baseline === null ? [] : ['baseline']),
  ];
  const last = labels.length - 1;
  return {
    x: { kind: 'places', name: '', labels },
    y: { kind: 'number', name },
    layers: [
      { kind: 'intervals', role: 'chosen', bars: [...bars(0, chosen), ...bars(1, single)] },
      {
        kind: 'dots',
        role: 'chosen',
        shape: 'circle',
        size: 12,
        points: [...points(0, chosen), ...points(1, single)],
      },
      { kind: 'intervals', role: 'baseline', bars: bars(last, baseline) },
      { kind: 'dots', role: 'baseline', shape: 'diamond', size: 13, points: points(last, baseline) },
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
