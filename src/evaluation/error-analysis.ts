import {
  type Confusion,
  MISTAKES_UP_TO,
  type Mistake,
  POINTS_UP_TO,
  type Quantile,
  type Residuals,
} from '../campaign/test-errors.js';
import { percentile } from './intervals.js';

/** Counts, row by row, what class was answered for what class; both counted from 0. */
export function confusionOf(
  truths: ArrayLike<number>,
  answers: ArrayLike<number>,
  classes: number,
): Confusion {
  const rows = new Array<number>(classes).fill(0);
  const right = new Array<number>(classes).fill(0);
  const mistaken = new Map<number, number>();
  for (let row = 0; row < truths.length; row++) {
    const [truth, answer] = [truths[row] ?? Number.NaN, answers[row] ?? Number.NaN];
    rows[truth] = (rows[truth] ?? 0) + 1;
    if (truth === answer) right[truth] = (right[truth] ?? 0) + 1;
    else mistaken.set(truth * classes + answer, (mistaken.get(truth * classes + answer) ?? 0) + 1);
  }
  const mistakes = [...mistaken]
    .sort(([pair, count], [otherPair, otherCount]) => otherCount - count || pair - otherPair)
    .slice(0, MISTAKES_UP_TO)
    .map(([pair, count]): Mistake => [Math.floor(pair / classes), pair % classes, count]);
  return { kind: 'confusion', rows, right, mistakes };
}

const shares = [0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 1];

/** How predictions differ from the truth, both in the target's units; null where one of them is no number. */
export function residualsOf(truths: Float64Array, predictions: Float64Array): Residuals | null {
  const rows = truths.length;
  const residuals = truths.map((truth, row) => truth - (predictions[row] ?? Number.NaN)).sort();
  if (rows === 0 || !residuals.every(Number.isFinite)) return null;
  const quantilesOf = (sorted: Float64Array): Quantile[] =>
    shares.map((share) => [share, percentile(sorted, share)]);
  const points = Array.from(truths, (truth, row) => [truth, predictions[row] ?? Number.NaN] as const).sort(
    ([truth, predicted], [otherTruth, otherPredicted]) => truth - otherTruth || predicted - otherPredicted,
  );
  return {
    kind: 'residuals',
    rows,
    quantiles: quantilesOf(residuals),
    distances: quantilesOf(residuals.map(Math.abs).sort()),
    points: spread(points),
  };
}

/** All of few; of many the first, the last and what lies evenly between them. */
function spread<Item>(items: readonly Item[]): readonly Item[] {
  if (items.length <= POINTS_UP_TO) return items;
  const step = (items.length - 1) / (POINTS_UP_TO - 1);
  return Array.from({ length: POINTS_UP_TO }, (_, k) => items[Math.round(k * step)] as Item);
}
