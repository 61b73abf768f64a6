import type { RandomStream } from '../numeric/keyed-stream.js';
import type { ImportanceAxis } from './axis.js';

/** What a forest learns from: scores at places, with weights. */
export interface TreeData {
  readonly axes: readonly ImportanceAxis[];
  readonly scores: Float64Array;
  /** The weight of each setting: its repeats. */
  readonly weights: Float64Array;
  /** A split has to reduce the weighted sum of squares by more than this. */
  readonly minGain: number;
}

/** A box of the space in which a tree has one value. */
export interface Leaf {
  /** Ends of the box along each axis. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly value: number;
}

interface Node {
  /** For each axis: the rows in the order of their coordinates, those without one at the end. */
  readonly sorted: readonly (readonly number[])[];
  readonly low: Float64Array;
  readonly high: Float64Array;
}

interface Split {
  readonly axis: number;
  readonly threshold: number;
  readonly gain: number;
}

/** The leaves of a regression tree on a bootstrap sample of the settings, grown until no split gains enough. */
export function growTree(data: TreeData, stream: RandomStream): Leaf[] {
  const count = data.scores.length;
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const row = stream.below(count);
    weights[row] = (weights[row] ?? 0) + (data.weights[row] ?? 0);
  }
  const rows = [...weights.keys()].filter((row) => (weights[row] ?? 0) > 0);
  const size = data.axes.length;
  const sorted = data.axes.map(({ coordinates }) => sortedBy(coordinates, rows));
  const open: Node[] = [{ sorted, low: new Float64Array(size), high: new Float64Array(size).fill(1) }];
  const leaves: Leaf[] = [];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { low, high } = node;
    const split = bestSplit(data, weights, node.sorted, stream);
    if (split === null) {
      leaves.push({ low, high, value: weightedMean(data.scores, weights, node.sorted[0] ?? []) });
      continue;
    }
    const { axis, threshold } = split;
    const coordinates = data.axes[axis]?.coordinates ?? new Float64Array(0);
    const isLeft = (row: number): boolean => (coordinates[row] ?? 0) <= threshold;
    const isRight = (row: number): boolean => !isLeft(row);
    open.push({
      sorted: node.sorted.map((list) => list.filter(isRight)),
      low: withValue(low, axis, threshold),
      high,
    });
    open.push({
      sorted: node.sorted.map((list) => list.filter(isLeft)),
      low,
      high: withValue(high, axis, threshold),
    });
  }
  return leaves;
}

function sortedBy(coordinates: Float64Array, rows: readonly number[]): number[] {
  const place = (row: number): number => {
    const at = coordinates[row] ?? Number.NaN;
    return Number.isNaN(at) ? 2 : at;
  };
  return [...rows].sort((a, b) => place(a) - place(b) || a - b);
}

function withValue(values: Float64Array, place: number, value: number): Float64Array {
  const changed = Float64Array.from(values);
  changed[place] = value;
  return changed;
}

function weightedMean(scores: Float64Array, weights: Float64Array, rows: readonly number[]): number {
  let sum = 0;
  let total = 0;
  for (const row of rows) {
    const weight = weights[row] ?? 0;
    sum += weight * (scores[row] ?? 0);
    total += weight;
  }
  return sum / total;
}

/** The split that reduces the weighted sum of squares most; of equal ones that of the axis that is drawn first. */
function bestSplit(
  { axes, scores, minGain }: TreeData,
  weights: Float64Array,
  sorted: readonly (readonly number[])[],
  stream: RandomStream,
): Split | null {
  const rows = sorted[0] ?? [];
  if (rows.length < 2) return null;
  const centre = weightedMean(scores, weights, rows);
  const total = rows.reduce((sum, row) => sum + (weights[row] ?? 0), 0);
  let best: Split | null = null;
  const start = stream.below(axes.length);
  for (let k = 0; k < axes.length; k++) {
    const index = (start + k) % axes.length;
    const axis = axes[index];
    if (axis === undefined) continue;
    const split = bestOnAxis(axis, { scores, weights, sorted: sorted[index] ?? [], centre, total });
    if (split !== null && split.gain > (best?.gain ?? minGain)) best = { axis: index, ...split };
  }
  return best;
}

interface Sample {
  readonly scores: Float64Array;
  readonly weights: Float64Array;
  /** The rows in the order of their coordinates. */
  readonly sorted: readonly number[];
  /** The mean of the rows. Sums of distances from it lose no digits. */
  readonly centre: number;
  /** The sum of the weights. */
  readonly total: number;
}

/** Only where the parameter is active in all rows: elsewhere, what activates it has to be split first. */
function bestOnAxis(
  { coordinates, ends }: ImportanceAxis,
  { scores, weights, sorted, centre, total }: Sample,
): { threshold: number; gain: number } | null {
  const last = coordinates[sorted.at(-1) ?? 0] ?? Number.NaN;
  if (Number.isNaN(last)) return null;
  let best: { readonly here: number; readonly next: number; readonly gain: number } | null = null;
  let sum = 0;
  let weight = 0;
  for (let i = 0; i + 1 < sorted.length; i++) {
    const row = sorted[i] as number;
    const here = coordinates[row] as number;
    const next = coordinates[sorted[i + 1] as number] as number;
    const own = weights[row] as number;
    weight += own;
    sum += own * ((scores[row] as number) - centre);
    if (next === here) continue;
    // The sums of both sides add up to 0.
    const gain = (sum * sum) / weight + (sum * sum) / (total - weight);
    if (best === null || gain > best.gain) best = { here, next, gain };
  }
  if (best === null) return null;
  const { here, next, gain } = best;
  return { threshold: ends?.find((end) => end > here) ?? (here + next) / 2, gain };
}
