import { type Html, html } from '../html.js';
import type { Plot, PlotLayer } from './plot.js';

/** Up to this many marks are worth a tip each. */
const TIPS_UP_TO = 400;

/** Where a value of either axis is in the drawing, in pixels. */
export interface Places {
  readonly width: number;
  readonly height: number;
  readonly at: (x: number, y: number) => readonly [left: number, top: number];
}

/**
 * What is shown when the pointer rests on a mark, or a finger taps it: boxes over the drawing that the style sheet
 * alone opens, so that the page needs no script. Hidden from screen readers and from paper, which have the table.
 */
export function plotTips({ layers }: Plot, places: Places): Html | null {
  const tips = layers.flatMap((layer) => tipsOf(layer, places));
  if (tips.length === 0 || tips.length > TIPS_UP_TO) return null;
  return html`<div class="tips" aria-hidden="true">${tips.map((tip) => tip())}</div>`;
}

/** What makes the tip of each mark of a layer. */
function tipsOf(layer: PlotLayer, places: Places): (() => Html)[] {
  switch (layer.kind) {
    case 'dots':
      return layer.points.map(
        ({ x, y, tip }) =>
          () =>
            tipAt(places, places.at(x, y), tip),
      );
    case 'cells': {
      const [[left, top], [right, bottom]] = [places.at(0, 0), places.at(1, -1)];
      const size = `;width:${share(right - left, places.width)};height:${share(bottom - top, places.height)}`;
      return layer.cells.map(
        ({ x, y, tip }) =>
          () =>
            tipAt(places, places.at(x, y), tip, 'cell', size),
      );
    }
    case 'readings':
      return layer.places.map(({ x, tip }, i) => () => {
        const lefts = [layer.places[i - 1], layer.places[i + 1]].flatMap((next) =>
          next === undefined ? [] : Math.abs(places.at(next.x, 0)[0] - places.at(x, 0)[0]),
        );
        const size = `;width:${share(Math.min(places.width, ...lefts), places.width)}`;
        return tipAt(places, [places.at(x, 0)[0], 0], tip, 'reading', size);
      });
    case 'bars':
      return layer.bars.map(({ y, from, to, tip }) => () => {
        const [[left], [right]] = [places.at(from, y), places.at(to, y)];
        const size = `;width:${share(Math.max(6, right - left), places.width)}`;
        return tipAt(places, places.at((from + to) / 2, y), tip, 'cell', size);
      });
    case 'line':
    case 'ribbon':
    case 'level':
    case 'intervals':
    case 'band':
    case 'extent':
      return [];
    default:
      return layer satisfies never;
  }
}

/** The box opens towards the middle of the drawing. */
function tipAt(
  { width, height }: Places,
  [left, top]: readonly [number, number],
  tip: string,
  kind = 'dot',
  size = '',
): Html {
  const across = left < width / 3 ? ' to-right' : left > (2 * width) / 3 ? ' to-left' : '';
  const down = top < height / 2 ? ' to-bottom' : '';
  const style = `left:${share(left, width)};top:${share(top, height)}${size}`;
  return html`<i class="${kind}${across}${down}" tabindex="-1" style="${style}"><b>${tip}</b></i>`;
}

function share(part: number, whole: number): string {
  return `${Math.round((part / whole) * 1000) / 10}%`;
}
