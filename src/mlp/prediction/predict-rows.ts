import { dataError } from '../../data/diagnostics.js';
import type { RowSource } from '../../data/sources/row-source.js';
import { type Row, textsOf } from '../../data/sources/rows.js';
import { predictedClass } from '../activation.js';
import type { SavedNetwork } from '../network-file.js';
import { predictorOf } from '../prediction.js';
import { RowEncoder } from './row-encoder.js';
import { layoutOf, type RowLayout } from './row-layout.js';
import { type Score, ScoreKeeper, type TargetCell } from './score-keeper.js';

/** Numbers that are worked on at a time: two MiB of inputs, however wide a row. */
const NUMBERS_AT_ONCE = 262_144;

/** A table that is to be predicted. */
interface PredictedTable {
  readonly source: RowSource;
  /** The number of columns that training left out. */
  readonly dropped: number;
}

/** The answers to some rows, in their order. */
export interface RowPredictions {
  readonly rows: number;
  /** The class or number that is predicted for each row. */
  readonly predicted: readonly (string | number)[];
  /** rows x classes; null for numbers. */
  readonly probabilities: Float64Array | null;
}

/** What there is to say at the end. */
export interface PredictionSummary {
  readonly rows: number;
  readonly layout: RowLayout;
  /** Missing cells that were filled as in training. */
  readonly filled: number;
  /** Cells with a category that the network does not know, by column: they count as none of the categories. */
  readonly unknown: ReadonlyMap<string, number>;
  /** The like in ordinal columns, where they were filled as missing cells are. */
  readonly unknownFilled: ReadonlyMap<string, number>;
  /** null where the table has no target. */
  readonly score: Score | null;
}

/** A table that is being predicted. */
interface Predictions {
  /** To be taken once, from the first row to the last. */
  readonly answers: AsyncIterable<RowPredictions>;
  /** What there is to say once all answers have been taken. */
  summary(): PredictionSummary;
}

/**
 * Predicts a table row by row, in room that does not depend on their number. Its answers end with DATA_INVALID at
 * the first rows that cannot be predicted; those before them have been answered.
 */
export function predictRows(network: SavedNetwork, table: PredictedTable): Predictions {
  const { source } = table;
  const predict = predictorOf(network);
  let start: Start | null = null;
  let count = 0;
  return {
    answers: (async function* () {
      for await (const piece of source.read(() => {})) {
        const targets: TargetCell[] = [];
        piece.each((cells, line) => {
          if (start === null) {
            start = tableStart(network, table, { cells: textsOf(cells), line });
            if (start.layout.hasHeader) return;
          }
          const { encoder, layout } = start;
          encoder.take(cells, line);
          if (layout.target !== null) targets.push({ text: cells.text(layout.target), line });
        });
        if (start === null) continue;
        const { encoder, scores }: Start = start;
        const x = encoder.taken();
        const most = encoder.inputs * Math.max(1, Math.floor(NUMBERS_AT_ONCE / encoder.inputs));
        for (let from = 0; from < x.length; from += most) {
          const some = x.subarray(from, from + most);
          const rows = some.length / encoder.inputs;
          const answers = answersOf(network, predict(some), rows);
          const first = from / encoder.inputs;
          for (const [row, target] of targets.slice(first, first + rows).entries()) {
            scores?.take(target, answers.predicted[row] ?? '');
          }
          count += rows;
          yield answers;
        }
      }
      if (start === null) {
        throw dataError(
          `${source.placeOf(1, 1)}  found an empty table, expected rows of comma-separated cells.`,
        );
      }
    })(),
    summary() {
      if (start === null) throw new RangeError('there is nothing to say before the answers were taken');
      const { encoder, layout, scores } = start;
      return { rows: count, layout, ...encoder.encoded, score: scores?.score() ?? null };
    },
  };
}

interface Start {
  readonly layout: RowLayout;
  readonly encoder: RowEncoder;
  readonly scores: ScoreKeeper | null;
}

function tableStart({ preparation }: SavedNetwork, { source, dropped }: PredictedTable, first: Row): Start {
  const layout = layoutOf({ source, ...first }, preparation, dropped);
  const { target } = layout;
  return {
    layout,
    encoder: new RowEncoder(source, preparation, layout),
    scores: target === null ? null : new ScoreKeeper(source, preparation.target, target),
  };
}

function answersOf(
  { preparation: { target } }: SavedNetwork,
  answers: Float64Array,
  rows: number,
): RowPredictions {
  switch (target.kind) {
    case 'number':
      return { rows, predicted: [...answers], probabilities: null };
    case 'class': {
      const { classes } = target;
      const predicted = Array.from({ length: rows }, (_, row) => {
        return classes[predictedClass(answers, row * classes.length, classes.length)] ?? '';
      });
      return { rows, predicted, probabilities: answers };
    }
    default:
      return target satisfies never;
  }
}
