import type { RandomStream } from '../numeric/keyed-stream.js';
import type { ImportanceAxis } from './axis.js';

/** What a tree learns from: targets at places, with weights. */
export interface TreeData {
  readonly axes: readonly ImportanceAxis[];
  /** For each axis: the rows in the order of their coordinates, those without one at the end. */
  readonly sorted: readonly (readonly number[])[];
  readonly targets: Float64Array;
  /** The weight of each row. Rows with weight 0 do not shape the tree, but belong to its leaves. */
  readonly weights: Float64Array;
  /** A split has to reduce the weighted sum of squares by more than this. */
  readonly minGain: number;
  /** The largest number of splits from the root to a leaf. */
  readonly maxDepth: number;
}

/** A box of the space in which a tree has one value. */
export interface Leaf {
  /** Ends of the box along each axis. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly value: number;
}

interface Node {
  readonly sorted: readonly (readonly number[])[];
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly depth: number;
}

interface Split {
  readonly axis: number;
  readonly threshold: number;
  readonly gain: number;
}

/** The leaves of a regression tree, each with its rows. The tree grows until no split gains enough. */
export function growTree(
  data: TreeData,
  stream: RandomStream,
): (Leaf & { readonly rows: readonly number[] })[] {
  const size = data.axes.length;
  const root = {
    sorted: data.sorted,
    low: new Float64Array(size),
    high: new Float64Array(size).fill(1),
    depth: 0,
  };
  const open: Node[] = [root];
  const leaves: (Leaf & { readonly rows: readonly number[] })[] = [];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { low, high, depth } = node;
    const rows = node.sorted[0] ?? [];
    const split = depth < data.maxDepth ? bestSplit(data, node.sorted, stream) : null;
    if (split === null) {
      leaves.push({ low, high, value: weightedMean(data, rows).mean, rows });
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
      depth: depth + 1,
    });
    open.push({
      sorted: node.sorted.map((list) => list.filter(isLeft)),
      low,
      high: withValue(high, axis, threshold),
      depth: depth + 1,
    });
  }
  return leaves;
}

function withValue(values: Float64Array, place: number, value: number): Float64Array {
  const changed = Float64Array.from(values);
  changed[place] = value;
  return changed;
}

function weightedMean(
  { targets, weights }: TreeData,
  rows: readonly number[],
): { readonly mean: number; readonly total: number } {
  let sum = 0;
  let total = 0;
  for (const row of rows) {
    const weight = weights[row] ?? 0;
    sum += weight * (targets[row] ?? 0);
    total += weight;
  }
  return { mean: sum / total, total };
}

/** The split that reduces the weighted sum of squares most; of equal ones that of the axis that is drawn first. */
function bestSplit(
  data: TreeData,
  sorted: readonly (readonly number[])[],
  stream: RandomStream,
): Split | null {
  const { axes, minGain } = data;
  const { mean, total } = weightedMean(data, sorted[0] ?? []);
  let best: Split | null = null;
  const start = stream.below(axes.length);
  for (let k = 0; k < axes.length; k++) {
    const index = (start + k) % axes.length;
    const axis = axes[index];
    if (axis === undefined) continue;
    const split = bestOnAxis(axis, data, sorted[index] ?? [], { mean, total });
    if (split !== null && split.gain > (best?.gain ?? minGain)) best = { axis: index, ...split };
  }
  return best;
}

/** Only where the parameter is active in all rows: elsewhere, what activates it has to be split first. */
function bestOnAxis(
  { coordinates, ends }: ImportanceAxis,
  { targets, weights }: TreeData,
  sorted: readonly number[],
  { mean, total }: { readonly mean: number; readonly total: number },
): { threshold: number; gain: number } | null {
  const last = coordinates[sorted.at(-1) ?? 0] ?? Number.NaN;
  if (Number.isNaN(last)) return null;
  let best: { readonly here: number; readonly next: number; readonly gain: number } | null = null;
  let sum = 0;
  let weight = 0;
  let here = 0;
  for (const row of sorted) {
    const own = weights[row] as number;
    if (own === 0) continue;
    const next = coordinates[row] as number;
    if (weight > 0 && next !== here) {
      // The sums of distances from the mean on both sides add up to 0.
      const gain = (sum * sum) / weight + (sum * sum) / (total - weight);
      if (best === null || gain > best.gain) best = { here, next, gain };
    }
    weight += own;
    sum += own * ((targets[row] as number) - mean);
    here = next;
  }
  if (best === null) return null;
  const from = best.here;
  return { threshold: ends?.find((end) => end > from) ?? (from + best.next) / 2, gain: best.gain };
}
