import { memo, type ReactNode } from 'react';
import type { Metric } from '../../campaign/metric.js';
import type { Parameters } from '../../campaign/parameters.js';
import { count } from '../../campaign/wording.js';
import { type Contender, type Leaderboard, ranked } from '../leaderboard.js';
import { columnMean, nameInWords, printable, valueText } from '../wording.js';
import { cutText, fitText, textWidth } from '../wrapped-text.js';
import { intervalBar, type Scale, scaleOf } from './interval-bar.js';
import { Line, type Tone, Toned } from './tone.js';

/** Rows that the table needs at least, names included, and rows that it can use. */
export function leaderboardRows({ contenders }: Leaderboard): {
  readonly least: number;
  readonly most: number;
} {
  return { least: 1 + Math.min(2, contenders.length), most: 1 + contenders.length };
}

/** Above so many settings the order of merit tells more than the order of the grid. */
const readable = 12;

/** Settings side by side: mean and standard error of the metric to scale, the best and the baseline marked. */
export const LeaderboardTable = memo(function LeaderboardTable(props: {
  readonly board: Leaderboard;
  readonly metric: Metric;
  readonly rows: number;
  readonly width: number;
}): ReactNode {
  const { board, metric, rows, width } = props;
  if (rows < 2) return null;
  const all = board.contenders.length <= Math.min(readable, rows - 1);
  const order = all && board.stage !== 'search' ? board.contenders : ranked(board.contenders, metric.goal);
  const shown = order.slice(0, order.length <= rows - 1 ? order.length : rows - 2);
  const columns = columnsOf(board, shown, width);
  const scale = scaleOf(shown);
  const baseline = board.contenders.find((one) => one.baseline)?.mean ?? null;
  const better = metric.goal === 'minimize' ? '← better' : 'better →';
  const names = board.names.map((name, i) => fitText(printable(name), columns.names[i] ?? 0)).join('  ');
  const hidden = order.length - shown.length;
  return (
    <>
      <Line>
        <Toned tone="quiet">{`${names}  ${fitText(better, columns.bar)}`}</Toned>
      </Line>
      {shown.map((contender) => (
        <Row
          key={JSON.stringify(contender.parameters)}
          label={labelOf(contender.parameters, board.names, columns)}
          bar={barOf(contender, scale, columns.bar, contender.baseline ? null : baseline)}
          number={fitText(numberOf(contender.mean, contender.standardError), columns.number)}
          note={noteOf(contender, columns.note)}
          best={contender.best}
          wanting={contender.failed + contender.diverged > 0}
        />
      ))}
      {hidden > 0 && (
        <Line>
          <Toned tone="quiet">{`… ${count(hidden, 'more setting')}`}</Toned>
        </Line>
      )}
    </>
  );
});

/** What the table compares, as long as there is room. */
export function leaderboardTitle({ stage, contenders }: Leaderboard, metric: Metric, width: number): string {
  const name = nameInWords(stage);
  const short = `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${contenders.length} settings, mean ${printable(metric.name)}`;
  const long = `${short} ± standard error`;
  return textWidth(long) <= width ? long : short;
}

interface Columns {
  readonly names: readonly number[];
  readonly bar: number;
  readonly number: number;
  /** Of the words at the end of a row. */
  readonly note: number;
}

/** Below so many columns an interval says nothing. */
const shortestBar = 8;

/** The bar gets what the words leave; where that is too little, it gives way to them. */
function columnsOf({ names }: Leaderboard, shown: readonly Contender[], width: number): Columns {
  const fair = Math.max(4, Math.floor((width * 0.35) / Math.max(1, names.length)) - 2);
  // Two values that are cut look the same, so a name gives way before the values under it do.
  const wanted = names.map((name) => {
    const values = shown.map(({ parameters }) => textWidth(valueText(parameters[name])));
    return Math.max(Math.min(fair, textWidth(name)), ...values);
  });
  const fits = wanted.reduce((sum, one) => sum + one + 2, 0) <= width / 2;
  const widths = fits ? wanted : wanted.map((one) => Math.min(fair, one));
  const number = Math.max(
    5,
    ...shown.map(({ mean, standardError }) => textWidth(numberOf(mean, standardError))),
  );
  const notes = Math.max(8, ...shown.map((contender) => textWidth(noteOf(contender, width))));
  const taken = widths.reduce((sum, one) => sum + one + 2, 0) + number + 5;
  const note = Math.min(notes, Math.max(8, width - taken - 2 * shortestBar));
  const bar = Math.min(64, width - taken - note);
  return { names: widths, bar: bar < shortestBar ? 0 : bar, number, note };
}

/** Drawn anew only when one of its words changed. */
const Row = memo(function Row(props: {
  readonly label: string;
  readonly bar: string;
  readonly number: string;
  readonly note: string;
  readonly best: boolean;
  /** Some of its repeats have no result. */
  readonly wanting: boolean;
}): ReactNode {
  const tone: Tone = props.best ? 'strong' : 'plain';
  return (
    <Line>
      <Toned tone={tone}>{`${props.label}  `}</Toned>
      <Toned tone={props.best ? 'good' : 'accent'}>{props.bar}</Toned>
      <Toned tone={tone}>{`  ${props.number}  `}</Toned>
      <Toned tone={props.best ? 'good' : props.wanting ? 'bad' : 'quiet'}>{props.note}</Toned>
    </Line>
  );
});

function labelOf(parameters: Parameters, names: readonly string[], columns: Columns): string {
  return names.map((name, i) => fitText(valueText(parameters[name]), columns.names[i] ?? 0)).join('  ');
}

function barOf(
  { mean, standardError }: Contender,
  scale: Scale | null,
  width: number,
  baseline: number | null,
): string {
  if (mean === null || scale === null) return ' '.repeat(width);
  return intervalBar(mean, standardError, scale, width, baseline);
}

function numberOf(mean: number | null, standardError: number | null): string {
  return mean === null ? '' : columnMean(mean, standardError);
}

/** What there is to say of a setting, the most important first, as far as there is room. */
function noteOf(contender: Omit<Contender, 'parameters' | 'mean' | 'standardError'>, room: number): string {
  const { best, baseline, ended, asked, running, failed, diverged } = contender;
  const words = [
    ...(best ? ['best'] : []),
    ...(baseline ? ['baseline'] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(diverged > 0 ? [`${diverged} diverged`] : []),
    ended < asked ? `${ended}/${asked}` : `×${asked}`,
    ...(running > 0 ? ['running'] : []),
  ];
  while (words.length > 1 && words.join(' ').length > room) words.pop();
  return cutText(words.join(' '), room);
}
