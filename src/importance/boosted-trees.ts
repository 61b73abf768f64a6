import { type RandomStream, shuffle } from '../numeric/keyed-stream.js';
import type { ImportanceAxis } from './axis.js';
import { growTree, type Leaf } from './regression-tree.js';

const TREES = 100;
/** The part of a tree's values that is added. */
const RATE = 0.1;
/** Splits from the root to a leaf: a tree can describe what up to four parameters do together. */
const MAX_DEPTH = 4;
/** The part of the rows that shapes a tree. */
const SHARE_OF_ROWS = 0.75;

/** Scores at places, with weights. */
export interface ScoredPlaces {
  readonly axes: readonly ImportanceAxis[];
  readonly scores: Float64Array;
  readonly weights: Float64Array;
  /** A split has to reduce the weighted sum of squares by more than this. */
  readonly minGain: number;
}

/**
 * A sum of regression trees that predicts the scores of some rows up to a constant, as the leaves of all trees. Each
 * tree is grown on a random part of the rows and predicts what the trees before it leave (Friedman 2002, "Stochastic
 * Gradient Boosting", Computational Statistics & Data Analysis 38). It ends with the first tree for which no split
 * gains enough, so there are no leaves where chance explains all differences.
 */
export function boostTrees(places: ScoredPlaces, rows: readonly number[], stream: RandomStream): Leaf[] {
  const { axes, scores, minGain } = places;
  const targets = centred(places, rows);
  const sorted = axes.map(({ coordinates }) => sortedBy(coordinates, rows));
  const leaves: Leaf[] = [];
  for (let tree = 0; tree < TREES; tree++) {
    const weights = new Float64Array(scores.length);
    for (const row of someOf(rows, stream)) weights[row] = places.weights[row] ?? 0;
    const grown = growTree({ axes, sorted, targets, weights, minGain, maxDepth: MAX_DEPTH }, stream);
    if (grown.length === 1) break;
    for (const { low, high, value, rows: inside } of grown) {
      const part = RATE * value;
      leaves.push({ low, high, value: part });
      for (const row of inside) targets[row] = (targets[row] ?? 0) - part;
    }
  }
  return leaves;
}

/** The scores less their weighted mean. */
function centred({ scores, weights }: ScoredPlaces, rows: readonly number[]): Float64Array {
  let sum = 0;
  let total = 0;
  for (const row of rows) {
    sum += (weights[row] ?? 0) * (scores[row] ?? 0);
    total += weights[row] ?? 0;
  }
  return scores.map((score) => score - sum / total);
}

function sortedBy(coordinates: Float64Array, rows: readonly number[]): number[] {
  const place = (row: number): number => {
    const at = coordinates[row] ?? Number.NaN;
    return Number.isNaN(at) ? 2 : at;
  };
  return [...rows].sort((a, b) => place(a) - place(b) || a - b);
}

function someOf(rows: readonly number[], stream: RandomStream): readonly number[] {
  return shuffle([...rows], stream).slice(0, Math.ceil(SHARE_OF_ROWS * rows.length));
}
