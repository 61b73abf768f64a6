import { type ReactNode, useRef } from 'react';
import type { TrialKey } from '../../../campaign/trial.js';
import { escapeControls } from '../../../text/quote.js';
import { textWidth } from '../../text/text-width.js';
import { fitText } from '../../text/wrapped-text.js';
import { type Flag, staggeredHeaders } from '../layout/staggered-headers.js';
import { widenedColumns } from '../layout/widened-columns.js';
import { atPlaces, Line, StyledText } from '../widgets/line.js';
import type { TextStyle } from '../widgets/text-style.js';
import { keepInView } from './list-view.js';
import type { TrialRow } from './trial-list.js';

/** A column, and the room that it gets. */
interface TableColumn {
  readonly name: string;
  readonly width: number;
}

/** Columns between two columns, and before the first: the mark of the selection, and how the trial stands. */
const GAP = 2;
const MARKS_WIDTH = 4;

/** Rows of the names of the columns, and rows of a table that has room for several. */
export const MAX_HEAD = 4;
const ROWS_FOR_NAMES = 12;

/** A name in the only line of names gets this room. */
const MIN_NAME = 6;

/** Rows of the list of trials: a window that follows the selection, under the names of the columns. */
export function TrialTable(props: {
  readonly list: readonly TrialRow[];
  /** All columns; those at the end are left out first. */
  readonly columns: readonly string[];
  /** The name of the column that the list is sorted by. */
  readonly sorted: string;
  readonly selected: TrialKey | null;
  readonly rows: number;
  readonly width: number;
}): ReactNode {
  const { list, rows, width } = props;
  const start = useRef(0);
  const maxHead = rows < ROWS_FOR_NAMES ? 1 : MAX_HEAD;
  // The columns depend on the rows that are seen, and the number of rows on the lines of names.
  const visible = list.slice(start.current, start.current + rows);
  const columns = columnsOf(visible, props.columns, width - MARKS_WIDTH, maxHead);
  const flags = flagsOf(columns);
  const head = staggeredHeaders(flags, maxHead);
  const room = Math.max(1, rows - head.length);
  const place = list.findIndex(({ trial }) => trial.key === props.selected);
  start.current = keepInView(start.current, place, room, list.length);
  const shown = list.slice(start.current, start.current + room);
  const sorted = flags[columns.findIndex(({ name }) => name === props.sorted)];
  const gap = ' '.repeat(GAP);
  return (
    <>
      {atPlaces(head).map(({ place: line, item }) => (
        <HeadLine key={line} text={item} sorted={sorted} />
      ))}
      {shown.map(({ trial, mark, cells }) => (
        <Line key={trial.key}>
          {trial.key === props.selected ? '▸ ' : '  '}
          <StyledText textStyle={MARK_STYLES[trial.state]}>{`${mark} `}</StyledText>
          <StyledText textStyle={trial.key === props.selected ? 'strong' : 'plain'}>
            {columns.map(({ name, width: columnWidth }) => fitText(cells[name] ?? '', columnWidth)).join(gap)}
          </StyledText>
        </Line>
      ))}
    </>
  );
}

const MARK_STYLES: Readonly<Record<TrialRow['trial']['state'], TextStyle>> = {
  running: 'accent',
  finished: 'good',
  failed: 'bad',
  diverged: 'bad',
  stopped: 'warning',
  waiting: 'quiet',
};

/** A line of names, that of the column that the list is sorted by in bold. */
function HeadLine({ text, sorted }: { readonly text: string; readonly sorted: Flag | undefined }): ReactNode {
  const [start, end] =
    sorted !== undefined && text.startsWith(sorted.name, sorted.start)
      ? [sorted.start, sorted.start + sorted.name.length]
      : [text.length, text.length];
  return (
    <Line>
      <StyledText textStyle="quiet">{text.slice(0, start)}</StyledText>
      <StyledText textStyle="strong">{text.slice(start, end)}</StyledText>
      <StyledText textStyle="quiet">{text.slice(end)}</StyledText>
    </Line>
  );
}

/** Names stand at different heights, or are cut, before whole columns are left out. */
function columnsOf(
  shown: readonly TrialRow[],
  names: readonly string[],
  width: number,
  maxHead: number,
): TableColumn[] {
  const minName = maxHead === 1 ? MIN_NAME : 1;
  const narrow = names.map((name) => {
    const cells = Math.max(1, ...shown.map(({ cells: texts }) => textWidth(texts[name] ?? '')));
    return { name, width: Math.max(cells, Math.min(minName, textWidth(escapeControls(name)))) };
  });
  while (narrow.length > 1 && (widthOf(narrow) > width || (maxHead > 1 && endOfNames(narrow) > width)))
    narrow.pop();
  const widths = widenedColumns(
    narrow.map((column) => column.width),
    narrow.map((column) => column.name),
    width - widthOf(narrow),
  );
  return narrow.map(({ name }, i) => ({ name, width: Math.min(widths[i] ?? 0, width) }));
}

function flagsOf(columns: readonly TableColumn[]): Flag[] {
  let start = MARKS_WIDTH;
  return columns.map(({ name, width }) => {
    const flag = { name: escapeControls(name), start };
    start += width + GAP;
    return flag;
  });
}

/** Where the name above the last column ends, if no column is wider than its cells. */
function endOfNames(columns: readonly TableColumn[]): number {
  return widthOf(columns.slice(0, -1)) + GAP + textWidth(escapeControls(columns.at(-1)?.name ?? ''));
}

function widthOf(columns: readonly TableColumn[]): number {
  return columns.reduce((sum, { width }) => sum + width, GAP * Math.max(0, columns.length - 1));
}
