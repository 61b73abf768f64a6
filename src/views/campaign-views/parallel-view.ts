import { formatSetting } from '../../campaign/format-setting.js';
import type { ParameterValue } from '../../campaign/parameters.js';
import { formatCount, formatNumber } from '../../text/number.js';
import { distinctValues } from '../report/compared.js';
import { markKey } from '../report/figure.js';
import { type Html, html } from '../report/html.js';
import { parameterAxis } from '../report/parameter-axis.js';
import {
  drawParallel,
  PARALLEL_MARGIN,
  type ParallelAxis,
  type ParallelPlot,
  parallelPlace,
  STACKED_MARGIN,
} from '../report/plot/draw-parallel.js';
import type { PlotSize } from '../report/plot/draw-plot.js';
import { sampled } from '../report/sampled.js';
import { parameterColumn, scoreColumn } from '../selection/settings-selection.js';
import { parameterCell } from '../tables/parameter-cell.js';
import type { CampaignView, ViewRequest } from './campaign-view.js';
import { type ComparableSettings, comparableSettings, valuesAt } from './parts/comparable-settings.js';
import { emptyView, problemList } from './parts/empty-view.js';
import { outsideSentence, shownSentence } from './parts/sentences.js';
import { settingsList } from './parts/settings-list.js';
import { usualRange } from './parts/usual-range.js';

/** Lines of selected settings, and of others, at most. */
const MAX_LINES = 500;
const MAX_OTHERS = 250;
/** Axes at most; with more, nobody can follow a line. */
const MAX_AXES = 12;
const STACKED_AXIS = 64;

/** Parallel coordinates: a line for each setting, across an axis for each parameter and one for the score. */
export const parallelView: CampaignView = {
  name: 'parallel',
  title: 'Parallel',
  filtered: 'settings',
  render(request) {
    const { campaign } = request;
    const { facts } = campaign;
    const settings = comparableSettings(request);
    if (facts === null || settings.all.length === 0) return emptyView(null, settings.problems);
    const { metric } = facts;
    const { scores } = settings;
    const isUsualScore = usualRange(scores, metric.goal);
    const isUsual = (place: number): boolean => isUsualScore(scores[place] ?? Number.NaN);
    const usual = Uint32Array.from(scores.keys()).filter(isUsual);
    const selected = settings.selected.filter(isUsual);
    const drawn = sampled(selected, MAX_LINES);
    const quarter = Math.ceil(drawn.length / 4);
    const others = sampled(
      usual.filter((place) => !settings.isSelected(place)),
      MAX_OTHERS,
    );
    const names = settings.names.slice(0, MAX_AXES - 1);
    const axes = [
      ...names.map((name) => parameterOf(request, name, settings, usual)),
      scoreAxis(request, settings, usual),
    ];
    const line = (role: 'chosen' | 'plain' | 'quiet', width: number, opacity: number) => (place: number) => ({
      values: axes.map(({ at }) => at(place)),
      role,
      width,
      opacity,
    });
    const faint = drawn.length > 100 ? 0.35 : 0.55;
    const plot: ParallelPlot = {
      axes,
      lines: [
        ...others.map(line('quiet', 1, 0.18)),
        ...drawn
          .slice(quarter)
          .reverse()
          .map(line('plain', 1, faint)),
        ...drawn
          .slice(0, quarter)
          .reverse()
          .map(line('chosen', 1.75, 0.8)),
      ],
    };
    const best = settings.all[settings.selected[0] ?? -1];
    const title =
      best === undefined
        ? 'No setting is selected'
        : `The best of ${formatCount(settings.selected.length, 'selected setting')}: ` +
          `${formatSetting(best.parameters, settings.names)}, ${metric.name} ${formatNumber(best.score)}`;
    const stacked = { width: 348, height: 68 + STACKED_AXIS * (axes.length - 1) };
    return {
      choices: null,
      main: html`${problemList(settings.problems)}<figure><figcaption><h3>${title}</h3>${markKey(
        ['━', 'chosen', 'the best quarter of the selected settings'],
        ['━', 'plain', 'selected'],
        ['━', 'quiet', 'not selected'],
      )}<p>${[
        shownSentence({ shown: drawn.length, selected: selected.length, all: usual.length }, 'setting'),
        outsideSentence(settings.all.length - usual.length, 'setting'),
        settings.names.length > names.length &&
          `The picture has the first ${names.length} of ${settings.names.length} parameters.`,
        'Drag along an axis to select a range; click on it to select everything again.',
      ]
        .filter(Boolean)
        .join(' ')}</p></figcaption>
<div class="broad">${drawing(plot, axes, { width: 1120, height: 420 }, false, title)}</div>
<div class="wide">${drawing(plot, axes, { width: 720, height: 360 }, false, title)}</div>
<div class="narrow">${drawing(plot, axes, stacked, true, title)}</div>
</figure>
${settingsList(request, settings)}`,
    };
  },
};

interface Axis extends ParallelAxis {
  /** The column that the filter calls it by. */
  readonly column: string;
  /** Where the setting at this place is on the axis; null if it does not have the parameter. */
  readonly at: (place: number) => number | null;
  /** The values of an axis of places, as the filter writes them. */
  readonly values: readonly string[];
}

/** `usual` are the places of the settings that the axis is made for. */
function parameterOf(
  { campaign }: ViewRequest,
  name: string,
  settings: ComparableSettings,
  usual: Uint32Array,
): Axis {
  const all = valuesAt(settings, name, usual);
  const { axis, place } = parameterAxis(name, all, { places: 8, domain: campaign.facts?.space[name] });
  const ofAll = settings.column(name);
  const at = (setting: number): number | null => {
    const value = ofAll[setting];
    return value === undefined ? null : place(value);
  };
  const values = axis.kind === 'places' ? placesOf(all, place) : [];
  const ends = axis.kind === 'places' ? placeEnds(values.length) : endsOf(all.map(place));
  return { axis, ...ends, column: parameterColumn(campaign, name), at, values };
}

function scoreAxis({ campaign }: ViewRequest, { scores }: ComparableSettings, usual: Uint32Array): Axis {
  return {
    axis: { kind: 'number', name: campaign.facts?.metric.name ?? '' },
    ...endsOf(Array.from(usual, (place) => scores[place] ?? Number.NaN)),
    column: scoreColumn(campaign),
    at: (place) => scores[place] ?? null,
    values: [],
  };
}

function placesOf(all: readonly ParameterValue[], place: (value: ParameterValue) => number): string[] {
  const texts: string[] = [];
  for (const value of distinctValues(all)) texts[place(value)] = String(parameterCell(value));
  return texts;
}

const placeEnds = (count: number): { readonly min: number; readonly max: number } =>
  count === 1 ? { min: -0.5, max: 0.5 } : { min: 0, max: count - 1 };

function endsOf(values: readonly number[]): { readonly min: number; readonly max: number } {
  const min = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const max = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return min === max ? { min: min - 0.5, max: max + 0.5 } : { min, max };
}

/** The picture with an invisible strip over each axis, on which the page's script lets people select ranges. */
function drawing(
  plot: ParallelPlot,
  axes: readonly Axis[],
  size: PlotSize,
  isStacked: boolean,
  title: string,
): Html {
  const percent = (share: number): string => `${Math.round(share * 10000) / 100}%`;
  const { before, after } = PARALLEL_MARGIN;
  return html`<div class="plot parallel">${drawParallel(plot, size, isStacked, title)}<div class="brushes" \
aria-hidden="true">${axes.map(({ axis, min, max, column, values }, i) => {
    const at = percent(parallelPlace(i, axes.length, size, isStacked));
    const { left, right } = STACKED_MARGIN;
    const style = isStacked
      ? `top:${at};left:${percent(left / size.width)};right:${percent(right / size.width)}`
      : `left:${at};top:${percent(before / size.height)};bottom:${percent(after / size.height)}`;
    return html`<i class="brush${isStacked ? ' across' : ''}" style="${style}" data-column="${column}" \
data-kind="${axis.kind}" data-min="${min}" data-max="${max}" data-values="${JSON.stringify(values)}"></i>`;
  })}</div></div>`;
}
