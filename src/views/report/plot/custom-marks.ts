import type { CustomSeriesOption } from 'echarts/charts';
import type { PlotLayer } from './plot.js';
import { fill } from './plot-symbol.js';
import { cutToWidth, textWidth } from './text-width.js';

type RenderItem = Exclude<CustomSeriesOption['renderItem'], string | undefined>;
type Params = Parameters<RenderItem>[0];
type Api = Parameters<RenderItem>[1];
export type Layer<Kind extends PlotLayer['kind']> = Extract<PlotLayer, { kind: Kind }>;

/** A mark that is drawn by hand within the library's axes: its data, which of it belongs to which axis, and how. */
export interface CustomMarks {
  readonly data: readonly (readonly number[])[];
  readonly encode: { readonly x: readonly number[]; readonly y: readonly number[] };
  readonly renderItem: RenderItem;
}

/** Uprights with a cap at either end. */
export function intervalMarks({ bars, role }: Layer<'intervals'>): CustomMarks {
  const cap = 4;
  return {
    data: bars.map(({ x, low, high }) => [x, low, high]),
    encode: { x: [0], y: [1, 2] },
    renderItem: (_, api) => {
      const [x = 0, low = 0] = pixels(api, Number(api.value(0)), Number(api.value(1)));
      const [, high = 0] = pixels(api, Number(api.value(0)), Number(api.value(2)));
      const stroke = (x1: number, y1: number, x2: number, y2: number) => ({
        type: 'line' as const,
        shape: { x1, y1, x2, y2 },
        style: { stroke: fill(role), lineWidth: 1.5 },
        silent: true,
      });
      return {
        type: 'group',
        children: [
          stroke(x, low, x, high),
          stroke(x - cap, low, x + cap, low),
          stroke(x - cap, high, x + cap, high),
        ],
      };
    },
  };
}

/** A horizontal line through the whole plot. */
export function levelMarks({ y: value, role }: Layer<'level'>): CustomMarks {
  return {
    data: [[value]],
    encode: { x: [], y: [0] },
    renderItem: (params, api) => {
      const area = areaOf(params);
      const [, y = 0] = pixels(api, 0, Number(api.value(0)));
      return {
        type: 'line',
        shape: { x1: area.x, y1: y, x2: area.x + area.width, y2: y },
        style: { stroke: fill(role), fill: 'none', lineWidth: 1.5, lineDash: [6, 4] },
        silent: true,
      };
    },
  };
}

/** A shaded stretch of an axis, its label at the top. */
export function bandMarks({ along, from, to, label, role }: Layer<'band'>): CustomMarks {
  return {
    data: [[from, to]],
    encode: along === 'x' ? { x: [0, 1], y: [] } : { x: [], y: [0, 1] },
    renderItem: (params, api) => {
      const area = areaOf(params);
      const [x1 = 0, y1 = 0] = pixels(api, from, from);
      const [x2 = 0, y2 = 0] = pixels(api, to, to);
      const shape =
        along === 'x'
          ? { x: Math.min(x1, x2), y: area.y, width: Math.abs(x2 - x1), height: area.height }
          : { x: area.x, y: Math.min(y1, y2), width: area.width, height: Math.abs(y2 - y1) };
      const text = cutToWidth(label, 12, area.width);
      const half = textWidth(text, 12) / 2;
      const middle = shape.x + shape.width / 2;
      return {
        type: 'group',
        children: [
          { type: 'rect', shape, style: { fill: fill(role), opacity: 0.13 }, silent: true },
          {
            type: 'text',
            x: Math.max(area.x + half, Math.min(area.x + area.width - half, middle)),
            y: area.y - 4,
            style: {
              text,
              fill: 'var(--ink)',
              fontSize: 12,
              fontFamily: 'inherit',
              align: 'center',
              verticalAlign: 'bottom',
            },
            silent: true,
          },
        ],
      };
    },
  };
}

/** Values that the vertical axis has to reach over. */
export function extentMarks({ values }: Layer<'extent'>): CustomMarks {
  return { data: values.map((value) => [value]), encode: { x: [], y: [0] }, renderItem: () => null };
}

/** The squares of a heat map between two axes of places; the stronger, the more of the colour lies over the page. */
export function cellMarks({ cells, hasContours = false }: Layer<'cells'>): CustomMarks {
  const strengths = new Map(cells.map(({ x, y, strength }) => [`${x} ${y}`, strength]));
  const isContour = (strength: number, x: number, y: number): boolean => {
    const other = strengths.get(`${x} ${y}`);
    return hasContours && other !== undefined && other !== strength;
  };
  const gap = hasContours ? 0 : 1;
  // If only a few numbers have room, they would look like special ones.
  const widths = cells.map(({ text }) => textWidth(text, 12)).sort((a, b) => a - b);
  const usualWidth = widths[Math.floor(widths.length / 2)] ?? 0;
  return {
    data: cells.map(({ x, y }) => [x, y]),
    encode: { x: [0], y: [1] },
    renderItem: (params, api) => {
      const cell = cells[params.dataIndex];
      if (cell === undefined) return null;
      const [x = 0, y = 0] = pixels(api, cell.x, cell.y);
      const [width = 0, height = 0] = numbers(api.size?.([1, 1]));
      const [left, top] = [x - width / 2, y - height / 2];
      return {
        type: 'group',
        children: [
          {
            type: 'rect',
            shape: { x: left + gap, y: top + gap, width: width - 2 * gap, height: height - 2 * gap },
            style: { fill: fill(cell.role), opacity: 0.06 + 0.44 * cell.strength },
          },
          ...(isContour(cell.strength, cell.x - 1, cell.y) ? [contour(left, top, left, top + height)] : []),
          ...(isContour(cell.strength, cell.x, cell.y + 1) ? [contour(left, top, left + width, top)] : []),
          {
            type: 'text',
            x,
            y,
            style: {
              text: Math.max(usualWidth, textWidth(cell.text, 12)) <= width ? cell.text : '',
              fill: 'var(--ink)',
              fontSize: 12,
              fontFamily: 'inherit',
              align: 'center',
              verticalAlign: 'middle',
            },
            silent: true,
          },
        ],
      };
    },
  };
}

/** A piece of the border between two levels. */
const contour = (x1: number, y1: number, x2: number, y2: number) => ({
  type: 'line' as const,
  shape: { x1, y1, x2, y2 },
  style: { stroke: 'var(--ink)', lineWidth: 1, opacity: 0.6 },
  silent: true,
});

/** A point between the axes, in pixels. */
export function pixels(api: Api, x: number, y: number): readonly number[] {
  return numbers(api.coord?.([x, y]));
}

function numbers(value: number | readonly number[] | undefined): readonly number[] {
  return typeof value === 'object' ? value : [];
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The rectangle between the axes. The library's type leaves out what it passes for axes at right angles. */
function areaOf({ coordSys }: Params): Area {
  const of = (name: keyof Area): number =>
    Number(Object.entries(coordSys).find(([key]) => key === name)?.[1]);
  return { x: of('x'), y: of('y'), width: of('width'), height: of('height') };
}
