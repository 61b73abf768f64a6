import type { Campaign } from '../../../campaign/campaign.js';
import { advantage } from '../../../campaign/metric.js';
import { isSameSetting } from '../../../campaign/parameters.js';
import { metricIn } from '../../../campaign/report.js';
import { lastReport } from '../../../campaign/trial-score.js';
import { formatNumber } from '../../../text/number.js';
import { stageSettings, trialsOf } from '../../model/settings.js';
import { lastFinding } from '../../summary/decisions.js';
import { dataTable } from '../data-table.js';
import { figure, markKey } from '../figure.js';
import { type Html, html } from '../html.js';
import type { PlotLayer } from '../plot/plot.js';
import { stageTitle } from '../stage-title.js';

/** What dropout was worth on repeats that the search has not seen: a difference for each of them. */
export function confirmSection(campaign: Campaign, stage: string): Html | null {
  const { facts } = campaign;
  const pairs = pairsOf(campaign, stage);
  if (facts === null || pairs.length === 0) return null;
  const { name } = facts.metric;
  const gain = lastFinding(campaign, 'gain');
  const why = campaign.batches.find((batch) => batch.stage === stage)?.because;
  const better = pairs.filter(({ gained }) => gained > 0);
  const worse = pairs.filter(({ gained }) => gained <= 0);
  const dots = (
    of: typeof pairs,
    look: Pick<Extract<PlotLayer, { kind: 'dots' }>, 'role' | 'shape' | 'size'>,
  ): PlotLayer => ({
    kind: 'dots',
    ...look,
    points: of.map((pair) => ({
      x: pairs.indexOf(pair),
      y: pair.gained,
      tip: `repeat ${pair.repeat}: ${name} ${formatNumber(pair.chosen)} against ${formatNumber(pair.baseline)}`,
    })),
  });
  const layers: PlotLayer[] = [
    ...(gain === undefined || gain.low === null || gain.high === null
      ? []
      : [
          {
            kind: 'band',
            along: 'y',
            role: 'chosen',
            from: gain.low,
            to: gain.high,
            label: '',
          } as const,
        ]),
    ...pairs.map(
      ({ gained }, place): PlotLayer => ({
        kind: 'line',
        role: 'quiet',
        dashed: false,
        width: 1.5,
        points: [
          [place, 0],
          [place, gained],
        ],
      }),
    ),
    { kind: 'level', role: 'plain', y: 0 },
    ...(gain === undefined ? [] : [{ kind: 'level', role: 'chosen', y: gain.mean } as const]),
    dots(better, { role: 'chosen', shape: 'circle', size: 10 }),
    dots(worse, { role: 'baseline', shape: 'diamond', size: 11 }),
  ];
  return html`<section id="${stage}"><h2>${stageTitle(stage)}</h2>
<p>${why}</p>
${figure(
  {
    x: { kind: 'places', name: 'fresh repeat', labels: pairs.map(({ repeat }) => String(repeat)) },
    y: { kind: 'number', name: `gain in ${name}` },
    layers,
  },
  {
    title: gain?.because ?? 'The fresh repeats gave no gain.',
    key: markKey(
      ['●', 'chosen', 'with dropout it was better on this repeat'],
      ['◆', 'baseline', 'the baseline was'],
      ['╌', 'plain', 'no difference'],
      ...(gain === undefined ? [] : [['╌', 'chosen', `mean gain ${formatNumber(gain.mean)}`] as const]),
      ...(gain === undefined || gain.low === null
        ? []
        : [['▒', 'chosen', '95 % interval of the mean gain'] as const]),
    ),
    table: dataTable(
      'Fresh repeats, paired',
      ['repeat', `with dropout: ${name}`, `baseline: ${name}`, 'gain'],
      pairs.map(({ repeat, chosen, baseline, gained }) => [repeat, chosen, baseline, gained]),
    ),
  },
)}
${verdict(campaign)}</section>`;
}

/** Above zero is better for either goal of the metric. */
function pairsOf(campaign: Campaign, stage: string) {
  const { facts } = campaign;
  const baseline = lastFinding(campaign, 'baseline')?.parameters;
  const settings = stageSettings(campaign).filter((setting) => setting.stage === stage);
  // The setting with dropout, which is not the choice if it was no better than the baseline.
  const chosen = settings.find(
    ({ parameters }) => baseline && !isSameSetting(parameters, baseline),
  )?.parameters;
  if (facts === null || chosen === undefined || baseline === undefined) return [];
  const { goal, name } = facts.metric;
  const valuesOf = (parameters: typeof chosen): Map<number, number> =>
    new Map(
      settings
        .filter((setting) => isSameSetting(setting.parameters, parameters))
        .flatMap((setting) => trialsOf(campaign, setting))
        .filter(({ state }) => state === 'finished')
        .map(
          (trial) => [trial.spec.repeat, metricIn(lastReport(trial)?.metrics, name) ?? Number.NaN] as const,
        ),
    );
  const without = valuesOf(baseline);
  return [...valuesOf(chosen)]
    .map(([repeat, value]) => {
      const other = without.get(repeat) ?? Number.NaN;
      return { repeat, chosen: value, baseline: other, gained: advantage(goal, value, other) };
    })
    .filter(({ gained }) => Number.isFinite(gained));
}

function verdict(campaign: Campaign): Html | null {
  const gain = lastFinding(campaign, 'gain');
  if (gain === undefined || gain.detectable === null) return null;
  return html`<p>The smallest difference that these ${gain.repeats} repeats could have shown is ${formatNumber(
    gain.detectable,
  )}.
The interval is a paired t interval, widened because repeats share training rows (Nadeau and Bengio 2003).</p>`;
}
