import { stringify } from 'csv-stringify/sync';
import type { SkippedLines } from '../../app/model/chosen-network.js';
import type { PreparedTarget } from '../../data/prepare/preparation.js';
import type { PredictionSummary, RowPredictions } from '../../mlp/prediction/predict-rows.js';
import type { RowLayout } from '../../mlp/prediction/row-layout.js';
import type { Score } from '../../mlp/prediction/score-keeper.js';
import { formatList } from '../../text/list.js';
import { formatCount, formatNumber, formatWhole } from '../../text/number.js';
import { quote } from '../../text/quote.js';

/** What becomes of the names of classes before they are written: for a terminal, control characters are escaped. */
export type CleanText = (text: string) => string;

const asIs: CleanText = (text) => text;

/** The header line: `prediction`, and for classes `probability_` with each class. */
export function predictionHeader(target: PreparedTarget, clean: CleanText = asIs): string {
  const classes = target.kind === 'class' ? target.classes : [];
  return stringify([['prediction', ...classes.map((name) => clean(`probability_${name}`))]]);
}

/** A line a row. Numbers have the shortest form that reads back to the same double. */
export function predictionText(
  target: PreparedTarget,
  answers: RowPredictions,
  clean: CleanText = asIs,
): string {
  const { rows, predicted, probabilities } = answers;
  if (probabilities === null) return rows === 0 ? '' : `${predicted.join('\n')}\n`;
  const names = namesAsCells(target, clean);
  const width = probabilities.length / Math.max(1, rows);
  let text = '';
  predicted.forEach((name, row) => {
    text += names.get(name) ?? '';
    for (let k = row * width; k < (row + 1) * width; k++) text += `,${probabilities[k]}`;
    text += '\n';
  });
  return text;
}

/**
 * Class names as they stand in a CSV file, quoted where they must be. One that a spreadsheet would take for a formula
 * gets a leading apostrophe, unless it is a number.
 */
function namesAsCells(target: PreparedTarget, clean: CleanText): ReadonlyMap<string | number, string> {
  const classes = target.kind === 'class' ? target.classes : [];
  return new Map(
    classes.map((name) => {
      const isNumber = Number.isFinite(Number(name));
      return [name, stringify([[clean(name)]], { eof: false, escape_formulas: !isNumber })];
    }),
  );
}

/** Says which lines were skipped because training skipped them, and which were not in a table with this many rows. */
export function skippedText({ above, below: belowInTraining }: SkippedLines, rows: number): string {
  const below = belowInTraining.filter((line) => line <= above.length + 1 + rows);
  const lines = [];
  if (above.length > 0) {
    lines.push(`skipped ${formatLines(above)}, as in training (--skip-lines 0 skips none)\n`);
  }
  if (below.length > 0) {
    const all = [...above, ...below].join(',');
    lines.push(
      `not skipped, as new tables have rows there: ${formatLines(below)} of training (--skip-lines [${all}] skips ` +
        `${below.length === 1 ? 'it' : 'them'}, too)\n`,
    );
  }
  return lines.join('');
}

function formatLines(lines: readonly number[]): string {
  return `${lines.length === 1 ? 'line' : 'lines'} ${formatList(lines.map(String))}`;
}

/** The summary of the predictions of a table; `dropped` are columns that training left out on purpose. */
export function summaryText(summary: PredictionSummary, dropped: readonly (string | number)[]): string {
  const { rows, layout, filled, unknown, unknownFilled, score } = summary;
  const left = new Set(dropped.map((reference) => indexIn(layout, reference)));
  const others = layout.others.filter(({ name, index }) => !dropped.includes(name) && !left.has(index));
  const lines = [`${formatCount(rows, 'row')} predicted`];
  if (others.length > 0) {
    const shown = others.slice(0, 8).map(formatColumn);
    const more = others.length > 8 ? [`${others.length - 8} more`] : [];
    lines.push(`ignored, as the network was not trained on them: ${formatList([...shown, ...more])}`);
  }
  if (filled > 0) lines.push(`filled ${formatCount(filled, 'missing cell')} as in training`);
  for (const [cells, becomes] of [
    [unknown, 'counts as none of them'],
    [unknownFilled, 'is filled as a missing cell'],
  ] as const) {
    for (const [column, count] of cells) {
      lines.push(
        `${quote(column)} has a category that the network does not know in ${formatCount(count, 'row')}; it ${becomes}`,
      );
    }
  }
  return `${[...lines, ...scoreLines(score)].join('\n')}\n`;
}

/** The index of a column that training left out by its index; null if that means nothing in this file. */
function indexIn({ isAsInTraining, width }: RowLayout, reference: string | number): number | null {
  if (typeof reference === 'string' || !isAsInTraining) return null;
  return reference < 0 ? width + reference : reference;
}

function formatColumn({ name, index, isRepeated }: RowLayout['others'][number]): string {
  if (name === '') return `the unnamed column at index ${index}`;
  return isRepeated ? `${quote(name)} at index ${index}` : quote(name);
}

function scoreLines(score: Score | null): string[] {
  if (score === null) return [];
  if (score.kind === 'number')
    return [`rmse ${formatNumber(score.rmse)} (${formatCount(score.rows, 'row')})`];
  const { rows, correct, unknown } = score;
  const lines = [
    `accuracy ${formatNumber(correct / rows)} (${formatWhole(correct)} of ${formatCount(rows, 'row')})`,
  ];
  if (unknown > 0) {
    lines.push(
      `${formatCount(unknown, 'row')} of a class that training did not have ` +
        `${unknown === 1 ? 'counts' : 'count'} as wrong`,
    );
  }
  return lines;
}
