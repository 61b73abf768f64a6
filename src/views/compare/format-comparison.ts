import type { PairedDifference } from '../../campaign/statistics.js';
import type { CompareResult, MethodResult } from '../../compare/compare-result.js';
import { formatSeconds } from '../../text/duration.js';
import { formatColumnNumber, formatCount } from '../../text/number.js';
import { textWidth } from '../text/text-width.js';
import { fitText, wrapText } from '../text/wrapped-text.js';

/** What a comparison is shown with. */
interface ComparisonFormat {
  /** Columns that a line may have. */
  readonly width: number;
  /** How long each method would train, in seconds of one worker; without entries where nobody knows. */
  readonly seconds: ReadonlyMap<string, number>;
}

/** A column, and how soon it is left out where the terminal is narrow: the highest number first, 0 never. */
interface Column {
  readonly name: string;
  readonly rank: number;
  readonly align: 'left' | 'right';
  readonly text: (one: MethodResult) => string;
}

/** A comparison as text: the verdict, then a table of the methods with as many columns as the width allows. */
export function formatComparison(result: CompareResult, { width, seconds }: ComparisonFormat): string {
  const { table, draws, selection, judges, metric, verdict } = result;
  const about =
    `${formatCount(table.settings, 'setting')} on ${formatCount(table.repeats, 'repeat')}, up to ` +
    `${formatCount(table.epochs, 'epoch')}. In each of ${formatCount(draws, 'draw')}, methods choose on ` +
    `${formatCount(selection, 'repeat')}, and ${formatCount(judges, 'other')} ${judges === 1 ? 'judges' : 'judge'}. ` +
    `Regret: how much worse the choice is in ${metric.name} than that of the grid, with a 95 % interval.`;
  const columns = columnsWithin(columnsOf(result, seconds), result.methods, width);
  const header = tableLine(columns, (column) => column.name);
  const rows = result.methods.map((one) => tableLine(columns, (column) => column.text(one)));
  const lines = [...wrapText(verdict.sentence, width), '', ...wrapText(about, width), '', header, ...rows];
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function columnsOf(result: CompareResult, seconds: ReadonlyMap<string, number>): Column[] {
  const { metric, hasCosts, testMetric } = result;
  const right = 'right';
  const columns: Column[] = [
    { name: 'method', rank: 0, align: 'left', text: ({ method }) => method },
    { name: 'times less', rank: 0, align: right, text: ({ saving }) => formatColumnNumber(saving) },
    { name: 'regret', rank: 0, align: right, text: ({ regret }) => formatColumnNumber(regret.mean) },
    { name: 'interval', rank: 1, align: right, text: ({ regret }) => interval(regret) },
    { name: metric.name, rank: 3, align: right, text: ({ score }) => formatColumnNumber(score) },
    { name: 'trials', rank: 5, align: right, text: ({ trials }) => String(Math.round(trials)) },
    { name: 'epochs', rank: 6, align: right, text: ({ epochs }) => String(Math.round(epochs)) },
  ];
  if (hasCosts) {
    const text = ({ multiplyAdds }: MethodResult): string => multiplyAdds.toExponential(1);
    columns.push({ name: 'multiply-adds', rank: 2, align: right, text });
  }
  if (seconds.size > 0) {
    const text = ({ method }: MethodResult): string => formatSeconds(seconds.get(method) ?? Number.NaN);
    columns.push({ name: 'time', rank: 7, align: right, text });
  }
  if (testMetric !== null) {
    const text = ({ testRegret: one }: MethodResult): string =>
      one === null ? '' : `${formatColumnNumber(one.mean)} (${interval(one)})`;
    columns.push({ name: 'on the test part', rank: 4, align: right, text });
  }
  return columns;
}

function interval({ low, high }: PairedDifference): string {
  return low === null || high === null ? '' : `${formatColumnNumber(low)} to ${formatColumnNumber(high)}`;
}

/** A column with its width. */
type SizedColumn = Column & { readonly width: number };

const GAP = 2;

/** As many columns as the width allows, those of the lowest ranks. */
function columnsWithin(
  columns: readonly Column[],
  methods: readonly MethodResult[],
  width: number,
): SizedColumn[] {
  const sized = columns.map((column) => ({
    ...column,
    width: Math.max(textWidth(column.name), ...methods.map((one) => textWidth(column.text(one)))),
  }));
  const byRank = [...sized].sort((a, b) => a.rank - b.rank);
  let used = -GAP;
  const kept = new Set(
    byRank.filter((column) => {
      used += column.width + GAP;
      return column.rank === 0 || used <= width;
    }),
  );
  const excess = [...kept].reduce((sum, column) => sum + column.width + GAP, -GAP) - width;
  return sized
    .filter((column) => kept.has(column))
    .map((column, i) =>
      i === 0 && excess > 0 ? { ...column, width: Math.max(8, column.width - excess) } : column,
    );
}

function tableLine(columns: readonly SizedColumn[], text: (column: SizedColumn) => string): string {
  return columns.map((column) => fitText(text(column), column.width, column.align)).join(' '.repeat(GAP));
}
