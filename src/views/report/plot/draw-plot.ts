import { CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { type EChartsCoreOption, init, setPlatformAPI, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { formatNumber } from '../../../text/number.js';
import { drawnLater, Html, html } from '../html.js';
import { barMarks, ribbonMarks } from './area-marks.js';
import { bandMarks, cellMarks, extentMarks, intervalMarks, levelMarks } from './custom-marks.js';
import { breadthOf, labelsBelow, labelsBeside, type PlaceLabels } from './place-labels.js';
import type { Plot, PlotAxis, PlotLayer } from './plot.js';
import { fill, symbolOf } from './plot-symbol.js';
import { plotTips } from './plot-tips.js';
import { cutToWidth, textWidth } from './text-width.js';
import { tidyDrawing } from './tidy-drawing.js';

setPlatformAPI({
  measureText: (text, font = '') => ({ width: textWidth(text, Number(/([\d.]+)px/.exec(font)?.[1] ?? 12)) }),
});
use([CustomChart, LineChart, ScatterChart, GridComponent, SVGRenderer]);

/** Size of a drawing in pixels. */
export interface PlotSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Draws a plot as an SVG element with tips over its marks. It needs no script, takes its colours from the page's own
 * variables, and is the same text for the same plot.
 *
 * @param title what the picture shows, for those who do not see it
 */
export function drawPlot(plot: Plot, size: PlotSize, title: string): Html {
  return drawnLater(() => drawInSteps(plot, size, title));
}

function* drawInSteps(plot: Plot, size: PlotSize, title: string): Generator<undefined, Html> {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption(optionOf(plot, size));
    yield;
    const drawing = new Html(tidyDrawing(chart.renderToSVGString(), title));
    const at = (x: number, y: number): readonly [number, number] => {
      const [left = 0, top = 0] = chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [x, y]);
      return [left, top];
    };
    return html`<div class="plot">${drawing}${plotTips(plot, { ...size, at })}</div>`;
  } finally {
    chart.dispose();
  }
}

/** Pixels of the names of axes. */
const NAME_SIZE = 12;

function optionOf(plot: Plot, { width }: PlotSize): EChartsCoreOption {
  const leftLabels = labelsBeside(plot.y.kind === 'places' ? plot.y.labels : [], width);
  // Labels of numbers take about fifty pixels.
  const free = width - 20 - (plot.y.kind === 'places' ? breadthOf(leftLabels.labels) : 50);
  const hasLabelAbove = plot.layers.some((layer) => layer.kind === 'band' && layer.label !== '');
  const below = labelsBelow(plot.x.kind === 'places' ? plot.x.labels : [], free);
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    grid: { left: 4, right: 16, top: 20, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    xAxis: {
      ...axisOf(plot.x, below),
      name: cutToWidth(plot.x.name, NAME_SIZE, free),
      nameLocation: 'middle',
      nameGap: 26,
      splitLine: { show: false },
    },
    yAxis: {
      ...axisOf(plot.y, leftLabels),
      name: cutToWidth(plot.y.name, NAME_SIZE, free),
      nameLocation: 'end',
      // The label of a band may begin as far left as the name, so the name stands above it.
      nameGap: hasLabelAbove ? 24 : 12,
      nameTextStyle: { color: 'var(--muted)', align: 'left' },
      axisLine: { show: false, onZero: false },
      splitLine: { show: plot.y.kind !== 'places', lineStyle: { color: 'var(--grid)' } },
    },
    // Later layers lie above earlier ones, of any kind.
    series: plot.layers.map((layer, i) => ({ ...seriesOf(layer), z: i + 2 })),
  };
}

function axisOf(axis: PlotAxis, { labels, turned }: PlaceLabels): object {
  const common = {
    nameTextStyle: { color: 'var(--muted)' },
    axisLine: { onZero: false, lineStyle: { color: 'var(--line)' } },
    axisTick: { show: false },
  };
  const axisLabel = { color: 'var(--muted)', fontSize: 12, hideOverlap: true };
  switch (axis.kind) {
    case 'number':
      return {
        ...common,
        type: 'value',
        scale: true,
        splitNumber: 5,
        ...(axis.whole === true ? { minInterval: 1 } : {}),
        axisLabel: { ...axisLabel, formatter: formatNumber },
      };
    case 'log':
      return { ...common, type: 'log', axisLabel: { ...axisLabel, formatter: formatPower } };
    case 'places':
      // Dots of several repeats stand side by side at one place, so places are points of a number line.
      return {
        ...common,
        type: 'value',
        min: -0.5,
        max: labels.length - 0.5,
        axisLabel: {
          ...axisLabel,
          hideOverlap: false,
          rotate: turned,
          customValues: labels.map((_, place) => place),
          formatter: (place: number) => labels[place] ?? '',
        },
      };
    default:
      return axis satisfies never;
  }
}

function seriesOf(layer: PlotLayer): object {
  const still = { silent: true, clip: false, emphasis: { disabled: true } };
  switch (layer.kind) {
    case 'dots':
      return {
        ...still,
        type: 'scatter',
        ...symbolOf(layer.shape, layer.role, layer.size),
        data: layer.points.map(({ x, y }) => [x, y]),
      };
    case 'line':
      return {
        ...still,
        type: 'line',
        showSymbol: false,
        lineStyle: {
          color: fill(layer.role),
          width: layer.width,
          type: layer.dashed ? [5, 4] : 'solid',
        },
        data: [...layer.points],
      };
    case 'level':
      return { ...still, type: 'custom', ...levelMarks(layer) };
    case 'intervals':
      return { ...still, type: 'custom', ...intervalMarks(layer) };
    case 'band':
      return { ...still, type: 'custom', ...bandMarks(layer) };
    case 'extent':
      return { ...still, type: 'custom', ...extentMarks(layer) };
    case 'readings':
      return { ...still, type: 'custom', ...extentMarks({ kind: 'extent', values: [] }) };
    case 'cells':
      return { ...still, type: 'custom', ...cellMarks(layer) };
    case 'ribbon':
      return { ...still, type: 'custom', ...ribbonMarks(layer) };
    case 'bars':
      return { ...still, type: 'custom', ...barMarks(layer) };
    default:
      return layer satisfies never;
  }
}

/** Large powers in short: `1e8`. */
const formatPower = (value: number): string =>
  value >= 1e6 ? value.toExponential().replace('e+', 'e') : formatNumber(value);
