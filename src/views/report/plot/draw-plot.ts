import { CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { shortNumber } from '../../wording.js';
import { escaped, Html } from '../html.js';
import { bandMarks, cellMarks, extentMarks, intervalMarks, levelMarks } from './custom-marks.js';
import type { Plot, PlotAxis, PlotLayer } from './plot.js';
import { fill, symbolOf } from './plot-symbol.js';

use([CustomChart, LineChart, ScatterChart, GridComponent, SVGRenderer]);

/** Size of a drawing in pixels. */
export interface PlotSize {
  readonly width: number;
  readonly height: number;
}

/** Up to this many points are worth a tip each. */
const tipsUpTo = 400;

/**
 * Draws a plot as an SVG element. It needs no script, takes its colours from the page's own variables, and is the same
 * text for the same plot.
 *
 * @param title what the picture shows, for those who do not see it
 */
export function drawPlot(plot: Plot, size: PlotSize, title: string): Html {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption(optionOf(plot));
    return new Html(tidied(chart.renderToSVGString(), tipsOf(plot.layers), title));
  } finally {
    chart.dispose();
  }
}

function optionOf(plot: Plot): EChartsCoreOption {
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    grid: { left: 4, right: 16, top: 20, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    xAxis: { ...axisOf(plot.x), nameLocation: 'middle', nameGap: 26, splitLine: { show: false } },
    yAxis: {
      ...axisOf(plot.y),
      nameLocation: 'end',
      nameGap: 12,
      nameTextStyle: { color: 'var(--muted)', align: 'left' },
      axisLine: { show: false, onZero: false },
      splitLine: { show: plot.y.kind !== 'places', lineStyle: { color: 'var(--grid)' } },
    },
    // Later layers lie above earlier ones, whatever their kind.
    series: plot.layers.map((layer, i) => ({ ...seriesOf(layer), z: i + 2 })),
  };
}

function axisOf(axis: PlotAxis): object {
  const common = {
    name: axis.name,
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
        axisLabel: { ...axisLabel, formatter: shortNumber },
      };
    case 'log':
      return { ...common, type: 'log', axisLabel: { ...axisLabel, formatter: shortNumber } };
    case 'places':
      // Dots of several repeats stand side by side at one place, so places are points of a number line.
      return {
        ...common,
        type: 'value',
        min: -0.5,
        max: axis.labels.length - 0.5,
        axisLabel: {
          ...axisLabel,
          hideOverlap: false,
          customValues: axis.labels.map((_, place) => place),
          formatter: (place: number) => axis.labels[place] ?? '',
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
        silent: false,
        type: 'scatter',
        ...symbolOf(layer.shape, layer.tone, layer.size),
        data: layer.points.map(({ x, y }) => [x, y]),
      };
    case 'line':
      return {
        ...still,
        type: 'line',
        showSymbol: false,
        lineStyle: {
          color: fill(layer.tone),
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
    case 'cells':
      return { ...still, silent: false, type: 'custom', ...cellMarks(layer) };
    default:
      return layer satisfies never;
  }
}

function tipsOf(layers: readonly PlotLayer[]): (readonly string[])[] {
  const tips = layers.map((layer) => {
    switch (layer.kind) {
      case 'dots':
        return layer.points.map(({ tip }) => tip);
      case 'cells':
        return layer.cells.map(({ tip }) => tip);
      case 'line':
      case 'level':
      case 'intervals':
      case 'band':
      case 'extent':
        return [];
      default:
        return layer satisfies never;
    }
  });
  return tips.reduce((sum, { length }) => sum + length, 0) <= tipsUpTo ? tips : [];
}

/** Puts tips into the marks that the library has numbered, and leaves out what only its own script would need. */
function tidied(svg: string, tips: readonly (readonly string[])[], title: string): string {
  return svg
    .replace(/<style >[\s\S]*?<\/style>/, '')
    .replace(/<defs >[\s\S]*?<\/defs>/, '')
    .replace(/ ecmeta_series_index="(\d+)" ecmeta_data_index="(\d+)"([^>]*)>/g, (_, series, datum, rest) => {
      const tip = tips[Number(series)]?.[Number(datum)];
      return tip === undefined ? `${rest}>` : `${rest}><title>${escaped(tip)}</title>`;
    })
    .replace(/ (class|clip-path)="[^"]*zr\d+-[^"]*"| pointer-events="visible"| ecmeta_\w+="\w+"/g, '')
    .replace(/\n+/g, '\n')
    .replace('<svg ', `<svg role="img" aria-label="${escaped(title)}" `);
}
