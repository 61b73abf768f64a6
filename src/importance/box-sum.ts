import type { Leaf } from './regression-tree.js';

/** A function on the unit cube: at each point the sum of the values of the boxes that contain it. */
export interface BoxSum {
  readonly boxes: readonly Leaf[];
  readonly mean: number;
  /** Its variance over the cube. */
  readonly variance: number;
}

/** The sum of boxes; null if it is constant. */
export function overBoxes(boxes: readonly Leaf[]): BoxSum | null {
  const mean = boxes.reduce((sum, box) => sum + box.value * volumeWithout(box, -1, -1), 0);
  const variance = meanSquare(boxes) - mean * mean;
  return variance > 0 ? { boxes, mean, variance } : null;
}

/** The mean of a sum of boxes over all axes but two, at these coordinates along the two. */
export function marginalAt(
  boxes: readonly Leaf[],
  [a, atA]: readonly [axis: number, coordinate: number],
  [b, atB]: readonly [axis: number, coordinate: number],
): number {
  const contains = ({ low, high }: Leaf, axis: number, at: number): boolean =>
    (low[axis] as number) <= at && at < (high[axis] as number);
  return boxes.reduce(
    (sum, box) =>
      contains(box, a, atA) && contains(box, b, atB) ? sum + box.value * volumeWithout(box, a, b) : sum,
    0,
  );
}

/** The volume of a box over all axes but one or two. */
function volumeWithout({ low, high }: Leaf, a: number, b: number): number {
  let volume = 1;
  for (let axis = 0; axis < low.length; axis++) {
    if (axis !== a && axis !== b) volume *= (high[axis] as number) - (low[axis] as number);
  }
  return volume;
}

function meanSquare(boxes: readonly Leaf[]): number {
  let sum = 0;
  boxes.forEach((one, i) => {
    for (let k = i; k < boxes.length; k++) {
      const other = boxes[k] as Leaf;
      sum += (k === i ? 1 : 2) * one.value * other.value * commonVolume(one, other);
    }
  });
  return sum;
}

function commonVolume(one: Leaf, other: Leaf): number {
  let volume = 1;
  for (let axis = 0; axis < one.low.length; axis++) {
    const low = Math.max(one.low[axis] as number, other.low[axis] as number);
    const high = Math.min(one.high[axis] as number, other.high[axis] as number);
    if (high <= low) return 0;
    volume *= high - low;
  }
  return volume;
}

/** The variance of the marginal of an axis: the mean over all other axes changes only at the ends of boxes. */
export function mainVariance({ boxes, mean }: BoxSum, axis: number): number {
  const ends = endsAlong(boxes, axis);
  const steps = new Float64Array(ends.length);
  for (const box of boxes) {
    const part = box.value * volumeWithout(box, axis, axis);
    const { from, to } = reachOf(box, axis, ends);
    steps[from] = (steps[from] as number) + part;
    steps[to] = (steps[to] as number) - part;
  }
  let variance = 0;
  let level = -mean;
  for (let i = 0; i + 1 < ends.length; i++) {
    level += steps[i] as number;
    variance += level * level * lengthAt(ends, i);
  }
  return variance;
}

/** The variance of the marginal of two axes, less that of each of them. */
export function pairVariance(sum: BoxSum, a: number, b: number): number {
  const { boxes, mean } = sum;
  const rows = endsAlong(boxes, a);
  const columns = endsAlong(boxes, b);
  const width = columns.length;
  const steps = new Float64Array(rows.length * width);
  const add = (row: number, column: number, part: number): void => {
    steps[row * width + column] = (steps[row * width + column] as number) + part;
  };
  for (const box of boxes) {
    const part = box.value * volumeWithout(box, a, b);
    const { from: top, to: bottom } = reachOf(box, a, rows);
    const { from: left, to: right } = reachOf(box, b, columns);
    add(top, left, part);
    add(top, right, -part);
    add(bottom, left, -part);
    add(bottom, right, part);
  }
  let variance = 0;
  const above = new Float64Array(width);
  for (let row = 0; row + 1 < rows.length; row++) {
    let level = -mean;
    for (let column = 0; column + 1 < width; column++) {
      above[column] = (above[column] as number) + (steps[row * width + column] as number);
      level += above[column] as number;
      variance += level * level * lengthAt(rows, row) * lengthAt(columns, column);
    }
  }
  return variance - mainVariance(sum, a) - mainVariance(sum, b);
}

/** Where boxes begin or end along an axis, in rising order. */
function endsAlong(boxes: readonly Leaf[], axis: number): Float64Array {
  const ends = new Set<number>();
  for (const { low, high } of boxes) ends.add(low[axis] as number).add(high[axis] as number);
  return Float64Array.from(ends).sort();
}

/** The places of the ends of a box. */
function reachOf(
  { low, high }: Leaf,
  axis: number,
  ends: Float64Array,
): { readonly from: number; readonly to: number } {
  return { from: placeOf(ends, low[axis] as number), to: placeOf(ends, high[axis] as number) };
}

/** By halving: the value is among the ends. */
function placeOf(ends: Float64Array, value: number): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const lengthAt = (ends: Float64Array, i: number): number => (ends[i + 1] as number) - (ends[i] as number);
