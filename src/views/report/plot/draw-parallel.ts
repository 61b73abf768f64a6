import { ParallelChart } from 'echarts/charts';
import { ParallelComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { formatNumber } from '../../../text/number.js';
import { drawnLater, Html } from '../html.js';
import type { PlotSize } from './draw-plot.js';
import type { PlotAxis, PlotRole } from './plot.js';
import { fill } from './plot-symbol.js';
import { cutToWidth } from './text-width.js';
import { tidyDrawing } from './tidy-drawing.js';

use([ParallelChart, ParallelComponent, SVGRenderer]);

/** An axis of parallel coordinates and its ends. */
export interface ParallelAxis {
  readonly axis: PlotAxis;
  readonly min: number;
  readonly max: number;
}

/** Lines across parallel axes, from the back to the front. */
export interface ParallelPlot {
  readonly axes: readonly ParallelAxis[];
  readonly lines: readonly {
    /** A value for each axis; null where the line has none, and is drawn to the lower end. */
    readonly values: readonly (number | null)[];
    readonly role: PlotRole;
    readonly width: number;
    readonly opacity: number;
  }[];
}

/** Pixels at the ends of stacked axes: half of a label. */
export const STACKED_MARGIN = { left: 34, right: 40 };

/** Pixels around the axes, for their names and labels. */
export const PARALLEL_MARGIN = { start: 64, end: 64, before: 40, after: 28 };

/**
 * Draws parallel coordinates: axes side by side, or one below the other for narrow pages. Axis i is at
 * `parallelPlace(i, ...)`, and its values go from the first margin to the last.
 */
export function drawParallel(plot: ParallelPlot, size: PlotSize, isStacked: boolean, title: string): Html {
  return drawnLater(() => drawInSteps(plot, size, isStacked, title));
}

function* drawInSteps(
  plot: ParallelPlot,
  size: PlotSize,
  isStacked: boolean,
  title: string,
): Generator<undefined, Html> {
  const { start, end, before, after } = PARALLEL_MARGIN;
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: 'inherit' },
      parallel: isStacked
        ? { layout: 'vertical', ...STACKED_MARGIN, top: before, bottom: after }
        : { left: start, right: end, top: before, bottom: after },
      parallelAxis: plot.axes.map((axis, dim) => ({ dim, ...axisOf(axis, isStacked) })),
      series: [
        {
          type: 'parallel',
          silent: true,
          smooth: false,
          data: plot.lines.map(({ values, role, width, opacity }) => ({
            value: values.map((value, i) => value ?? plot.axes[i]?.min ?? 0),
            lineStyle: { color: fill(role), width, opacity },
          })),
        },
      ],
    });
    yield;
    return new Html(tidyDrawing(chart.renderToSVGString(), title));
  } finally {
    chart.dispose();
  }
}

/** Where an axis is, as a share of the drawing's width, or of its height if the axes are stacked. */
export function parallelPlace(i: number, count: number, size: PlotSize, isStacked: boolean): number {
  const { start, end, before, after } = PARALLEL_MARGIN;
  const [from, to, whole] = isStacked
    ? [before, size.height - after, size.height]
    : [start, size.width - end, size.width];
  return (count === 1 ? from : from + ((to - from) * i) / (count - 1)) / whole;
}

function axisOf({ axis, min, max }: ParallelAxis, isStacked: boolean): object {
  // Lines cross the texts, which stay legible within a rim of paper.
  const rim = { textBorderColor: 'var(--paper)', textBorderWidth: 4 };
  const label = { color: 'var(--muted)', fontSize: 11, hideOverlap: true, ...rim };
  const common = {
    name: cutToWidth(axis.name, 12, isStacked ? 240 : 100),
    nameLocation: isStacked ? 'start' : 'end',
    nameGap: isStacked ? 0 : 14,
    nameTextStyle: isStacked
      ? {
          ...rim,
          color: 'var(--ink)',
          fontSize: 12,
          align: 'left',
          verticalAlign: 'bottom',
          padding: [0, 0, 6, 0],
        }
      : { ...rim, color: 'var(--ink)', fontSize: 12 },
    axisLine: { lineStyle: { color: 'var(--line)' } },
    axisTick: { show: false },
    splitLine: { show: false },
    z: 20,
    min,
    max,
  };
  if (axis.kind === 'places') {
    return {
      ...common,
      type: 'value',
      axisLabel: {
        ...label,
        customValues: axis.labels.map((_, place) => place),
        formatter: (place: number) => cutToWidth(axis.labels[place] ?? '', 11, 60),
      },
    };
  }
  const type = axis.kind === 'log' ? 'log' : 'value';
  return { ...common, type, splitNumber: 4, axisLabel: { ...label, formatter: formatNumber } };
}
