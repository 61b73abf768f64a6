import { type ReactNode, useRef } from 'react';
import type { TrialKey } from '../../../campaign/trial.js';
import { escapeControls } from '../../../text/quote.js';
import { fitText, textWidth } from '../../text/wrapped-text.js';
import { Line, StyledText } from '../widgets/line.js';
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

/** A name above narrow cells gets this room. */
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
  const room = Math.max(1, rows - 1);
  const place = list.findIndex(({ trial }) => trial.key === props.selected);
  start.current = keepInView(start.current, place, room, list.length);
  const shown = list.slice(start.current, start.current + room);
  const columns = columnsOf(shown, props.columns, width - MARKS_WIDTH);
  const gap = ' '.repeat(GAP);
  return (
    <>
      <Line>
        {' '.repeat(MARKS_WIDTH)}
        {columns.map(({ name, width: columnWidth }) => (
          <StyledText key={name} textStyle={name === props.sorted ? 'strong' : 'quiet'}>
            {fitText(escapeControls(name), columnWidth) + gap}
          </StyledText>
        ))}
      </Line>
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

/** Names are cut before whole columns are left out. */
function columnsOf(shown: readonly TrialRow[], names: readonly string[], width: number): TableColumn[] {
  const cellsOf = (name: string): number =>
    Math.max(1, ...shown.map(({ cells }) => textWidth(cells[name] ?? '')));
  const whole = names.map((name) => ({
    name,
    width: Math.max(cellsOf(name), textWidth(escapeControls(name))),
  }));
  if (widthOf(whole) <= width) return whole;
  const cut = whole.map(({ name, width: full }) => ({
    name,
    width: Math.min(full, Math.max(cellsOf(name), MIN_NAME)),
  }));
  while (cut.length > 1 && widthOf(cut) > width) cut.pop();
  return cut.map((column) => ({ ...column, width: Math.min(column.width, width) }));
}

function widthOf(columns: readonly TableColumn[]): number {
  return columns.reduce((sum, { width }) => sum + width, GAP * Math.max(0, columns.length - 1));
}
