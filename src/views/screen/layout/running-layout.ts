import { escapeControls } from '../../../text/quote.js';
import { cutText, textWidth } from '../../text/wrapped-text.js';

/** The columns of the running trials, and what each has room for. */
export interface RunningLayout {
  /** Parameters, the most telling first; those at the end are left out first. */
  readonly parameters: readonly { readonly name: string; readonly width: number }[];
  /** Columns between two columns. */
  readonly gap: number;
  readonly repeat: number;
  readonly bar: number;
  /** `12/40` and the space before it. */
  readonly epochs: number;
  readonly metric: number;
  readonly curve: number;
}

/** Columns of the mark and of `#12345` or `ahead`. */
export const TRIAL_COLUMNS = { mark: 2, number: 7 } as const;

/** The room that bar and curve need together to be worth a look, and the room of a bar alone. */
const DRAWN_WIDTH = { enough: 14, min: 6 };

/** A name over narrow values gets this room. */
const MIN_NAME = 3;

const NUMBER_WIDTH = 8;

/** The columns for these values of parameters, the most epochs of a trial, and the metric's name, at a width. */
export function runningLayout(
  width: number,
  parameters: readonly { readonly name: string; readonly values: readonly string[] }[],
  maxEpochs: number,
  metricName: string,
): RunningLayout {
  const isNarrow = width < 70;
  const gap = isNarrow ? 1 : 2;
  const epochs = 2 * String(maxEpochs).length + 2;
  const repeat = isNarrow ? 3 : 6;
  const maxMetric = width < 64 ? 12 : 20;
  const metric = Math.max(NUMBER_WIDTH, Math.min(textWidth(escapeControls(metricName)), maxMetric)) + gap;
  const fixed = TRIAL_COLUMNS.mark + TRIAL_COLUMNS.number + repeat + gap + epochs + metric + gap;
  const cells = parameters.map(({ name, values }) => {
    const max = textWidth(escapeControls(name));
    const needed = Math.max(1, ...values.map(textWidth));
    return { name, width: Math.max(needed, Math.min(max, MIN_NAME)) };
  });
  const columns = widened(
    fitting(cells, width - fixed - DRAWN_WIDTH.min, gap),
    width - fixed - DRAWN_WIDTH.enough,
    gap,
  );
  const drawn = Math.max(0, width - fixed - widthOf(columns, gap));
  const curve = drawn < DRAWN_WIDTH.enough ? 0 : Math.min(16, Math.floor(drawn * 0.45));
  return { parameters: columns, gap, repeat, bar: Math.min(24, drawn - curve), epochs, metric, curve };
}

type Columns = RunningLayout['parameters'];

/** As many columns as fit; the first is cut rather than left out. */
function fitting(columns: Columns, room: number, gap: number): Columns {
  let fits = columns;
  while (fits.length > 1 && widthOf(fits, gap) > room) fits = fits.slice(0, -1);
  return fits.map(({ name, width }) => ({
    name,
    width: fits.length > 1 ? width : Math.max(0, Math.min(width, room - gap)),
  }));
}

/** Columns as wide as their names, as far as there is room. */
function widened(columns: Columns, room: number, gap: number): Columns {
  let left = room - widthOf(columns, gap);
  return columns.map(({ name, width }) => {
    const more = Math.max(0, Math.min(left, textWidth(escapeControls(name)) - width));
    left -= more;
    return { name, width: width + more };
  });
}

function widthOf(columns: Columns, gap: number): number {
  return columns.reduce((sum, { width }) => sum + width + gap, 0);
}

/** A name cut to its column. */
export function columnName(name: string, width: number): string {
  return cutText(escapeControls(name), width);
}
