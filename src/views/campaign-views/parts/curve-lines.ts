import { type Html, html } from '../../report/html.js';
import type { PlotLayer, PlotRole } from '../../report/plot/plot.js';
import type { CurveBand } from './curve-band.js';

const ROLES: readonly PlotRole[] = ['chosen', 'baseline', 'good', 'bad', 'plain'];

/** Lines that can be distinguished by colour alone, and by colour and dashes. */
export const MAX_COLOURS = ROLES.length;
export const MAX_LINES = 2 * MAX_COLOURS;

/** The colour of a line, by its place among the lines of a picture. */
export const roleOf = (i: number): PlotRole => ROLES[i % ROLES.length] ?? 'plain';
export const isDashed = (i: number): boolean => i >= ROLES.length;

/** The stretch from the least to the greatest value of a curve. */
export function bandRibbon({ points }: CurveBand, i: number): PlotLayer {
  return {
    kind: 'ribbon',
    role: roleOf(i),
    points: points.map(({ epoch, low, high }) => [epoch, low, high] as const),
  };
}

/** The mean of a curve. */
export function bandLine({ points }: CurveBand, i: number): PlotLayer {
  return {
    kind: 'line',
    role: roleOf(i),
    dashed: isDashed(i),
    width: 2,
    points: points.map(({ epoch, mean }) => [epoch, mean] as const),
  };
}

/** What each line means, in the order of the lines. */
export function curveKey(labels: readonly string[]): Html {
  return html`<ul class="curve-key">${labels.map(
    (label, i) =>
      html`<li><span class="mark ${roleOf(i)}" aria-hidden="true">${isDashed(i) ? '╌' : '━'}</span> ${label}</li>\n`,
  )}</ul>`;
}
