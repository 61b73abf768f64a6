import { formatSetting, formatValue } from '../../../campaign/format-setting.js';
import { escapeControls } from '../../../text/quote.js';
import type { Contender, Leaderboard } from '../../model/leaderboard.js';
import { textWidth } from '../../text/text-width.js';
import { wrapList } from '../../text/wrapped-text.js';
import { noteOf, numberOf } from '../widgets/contender-label.js';
import { staggeredHeaders } from './staggered-headers.js';
import { widenedColumns } from './widened-columns.js';

/** Columns of what says how a setting does; a bar of 0 is none. */
interface Measures {
  readonly bar: number;
  readonly number: number;
  /** The words at the end. */
  readonly note: number;
}

/** A line for each setting, its values under the names of the parameters. */
export interface TableLayout extends Measures {
  readonly kind: 'table';
  /** Columns of each parameter, and of the space between two. */
  readonly names: readonly number[];
  readonly gap: number;
}

/** How a setting does in one line, and its values with their names in the lines below. */
interface BlocksLayout extends Measures {
  readonly kind: 'blocks';
  /** Lines of a setting, at the most. */
  readonly lines: number;
}

export type LeaderboardLayout = TableLayout | BlocksLayout;

/** A bar of fewer columns says nothing; from `enough` on names come before it; it never needs more than `most`. */
const bars = { min: 8, enough: 16, max: 64 };

const MIN_NOTE = 8;

/** Columns between label, bar, number and note, and before the lines of a setting. */
export const BETWEEN = 2;

/**
 * The layout that cuts nothing by which settings differ. Values get the columns that they need; names
 * get more than that where the bar can spare it, and otherwise stand at different heights. Where the values alone are
 * too many for a line, each setting has several.
 */
export function leaderboardLayout(board: Leaderboard, width: number): LeaderboardLayout {
  return tableOf(board, width, 2) ?? tableOf(board, width, 1) ?? blocksOf(board, width);
}

function tableOf({ names, contenders }: Leaderboard, width: number, gap: number): TableLayout | null {
  const needs = needsOf(contenders);
  const values = valueWidths(names, contenders);
  const rest = width - labelWidth({ names: values, gap }) - needs.number - 2 * BETWEEN;
  if (rest < MIN_NOTE) return null;
  const noteWithBar = Math.min(needs.note, Math.max(MIN_NOTE, rest - BETWEEN - bars.enough));
  const room = rest - noteWithBar - BETWEEN;
  const bar = room < bars.min ? 0 : room;
  const note = bar === 0 ? Math.min(needs.note, rest) : noteWithBar;
  const spare = bar === 0 ? rest - note : Math.max(0, bar - bars.enough);
  const widths = widenedColumns(values, names, spare);
  const left = bar - (sum(widths) - sum(values));
  const layout: TableLayout = {
    kind: 'table',
    names: widths,
    gap,
    bar: bar === 0 ? 0 : Math.min(bars.max, left),
    number: needs.number,
    note,
  };
  const stick = startsOf(layout).some(
    (start, i) => start + textWidth(escapeControls(names[i] ?? '')) > width,
  );
  return stick ? null : layout;
}

function blocksOf({ names, contenders }: Leaderboard, width: number): BlocksLayout {
  const needs = needsOf(contenders);
  const rest = Math.max(0, width - needs.number - 2 * BETWEEN);
  const note = Math.min(needs.note, Math.max(MIN_NOTE, rest - bars.enough));
  const bar = rest - note < bars.min ? 0 : Math.min(bars.max, rest - note);
  const values = valueWidths(names, contenders);
  const longest = Object.fromEntries(names.map((name, i) => [name, 'x'.repeat(values[i] ?? 0)]));
  const lines = 1 + wrapList(formatSetting(longest, names), width - BETWEEN).length;
  return { kind: 'blocks', lines, bar, number: needs.number, note };
}

function needsOf(contenders: readonly Contender[]): Pick<Measures, 'number' | 'note'> {
  return {
    number: Math.max(5, ...contenders.map((one) => textWidth(numberOf(one)))),
    note: Math.max(MIN_NOTE, ...contenders.map((one) => textWidth(noteOf(one, Number.POSITIVE_INFINITY)))),
  };
}

function valueWidths(names: readonly string[], contenders: readonly Contender[]): number[] {
  return names.map((name) =>
    Math.max(1, ...contenders.map(({ parameters }) => textWidth(formatValue(parameters[name])))),
  );
}

const better = { minimize: '← better', maximize: 'better →' };

/** The lines over a table, at most `rows`: the names of the parameters, and in which direction it gets better. */
export function headOf(
  names: readonly string[],
  layout: TableLayout,
  goal: 'minimize' | 'maximize',
  max = Number.POSITIVE_INFINITY,
): string[] {
  const starts = startsOf(layout);
  const flags = names.map((name, i) => ({ name: escapeControls(name), start: starts[i] ?? 0 }));
  if (layout.bar === 0) return staggeredHeaders(flags, max);
  const bar = labelWidth(layout) + BETWEEN;
  const last = flags.at(-1);
  const afterLast = last === undefined ? bar : last.start + textWidth(last.name) + BETWEEN;
  const direction = better[goal];
  const start = Math.min(Math.max(bar, afterLast), bar + layout.bar - textWidth(direction));
  return staggeredHeaders([...flags, { name: direction, start }], max);
}

function startsOf({ names, gap }: Pick<TableLayout, 'names' | 'gap'>): number[] {
  return names.map((_, i) => sum(names.slice(0, i)) + gap * i);
}

function labelWidth({ names, gap }: Pick<TableLayout, 'names' | 'gap'>): number {
  return sum(names) + gap * Math.max(0, names.length - 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
