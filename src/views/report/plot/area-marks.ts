import { type CustomMarks, type Layer, pixels } from './custom-marks.js';
import { fill } from './plot-symbol.js';

/** Pixels that a bar of a timeline is high at most, and the share of its place that it takes. */
const MAX_BAR = 18;
const BAR_SHARE = 0.7;

/** The stretch between two lines. */
export function ribbonMarks({ points, role }: Layer<'ribbon'>): CustomMarks {
  return {
    data: points.map(([x, low, high]) => [x, low, high]),
    encode: { x: [0], y: [1, 2] },
    renderItem: (params, api) => {
      if (params.dataIndex !== 0) return null;
      const at = (x: number, y: number): number[] => [...pixels(api, x, y)];
      return {
        type: 'polygon',
        shape: {
          points: [
            ...points.map(([x, , high]) => at(x, high)),
            ...[...points].reverse().map(([x, low]) => at(x, low)),
          ],
        },
        style: { fill: fill(role), opacity: 0.16 },
        silent: true,
      };
    },
  };
}

/** Horizontal bars, each at a place of the vertical axis. */
export function barMarks({ bars, hasGaps }: Layer<'bars'>): CustomMarks {
  return {
    data: bars.map(({ y, from, to }) => [from, to, y]),
    encode: { x: [0, 1], y: [2] },
    renderItem: (params, api) => {
      const bar = bars[params.dataIndex];
      if (bar === undefined) return null;
      const [left = 0, middle = 0] = pixels(api, bar.from, bar.y);
      const [right = 0] = pixels(api, bar.to, bar.y);
      const [, place = 0] = pixels(api, bar.from, bar.y + 1);
      const height = Math.min(MAX_BAR, BAR_SHARE * Math.abs(place - middle));
      // A gap between neighbours, but never less than a hair.
      const width = Math.max(0.8, right - left - (hasGaps && right - left > 3 ? 1 : 0));
      return {
        type: 'rect',
        shape: { x: left, y: middle - height / 2, width, height },
        style: { fill: fill(bar.role), opacity: bar.strength },
        silent: true,
      };
    },
  };
}
