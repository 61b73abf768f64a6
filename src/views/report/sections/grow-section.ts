import type { Campaign } from '../../../campaign/campaign.js';
import { canonicalJson } from '../../../campaign/canonical-json.js';
import type { Finding } from '../../../campaign/finding.js';
import { formatSetting, formatValue } from '../../../campaign/format-setting.js';
import type { Parameters } from '../../../campaign/parameters.js';
import { metricIn } from '../../../campaign/report.js';
import type { Trial } from '../../../campaign/trial.js';
import { bestReport } from '../../../campaign/trial-score.js';
import { formatColumnMean, formatCount, formatNumber } from '../../../text/number.js';
import { epochsBefore } from '../../model/epochs/epochs-before.js';
import { type GrowthCurve, growthOf } from '../../model/growth.js';
import { stageSettings, trialsOf } from '../../model/settings.js';
import { stagesFor } from '../../model/stages.js';
import { valuesOf } from '../../model/varied-parameters.js';
import { lastFinding } from '../../summary/decisions.js';
import { comparedIn, foremost, groupedBy, sampleInWords } from '../compared.js';
import { comparedTable } from '../compared-table.js';
import { dataTable } from '../data-table.js';
import { figure, markKey } from '../figure.js';
import { type Html, html } from '../html.js';
import { parameterAxis } from '../parameter-axis.js';
import type { PlotLayer, PlotPoint } from '../plot/plot.js';
import { sampled } from '../sampled.js';
import { stageTitle } from '../stage-title.js';

/** Up to this many settings that ran on are drawn. */
const MAX_DRAWN = 1000;

/** How the size was found: training score against size without dropout, then how far growing on went. */
export function growSection(campaign: Campaign, stage: string): Html | null {
  const growth = growthOf(campaign);
  const stages = stagesFor(campaign, 'grow');
  if (growth === null || !campaign.batches.some(({ stage }) => stages.includes(stage))) return null;
  const fitted = lastFinding(campaign, 'fitted');
  return html`<section id="${stage}"><h2>${stageTitle(stage)}, dropout off</h2>
<p>With all dropout off, ${growth.parameter} grows until the network fits the training rows${
    growth.depth === null ? '' : `, and ${growth.depth} grows where larger sizes stop to help`
  }. A repeat fits when its
${growth.metric}, measured exactly and with dropout off, reaches the target at the end of an epoch.</p>
${[...deeperSentences(campaign), ...growth.ended].map(
  (because) => html`<p>${because}</p>
`,
)}${fitFigure(campaign, growth, growth.metric, fitted?.because ?? 'No size has fitted yet.')}
<ul class="decided">${sizeFindings(campaign).map(
    (size) => html`<li class="${size.fits ? 'fits' : 'fits-not'}">${size.because}</li>\n`,
  )}</ul>
${growOnFigure(campaign, growth)}
</section>`;
}

type SizeFinding = Extract<Finding, { kind: 'size' }>;

/** Why depth grew, where it did. */
const deeperSentences = (campaign: Campaign): string[] =>
  campaign.findings.toArray().flatMap((found) => (found.kind === 'deeper' ? found.because : []));

const sizeFindings = (campaign: Campaign): SizeFinding[] =>
  campaign.findings.toArray().filter((finding): finding is SizeFinding => finding.kind === 'size');

/** Up to this many sizes are evenly spaced. More sizes get a logarithmic axis, which shows both 2 and 4096 units. */
const SIZES_IN_PLACES = 7;

/** A trial that searched for a fit, and its best value of the metric of the fit. */
interface Tried {
  readonly trial: Trial;
  readonly value: number;
}

/** Of each repeat of a setting the trial with the most epochs: a shorter one went on as a longer one. */
function longestOfRepeats(tried: readonly Tried[]): readonly Tried[] {
  const longest = new Map<string, Tried>();
  for (const one of tried) {
    const { parameters, repeat, epochs } = one.trial.spec;
    const name = canonicalJson([{ ...parameters }, repeat]);
    if ((longest.get(name)?.trial.spec.epochs ?? 0) < epochs) longest.set(name, one);
  }
  return [...longest.values()];
}

function fitFigure(campaign: Campaign, growth: GrowthCurve, metric: string, title: string): Html {
  const sizes = growth.sizes
    .filter(({ state }) => state !== 'to-come' && state !== 'grown-on')
    .map(({ size }) => size);
  const { axis, place } = parameterAxis(growth.parameter, sizes, { places: SIZES_IN_PLACES });
  const stages = stagesFor(campaign, 'grow');
  const trials = stageSettings(campaign)
    .filter(({ stage, until }) => stages.includes(stage) && until === metric)
    .flatMap((setting) => trialsOf(campaign, setting));
  const tried = longestOfRepeats(
    trials.flatMap((trial) => {
      const goal = trial.spec.until?.goal ?? 'maximize';
      const value = metricIn(bestReport(trial, { name: metric, goal })?.metrics, metric);
      return value === undefined || !Number.isFinite(value) ? [] : [{ trial, value }];
    }),
  );
  const max = Math.max(1, ...trials.map(({ spec }) => spec.repeat));
  const pointOf = ({ trial, value }: Tried): PlotPoint => ({
    // The repeats of a size stand side by side, so that those that all fit are still seen one by one.
    x: place(trial.spec.parameters[growth.parameter]) + repeatOffset(axis.kind, trial.spec.repeat, max),
    y: value,
    tip:
      `${sizeWords(growth, trial.spec.parameters)}, repeat ${trial.spec.repeat}${longerWords(campaign, trial)}: ` +
      `${metric} ${formatNumber(value)}`,
  });
  const isFit = ({ trial }: Tried): boolean => trial.state === 'finished' && trial.reason === 'fit';
  const findings = sizeFindings(campaign);
  const fitted = findings.find(({ fits }) => fits);
  const bounds = trials.flatMap(({ spec }) => spec.until?.bound ?? []);
  // Contradicting rows can lower the bound of a repeat; the target is the bound without any.
  const isUp = campaign.facts?.plan.growth?.goal !== 'minimize';
  const target = isUp ? Math.max(...bounds) : Math.min(...bounds);
  const layers: PlotLayer[] = [
    ...(fitted === undefined || axis.kind !== 'places'
      ? []
      : [
          {
            kind: 'band',
            along: 'x',
            role: 'good',
            from: place(fitted.size) - 0.5,
            to: place(fitted.size) + 0.5,
            label: 'fits',
          } as const,
        ]),
    ...(bounds.length === 0 ? [] : [{ kind: 'level', role: 'good', y: target } as const]),
    ...depthsIn(findings).map(
      (depth, i): PlotLayer => ({
        kind: 'line',
        role: 'quiet',
        // Every second depth is dashed, so that lines next to each other can be distinguished.
        dashed: i % 2 === 1,
        width: 1.5,
        points: findings
          .filter((one) => one.depth === depth)
          .flatMap(({ size, training }) => (training === null ? [] : [[place(size), training.mean] as const]))
          .sort(([a], [b]) => a - b),
      }),
    ),
    {
      kind: 'dots',
      role: 'bad',
      shape: 'ring',
      size: 9,
      points: tried.filter((one) => !isFit(one)).map(pointOf),
    },
    { kind: 'dots', role: 'good', shape: 'circle', size: 10, points: tried.filter(isFit).map(pointOf) },
  ];
  return figure(
    { x: axis, y: { kind: 'number', name: metric }, layers },
    {
      title,
      key: markKey(
        ['●', 'good', 'a repeat that reached the target'],
        ['○', 'bad', 'one that did not'],
        ['―', 'quiet', meanWords(growth, findings)],
        ...(bounds.length === 0 ? [] : [['╌', 'good', `target ${formatNumber(target)}`] as const]),
      ),
      table: dataTable(
        'Training score by size',
        [
          growth.parameter,
          ...(growth.depth === null ? [] : [growth.depth]),
          ...(growth.goesOn ? ['epochs up to'] : []),
          'repeats that fit',
          'repeats',
          `mean ${metric}`,
          'fits',
        ],
        findings.map((found) => [
          formatValue(found.size),
          ...(growth.depth === null ? [] : [found.depth ?? null]),
          ...(growth.goesOn ? [epochsAt(growth, found)] : []),
          found.repeatsFit,
          found.training?.repeats ?? null,
          found.training === null
            ? null
            : formatColumnMean(found.training.mean, found.training.standardError),
          found.fits ? 'yes' : 'no',
        ]),
      ),
    },
  );
}

const depthsIn = (findings: readonly SizeFinding[]): (number | undefined)[] => [
  ...new Set(findings.map(({ depth }) => depth)),
];

/** What the lines show; with several depths the line of each. */
function meanWords(growth: GrowthCurve, findings: readonly SizeFinding[]): string {
  const mean = 'mean of the best setting of the size';
  const depths = depthsIn(findings);
  if (growth.depth === null || depths.length < 2) return mean;
  const styles = depths.map((depth, i) => `${growth.depth} ${depth} ${i % 2 === 1 ? 'dashed' : 'solid'}`);
  return `${mean}; ${styles.join(', ')}`;
}

/** The epochs of the longest trial of a size. */
function epochsAt(growth: GrowthCurve, { size, depth }: SizeFinding): number | null {
  const text = formatValue(size);
  return (
    growth.sizes.find((one) => formatValue(one.size) === text && one.depth === (depth ?? null))?.epochs ??
    null
  );
}

function sizeWords({ parameter, depth }: GrowthCurve, parameters: Parameters): string {
  return formatSetting(parameters, depth === null ? [parameter] : [parameter, depth]);
}

function longerWords(campaign: Campaign, trial: Trial): string {
  const before = epochsBefore(campaign, trial);
  return before === null ? '' : `, goes on from epoch ${before}`;
}

function repeatOffset(kind: string, repeat: number, max: number): number {
  return kind === 'places' && max > 1 ? ((repeat - 1) / (max - 1) - 0.5) * 0.3 : 0;
}

function growOnFigure(campaign: Campaign, growth: GrowthCurve): Html | null {
  const grown = lastFinding(campaign, 'grown');
  const settings = comparedIn(campaign, stagesFor(campaign, 'grow'));
  const { facts } = campaign;
  if (settings.length === 0 || facts === null) return null;
  const { axis, place } = parameterAxis(growth.parameter, valuesOf(settings, growth.parameter));
  const best = grown?.parameters?.[growth.parameter];
  const repeats = settings.flatMap(({ values }) => values.map(({ repeat }) => repeat));
  const max = repeats.reduce((a, b) => Math.max(a, b), 0);
  const drawn = sampled(settings, MAX_DRAWN);
  const bySize = groupedBy(settings, ({ parameters }) => JSON.stringify(parameters[growth.parameter]));
  const foremostOf = [...bySize.values()].flatMap((group) => foremost(group, facts.metric.goal) ?? []);
  const title = grown?.because ?? 'Growth continues while validation improves.';
  if (bySize.size < 2) return html`<p>${title}</p>${comparedTable(campaign, 'Validation by size', settings)}`;
  return figure(
    {
      x: axis,
      y: { kind: 'number', name: facts.metric.name },
      layers: [
        ...(best === undefined || axis.kind !== 'places'
          ? []
          : [
              {
                kind: 'band',
                along: 'x',
                role: 'chosen',
                from: place(best) - 0.5,
                to: place(best) + 0.5,
                label: 'grown',
              } as const,
            ]),
        {
          kind: 'line',
          role: 'baseline',
          dashed: false,
          width: 2,
          points: foremostOf.map(({ parameters, mean }) => [place(parameters[growth.parameter]), mean]),
        },
        {
          kind: 'dots',
          role: 'baseline',
          shape: 'circle',
          size: 8,
          points: drawn.flatMap(({ parameters, values }) =>
            values.map(({ repeat, value }) => ({
              x: place(parameters[growth.parameter]) + repeatOffset(axis.kind, repeat, max),
              y: value,
              tip:
                `${growth.parameter} ${formatValue(parameters[growth.parameter])}, repeat ${repeat}: ` +
                `${facts.metric.name} ${formatNumber(value)}`,
            })),
          ),
        },
      ],
    },
    {
      title,
      key: markKey(
        ['●', 'baseline', `a repeat that ran all of its epochs, without dropout`],
        [
          '―',
          'baseline',
          `mean over ${formatCount(max, 'repeat')}; ` +
            `${facts.metric.goal === 'minimize' ? 'lower' : 'higher'} is better`,
        ],
      ),
      sample: sampleInWords(drawn.length, settings.length),
      table: comparedTable(campaign, 'Validation by size', settings),
    },
  );
}
