import type { Campaign } from '../../../campaign/campaign.js';
import { isSameSetting, type Parameters } from '../../../campaign/parameters.js';
import { metricIn } from '../../../campaign/report.js';
import { lowerMedian } from '../../../campaign/statistics.js';
import { formatCount, formatNumber } from '../../../text/number.js';
import { stageSettings, trialsOf } from '../../model/settings.js';
import { comparingStages } from '../../model/stages.js';
import { lastFinding } from '../../summary/decisions.js';
import { comparedIn } from '../compared.js';
import { dataTable } from '../data-table.js';
import { figures, markKey } from '../figure.js';
import { type Html, html } from '../html.js';
import { type CurvePoint, MAX_CURVE_POINTS, meanCurve } from '../mean-curve.js';
import type { Plot, PlotRole } from '../plot/plot.js';

/** The learning curves of the choice and its baseline: training against validation, means over repeats. */
export function curvesSection(campaign: Campaign): Html | null {
  const { facts } = campaign;
  const chosen = lastFinding(campaign, 'chosen')?.parameters;
  const baseline = lastFinding(campaign, 'baseline')?.parameters;
  if (facts === null || chosen === undefined) return null;
  const validation = facts.metric.name;
  const counterpart = validation.startsWith('val_') ? `train_${validation.slice('val_'.length)}` : null;
  const isReported = campaign.trials.some(
    ({ reports }) => metricIn(reports.last()?.metrics, counterpart ?? '') !== undefined,
  );
  const training = isReported ? counterpart : null;
  const alone = baseline === undefined || isSameSetting(chosen, baseline);
  const panels = [
    panelOf(campaign, alone ? 'chosen' : 'chosen, with dropout', chosen, 'chosen', training),
    ...(alone ? [] : [panelOf(campaign, 'baseline, without dropout', baseline, 'baseline', training)]),
  ].filter((panel) => panel.curves.length > 0);
  if (panels.length === 0) return null;
  const heights = panels.flatMap(({ curves }) =>
    curves.flatMap((at) => [at.validation, ...(at.training === null ? [] : [at.training])]),
  );
  return html`<section id="curves"><h2>Learning curves</h2>
<p>Means over the repeats of the search, at every epoch.${
    training !== null && ' The distance between the two lines is the generalisation gap.'
  }${facts.trainer === 'built-in' && ' Scores are measured with dropout off.'}</p>
${figures(
  panels.map((panel) => ({
    title: `${panel.name} (${formatCount(panel.repeats, 'repeat')})`,
    plot: plotOf(panel, validation, training, heights),
  })),
  {
    title: gapSentence(panels, training, validation),
    key: markKey(
      ['━', 'chosen', `${validation}, chosen`],
      ...(alone ? [] : [['━', 'baseline', `${validation}, baseline`] as const]),
      ...(training === null ? [] : [['╌', 'plain', `${training}`] as const]),
      ['●', 'plain', 'the median epoch that counts'],
    ),
    table: dataTable(
      'Learning curves',
      ['setting', 'epoch', ...(training === null ? [] : [training]), validation],
      panels.flatMap(({ name, curves }) =>
        curves
          .filter((_, i) => i % Math.ceil(curves.length / 25) === 0 || i === curves.length - 1)
          .map((at) => [name, at.epoch, ...(training === null ? [] : [at.training]), at.validation]),
      ),
    ),
  },
)}
</section>`;
}

interface Panel {
  readonly name: string;
  readonly role: PlotRole;
  readonly repeats: number;
  readonly curves: readonly CurvePoint[];
  /** The epoch whose weights count, the lower median over repeats. */
  readonly counts: number;
}

function panelOf(
  campaign: Campaign,
  name: string,
  parameters: Parameters,
  role: PlotRole,
  training: string | null,
): Panel {
  const stages = comparingStages(campaign);
  const searched = stageSettings(campaign)
    .filter(
      ({ stage, until, ...setting }) =>
        stages.includes(stage) && until === null && isSameSetting(setting.parameters, parameters),
    )
    .at(-1);
  const trials = (searched === undefined ? [] : trialsOf(campaign, searched)).filter(
    ({ state }) => state === 'finished',
  );
  const stage = searched?.stage ?? '';
  const compared = comparedIn(campaign, [stage]).find((one) => isSameSetting(one.parameters, parameters));
  const counts = lowerMedian((compared?.values ?? []).map(({ epoch }) => epoch));
  return {
    name,
    role,
    repeats: trials.length,
    curves: meanCurve(trials, { validation: campaign.facts?.metric.name ?? '', training, counts }),
    counts,
  };
}

/** Epochs with a tip, at most. */
const MAX_READINGS = 50;

/** Every epoch of few, and at most `max` of many, evenly spread, the last among them. */
function thinned(curves: readonly CurvePoint[], max: number): readonly CurvePoint[] {
  const step = Math.ceil(curves.length / max);
  return curves.filter((_, i) => (curves.length - 1 - i) % step === 0);
}

function plotOf(panel: Panel, validation: string, training: string | null, heights: readonly number[]): Plot {
  const { curves, role, counts } = panel;
  const at = curves.find(({ epoch }) => epoch === counts);
  return {
    x: { kind: 'number', name: 'epoch', whole: true },
    y: { kind: 'number', name: validation.startsWith('val_') ? validation.slice('val_'.length) : validation },
    layers: [
      { kind: 'extent', values: heights },
      {
        kind: 'line',
        role: 'plain',
        dashed: true,
        width: 1.5,
        points: thinned(curves, MAX_CURVE_POINTS).flatMap(({ epoch, training }) =>
          training === null ? [] : [[epoch, training] as const],
        ),
      },
      {
        kind: 'line',
        role,
        dashed: false,
        width: 2.5,
        points: thinned(curves, MAX_CURVE_POINTS).map((point) => [point.epoch, point.validation] as const),
      },
      {
        kind: 'readings',
        places: thinned(curves, MAX_READINGS).map((point) => ({
          x: point.epoch,
          tip:
            `epoch ${point.epoch}: ${validation} ` +
            formatNumber(point.validation) +
            (point.training === null ? '' : `, ${training} ${formatNumber(point.training)}`),
        })),
      },
      {
        kind: 'dots',
        role,
        shape: 'circle',
        size: 10,
        points:
          at === undefined
            ? []
            : [
                {
                  x: at.epoch,
                  y: at.validation,
                  tip: `epoch ${at.epoch}: ${validation} ${formatNumber(at.validation)}`,
                },
              ],
      },
    ],
  };
}

function gapSentence(panels: readonly Panel[], training: string | null, validation: string): string {
  const gaps = panels.flatMap(({ name, curves }) => {
    const last = curves.at(-1);
    if (last === undefined || last.training === null) return [];
    return [{ name, epoch: last.epoch, gap: Math.abs(last.validation - last.training) }];
  });
  const [own, other] = gaps;
  if (own === undefined || training === null) return `How ${validation} went, epoch by epoch.`;
  const gap =
    `After ${formatCount(own.epoch, 'epoch')} the gap between ${training} and ${validation} ` +
    `is ${formatNumber(own.gap)}`;
  return other === undefined
    ? `${gap}.`
    : `${gap} with dropout, and ${formatNumber(other.gap)} without ` +
        `it${other.epoch === own.epoch ? '' : ` after ${other.epoch}`}.`;
}
