import { Fragment, memo, type ReactNode, useRef } from 'react';
import { formatName, formatSetting, formatValue } from '../../../campaign/format-setting.js';
import type { Metric } from '../../../campaign/metric.js';
import { isSameSetting, type Parameters } from '../../../campaign/parameters.js';
import { formatCount } from '../../../text/number.js';
import { escapeControls } from '../../../text/quote.js';
import { type Contender, type Leaderboard, ranked } from '../../model/leaderboard.js';
import { textWidth } from '../../text/text-width.js';
import { fitText, wrapList } from '../../text/wrapped-text.js';
import { BETWEEN, headOf, type LeaderboardLayout, leaderboardLayout } from '../layout/leaderboard-layout.js';
import { keepInView } from '../lists/list-view.js';
import { noteOf, numberOf } from './contender-label.js';
import { intervalBar, type Scale, scaleOf } from './interval-bar.js';
import { Line, StyledText } from './line.js';
import type { TextStyle } from './text-style.js';

/** Lines of names that a table has room for at least, if it needs them. */
const MIN_HEAD = 2;

/** Rows that the table needs at least, names included, and rows that it can use, at a width. */
export function leaderboardRows(
  board: Leaderboard,
  metric: Metric,
  width: number,
): { readonly min: number; readonly max: number } {
  const layout = leaderboardLayout(board, width);
  const settings = board.contenders.length;
  switch (layout.kind) {
    case 'table': {
      const head = headOf(board.names, layout, metric.goal).length;
      return { min: Math.min(MIN_HEAD, head) + Math.min(2, settings), max: head + settings };
    }
    case 'blocks':
      return { min: 3, max: layout.lines * settings };
    default:
      return layout satisfies never;
  }
}

/** Above this number of settings, sorting by score shows more than the order of the grid. */
const READABLE = 12;

/**
 * Settings side by side: mean and standard error of the metric to scale, the best and the baseline marked. With `list`
 * it is a window of that list which follows the selected setting.
 */
export const LeaderboardTable = memo(function LeaderboardTable(props: {
  readonly board: Leaderboard;
  readonly metric: Metric;
  readonly list?: readonly Contender[];
  readonly selected?: Parameters | null;
  readonly rows: number;
  readonly width: number;
}): ReactNode {
  const { board, metric, rows, list, selected = null } = props;
  const start = useRef(0);
  if (rows < 2) return null;
  const marked = list !== undefined;
  const width = marked ? props.width - BETWEEN : props.width;
  const layout = leaderboardLayout(board, width);
  const head = headFor(board, metric, rows, layout);
  const lines = layout.kind === 'table' ? 1 : layout.lines;
  const capacity = Math.max(1, Math.floor((rows - head.length) / lines));
  const order = list ?? orderOf(board, metric, capacity);
  const isWhole = order.length <= capacity;
  // One row says how many others there are.
  const room = isWhole ? capacity : Math.max(1, Math.floor((rows - head.length - 1) / lines));
  const place =
    selected === null ? -1 : order.findIndex(({ parameters }) => isSameSetting(parameters, selected));
  start.current = marked ? keepInView(start.current, place, room, order.length) : 0;
  const heights = order
    .slice(start.current, start.current + rows)
    .map((one) => heightOf(one, board.names, layout, width));
  const shown = order.slice(
    start.current,
    start.current + Math.max(room, fitting(heights, rows - head.length - 1)),
  );
  const scale = scaleOf(
    board.contenders.map(({ adjusted, standardError }) => ({ mean: adjusted, standardError })),
  );
  const baseline = board.contenders.find((one) => one.baseline)?.adjusted ?? null;
  const indent = marked ? ' '.repeat(BETWEEN) : '';
  return (
    <>
      {head.map((line) => (
        <Line key={line}>
          <StyledText textStyle="quiet">{indent + line}</StyledText>
        </Line>
      ))}
      {shown.map((contender) => (
        <Fragment key={JSON.stringify(contender.parameters)}>
          <Row
            mark={marked && contender === order[place] ? '▸ ' : indent}
            label={layout.kind === 'table' ? labelOf(contender, board.names, layout) : ''}
            bar={barOf(contender, scale, layout.bar, contender.baseline ? null : baseline)}
            number={fitText(numberOf(contender), layout.number)}
            note={noteOf(contender, layout.note)}
            best={contender.best}
            wanting={contender.failed + contender.diverged > 0}
          />
          {layout.kind === 'blocks' && (
            <Values
              lines={wrapList(formatSetting(contender.parameters, board.names), width - BETWEEN)}
              rows={Math.min(layout.lines, rows) - 1}
              best={contender.best}
            />
          )}
        </Fragment>
      ))}
      {!isWhole && (
        <Line>
          <StyledText textStyle="quiet">
            {indent + hiddenText(start.current, shown.length, order.length)}
          </StyledText>
        </Line>
      )}
    </>
  );
});

/** Lines that a setting takes. */
function heightOf(
  { parameters }: Contender,
  names: readonly string[],
  { kind }: LeaderboardLayout,
  width: number,
): number {
  return kind === 'table' ? 1 : 1 + wrapList(formatSetting(parameters, names), width - BETWEEN).length;
}

/** How many of the first settings fit into this number of rows. */
function fitting(heights: readonly number[], rows: number): number {
  let [count, used] = [0, 0];
  for (const height of heights) {
    used += height;
    if (used > rows) break;
    count += 1;
  }
  return count;
}

/** In the order in which they were asked for, where all can be seen; otherwise the best first. */
function orderOf(board: Leaderboard, metric: Metric, capacity: number): readonly Contender[] {
  const all = board.contenders.length <= Math.min(READABLE, capacity);
  return all && board.role !== 'search' ? board.contenders : ranked(board.contenders, metric.goal);
}

function hiddenText(above: number, shown: number, all: number): string {
  const below = all - above - shown;
  if (above === 0) return `… ${formatCount(below, 'more setting')}`;
  return `… ${formatCount(above, 'setting')} above, ${below} below`;
}

/** What the table compares, as long as there is room. */
export function leaderboardTitle({ stage, contenders }: Leaderboard, metric: Metric, width: number): string {
  const name = formatName(stage);
  const short =
    `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${contenders.length} settings, mean ` +
    `${escapeControls(metric.name)}`;
  const isAdjusted = contenders.some(({ mean, adjusted }) => mean !== adjusted);
  const long = `${short} ± standard error`;
  const longest = isAdjusted ? `${long}, adjusted for repeats` : long;
  return [longest, long].find((title) => textWidth(title) <= width) ?? short;
}

/** The names whole, where at least a few settings have a place under them. */
function headFor(
  { names, contenders }: Leaderboard,
  { goal }: Metric,
  rows: number,
  layout: LeaderboardLayout,
): string[] {
  if (layout.kind === 'blocks') return [];
  return headOf(names, layout, goal, Math.max(1, rows - Math.min(3, contenders.length)));
}

/** Redrawn only when one of its words changed. */
const Row = memo(function Row(props: {
  /** Before the row: where the selection is, or the room for it. */
  readonly mark: string;
  readonly label: string;
  readonly bar: string;
  readonly number: string;
  readonly note: string;
  readonly best: boolean;
  /** Some of its repeats have no result. */
  readonly wanting: boolean;
}): ReactNode {
  const { label, bar } = props;
  const textStyle: TextStyle = props.best ? 'strong' : 'plain';
  const apart = ' '.repeat(BETWEEN);
  return (
    <Line>
      {props.mark}
      {label !== '' && <StyledText textStyle={textStyle}>{label + apart}</StyledText>}
      {bar !== '' && <StyledText textStyle={props.best ? 'good' : 'accent'}>{bar + apart}</StyledText>}
      <StyledText textStyle={textStyle}>{props.number + apart}</StyledText>
      <StyledText textStyle={props.best ? 'good' : props.wanting ? 'bad' : 'quiet'}>{props.note}</StyledText>
    </Line>
  );
});

function Values(props: {
  readonly lines: readonly string[];
  readonly rows: number;
  readonly best: boolean;
}): ReactNode {
  return props.lines.slice(0, props.rows).map((line) => (
    <Line key={line}>
      {' '.repeat(BETWEEN)}
      <StyledText textStyle={props.best ? 'strong' : 'plain'}>{line}</StyledText>
    </Line>
  ));
}

function labelOf(
  { parameters }: Contender,
  names: readonly string[],
  { names: widths, gap }: { readonly names: readonly number[]; readonly gap: number },
): string {
  return names.map((name, i) => fitText(formatValue(parameters[name]), widths[i] ?? 0)).join(' '.repeat(gap));
}

function barOf(
  { adjusted: mean, standardError }: Contender,
  scale: Scale | null,
  width: number,
  baseline: number | null,
): string {
  if (mean === null || scale === null) return ' '.repeat(width);
  return intervalBar(mean, standardError, scale, width, baseline);
}
