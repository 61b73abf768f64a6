import { escapeControls } from '../../../text/quote.js';
import { textWidth } from '../../text/text-width.js';
import { cutText } from '../../text/wrapped-text.js';
import { staggeredHeaders } from './staggered-headers.js';
import { widenedColumns } from './widened-columns.js';

/** The columns of the running trials, and what each has room for. */
export interface RunningLayout {
  /** Parameters, the most telling first; those at the end are left out first. */
  readonly parameters: readonly { readonly name: string; readonly width: number }[];
  /** Columns between two columns. */
  readonly gap: number;
  readonly repeat: number;
  /** 0 for none. */
  readonly bar: number;
  /** `12/40` and the space before it. */
  readonly epochs: number;
  readonly metric: number;
  /** 0 for none; the gap before it is not counted. */
  readonly curve: number;
}

/** Columns of the mark and of `#12345` or `ahead`. */
const TRIAL_COLUMNS = { mark: 2, number: 7 } as const;

/** The columns before the parameters. */
export const trialColumns = { ...TRIAL_COLUMNS, all: TRIAL_COLUMNS.mark + TRIAL_COLUMNS.number } as const;

/** Columns from which there is a bar, columns that names leave to it, and columns from which there is a curve too. */
const DRAWN_WIDTH = { min: 6, kept: 8, both: 14 };

const NUMBER_WIDTH = 8;

const EPOCH = 'epoch';

/**
 * The columns for these values of parameters and the most epochs of a trial, at a width. Parameters come before bar and
 * curve: the epoch says how far a trial is, but nothing else says what it tries.
 */
export function runningLayout(
  width: number,
  parameters: readonly { readonly name: string; readonly values: readonly string[] }[],
  maxEpochs: number,
): RunningLayout {
  const isNarrow = width < 70;
  const gap = isNarrow ? 1 : 2;
  const epochs = 2 * String(maxEpochs).length + 2;
  const repeat = isNarrow ? 3 : 6;
  const metric = NUMBER_WIDTH + gap;
  const room = width - trialColumns.all - repeat - gap - epochs - metric;
  const fits = fitting(
    parameters.map(({ name, values }) => ({ name, width: Math.max(1, ...values.map(textWidth)) })),
    room,
    gap,
  );
  const widths = widenedColumns(
    fits.map((column) => column.width),
    fits.map((column) => column.name),
    room - DRAWN_WIDTH.kept - widthOf(fits, gap),
  );
  const columns = fits.map(({ name }, i) => ({ name, width: widths[i] ?? 0 }));
  const drawn = Math.max(0, room - widthOf(columns, gap));
  const curve = drawn < DRAWN_WIDTH.both ? 0 : Math.min(16, Math.floor(drawn * 0.45));
  const bar = drawn < DRAWN_WIDTH.min ? 0 : Math.min(24, drawn - curve - (curve === 0 ? 0 : gap));
  return { parameters: columns, gap, repeat, bar, epochs, metric, curve };
}

type Columns = RunningLayout['parameters'];

/** As many columns as fit; the first is cut rather than left out. */
function fitting(columns: Columns, room: number, gap: number): Columns {
  let fits = columns;
  while (fits.length > 1 && widthOf(fits, gap) > room) fits = fits.slice(0, -1);
  if (fits.length > 1) return fits;
  return fits.map(({ name, width }) => ({ name, width: Math.max(0, Math.min(width, room - gap)) }));
}

function widthOf(columns: Columns, gap: number): number {
  return columns.reduce((sum, { width }) => sum + width + gap, 0);
}

/**
 * The lines above the running trials, at most `max`: the names of the columns, and of the metric of the trials. A name
 * that would run into the next one goes a line higher.
 */
export function runningHead(layout: RunningLayout, metricName: string, max: number): string[] {
  const { parameters, gap, bar, epochs } = layout;
  let start: number = trialColumns.all;
  const names = parameters.map(({ name, width }) => {
    const flag = { name: escapeControls(name), start };
    start += width + gap;
    return flag;
  });
  const repeat = { name: layout.repeat < 6 ? 'rep' : 'repeat', start };
  const drawn = start + layout.repeat + gap;
  const end = drawn + bar + epochs + layout.metric;
  const besideEpoch = layout.metric - 1 + (bar > 0 ? bar + epochs - EPOCH.length : 0);
  const metric = cutText(escapeControls(metricName), max > 1 ? end - trialColumns.mark : besideEpoch);
  return staggeredHeaders(
    [
      { name: 'trial', start: trialColumns.mark },
      ...names,
      repeat,
      { name: EPOCH, start: bar > 0 ? drawn : drawn + epochs - EPOCH.length },
      { name: metric, start: Math.max(trialColumns.mark, end - textWidth(metric)) },
    ],
    max,
  );
}
