import type { Predictions, WeightedScore } from './predictions.js';
import { rocAucOf } from './roc-auc.js';

export const classScores = ['balanced_accuracy', 'f1', 'roc_auc', 'brier'] as const;
export const numberScores = ['mae'] as const;

/** The scores that are worked out of all answers of a part. */
export type PredictionMetric = (typeof classScores)[number] | (typeof numberScores)[number];

/** The score by name; null for any other name. */
export function predictionMetricNamed(name: string): PredictionMetric | null {
  return [...classScores, ...numberScores].find((known) => known === name) ?? null;
}

/**
 * Prepares a score over rows with these answers.
 *
 * - `balanced_accuracy`: the mean, over the classes that the rows have, of the share of a class's rows that is right.
 * - `f1`: the mean over classes (those that the rows have or that were answered) of 2 right / (rows + answers), the
 *   harmonic mean of precision and recall.
 * - `roc_auc`: see `rocAucOf`.
 * - `brier` (Brier 1950): the mean squared distance of the probabilities from the truth; of two classes, that of the
 *   second's alone, from 0 to 1; of more, summed over classes, from 0 to 2.
 * - `mae`: the mean absolute error in the target's units.
 */
export function predictionMetric(name: PredictionMetric, answers: Predictions): WeightedScore {
  switch (name) {
    case 'balanced_accuracy':
      return ofConfusion(answers, ({ right, rows }) =>
        meanWhere(right.length, (k) => (count(rows, k) > 0 ? count(right, k) / count(rows, k) : null)),
      );
    case 'f1':
      return ofConfusion(answers, ({ right, rows, answered }) =>
        meanWhere(right.length, (k) => {
          const both = count(rows, k) + count(answered, k);
          return both > 0 ? (2 * count(right, k)) / both : null;
        }),
      );
    case 'roc_auc':
      return rocAucOf(answers);
    case 'brier':
      return weightedMean(rowValues(answers, squaredDistance));
    case 'mae':
      return weightedMean(
        rowValues(
          answers,
          ({ outputs, targets, deviation }, row) => Math.abs(at(outputs, row) - at(targets, row)) * deviation,
        ),
      );
    default:
      return name satisfies never;
  }
}

/** Rows of each class, answers of each class, and rows that got their own. */
interface Confusion {
  readonly rows: Float64Array;
  readonly answered: Float64Array;
  readonly right: Float64Array;
}

function ofConfusion(answers: Predictions, score: (confusion: Confusion) => number): WeightedScore {
  const { targets, width } = answers;
  const classes = Math.max(2, width);
  const chosen = rowValues(answers, chosenClass);
  return (counts) => {
    const confusion = {
      rows: new Float64Array(classes),
      answered: new Float64Array(classes),
      right: new Float64Array(classes),
    };
    for (let row = 0; row < counts.length; row++) {
      const weight = counts[row] ?? 0;
      const [target, answer] = [at(targets, row), at(chosen, row)];
      confusion.rows[target] = count(confusion.rows, target) + weight;
      confusion.answered[answer] = count(confusion.answered, answer) + weight;
      if (target === answer) confusion.right[target] = count(confusion.right, target) + weight;
    }
    return score(confusion);
  };
}

/** The largest output, the first of ties; of a single output, above 0.5. */
function chosenClass({ outputs, width }: Predictions, row: number): number {
  if (width === 1) return at(outputs, row) > 0.5 ? 1 : 0;
  let best = 0;
  for (let k = 1; k < width; k++) {
    if (at(outputs, row * width + k) > at(outputs, row * width + best)) best = k;
  }
  return best;
}

function squaredDistance({ outputs, width, targets }: Predictions, row: number): number {
  const target = at(targets, row);
  if (width <= 2) {
    const distance = at(outputs, row * width + width - 1) - target;
    return distance * distance;
  }
  let sum = 0;
  for (let k = 0; k < width; k++) {
    const distance = at(outputs, row * width + k) - (k === target ? 1 : 0);
    sum += distance * distance;
  }
  return sum;
}

function rowValues(answers: Predictions, value: (answers: Predictions, row: number) => number): Float64Array {
  return Float64Array.from(answers.targets, (_, row) => value(answers, row));
}

function weightedMean(values: Float64Array): WeightedScore {
  return (counts) => {
    let sum = 0;
    let rows = 0;
    for (let row = 0; row < counts.length; row++) {
      const weight = counts[row] ?? 0;
      sum += weight * at(values, row);
      rows += weight;
    }
    return sum / rows;
  };
}

/** The mean of the values that are there; 0 where none is. */
function meanWhere(length: number, value: (k: number) => number | null): number {
  let sum = 0;
  let found = 0;
  for (let k = 0; k < length; k++) {
    const one = value(k);
    if (one === null) continue;
    sum += one;
    found += 1;
  }
  return found === 0 ? 0 : sum / found;
}

function count(counts: Float64Array, k: number): number {
  return counts[k] ?? 0;
}

function at(values: Float64Array, place: number): number {
  return values[place] ?? Number.NaN;
}
