import type { FillRule, UnseenPolicy } from '../column-options.js';
import { type Dataset, type SourceColumn, widthOf } from '../dataset.js';

/**
 * How raw rows become inputs of a network, and how its outputs become predictions: learned from the training rows of
 * one split, saved with the network, and used again to predict. Plain data that survive JSON unchanged.
 */
export interface Preparation {
  /** The columns to read and how each becomes inputs. */
  readonly columns: readonly SourceColumn[];
  /** What to do with unknown categories of columns without a policy of their own. */
  readonly unseen: UnseenPolicy;
  /** The fill value of each input; null if a missing cell is an error, in one input or in all. */
  readonly fill: readonly (number | null)[] | null;
  /** Subtracted from each input. */
  readonly mean: readonly number[];
  /** Multiplies each input after that: 1 / standard deviation; 0 makes a constant column 0 throughout. */
  readonly scale: readonly number[];
  readonly target: PreparedTarget;
}

/** The meaning of the outputs of the network. */
export type PreparedTarget = {
  readonly name: string;
  /** Values that stand for a missing target, in addition to the words that always do. Left out if there are none. */
  readonly missingValues?: readonly string[];
  /** What may stand before or after its numbers, such as `$`. Left out if nothing may. */
  readonly unit?: string;
} & (
  | { readonly kind: 'class'; readonly classes: readonly string[] }
  /** The prediction in the units of the target is `mean` + `deviation` times the output. */
  | { readonly kind: 'number'; readonly mean: number; readonly deviation: number }
);

/**
 * Learns the preparation from these rows alone. Missing cells are filled with the mean, the median (of an even number
 * of values, the mean of the middle two), the most frequent number (of several, the smallest) or the most frequent
 * category (of several, the first). An ordinal column counts as numbers, the indices of its categories. Means and
 * standard deviations (of the population, dividing by n) are measured after filling. One-hot inputs are standardised
 * like any other. If inputs are standardised together, all have the mean and the deviation of all their cells. Without
 * `standardize`, means are 0 and scales 1, or 1/255 for bytes.
 */
export function preparationOf(dataset: Dataset, rows: Int32Array): Preparation {
  const { columns, unseen, classes } = dataset;
  const fill = dataset.fills.some((rule) => rule !== null) ? fillOf(dataset, rows) : null;
  const moments = inputMoments(dataset, fill, rows);
  const { targetMissingValues: missingValues, targetUnit: unit } = dataset;
  const target = {
    name: dataset.target,
    ...(missingValues && { missingValues }),
    ...(unit !== undefined && { unit }),
  };
  return {
    columns,
    unseen,
    fill,
    mean: moments.map(({ mean }) => mean),
    scale: moments.map(({ deviation }) => (deviation === 0 ? 0 : 1 / deviation)),
    target:
      classes === null
        ? { kind: 'number', ...target, ...targetMoments(dataset, rows) }
        : { kind: 'class', ...target, classes },
  };
}

/** The prepared inputs of these rows, row by row (`rows.length` x `dataset.inputs`). */
export function prepare(dataset: Dataset, preparation: Preparation, rows: Int32Array): Float64Array {
  const { inputs } = dataset;
  const prepared = new Float64Array(rows.length * inputs);
  for (let i = 0; i < rows.length; i++) {
    prepareRow(dataset, preparation, rows[i] ?? 0, prepared, i * inputs);
  }
  return prepared;
}

/** Writes the prepared inputs of a row into `target` from index `at` on. */
export function prepareRow(
  dataset: Dataset,
  preparation: Preparation,
  row: number,
  target: Float64Array,
  at: number,
): void {
  for (let input = 0; input < dataset.inputs; input++) {
    const value = filled(dataset, preparation.fill, row, input);
    target[at + input] = prepareInput(preparation, input, value);
  }
}

/** Prepares one input that is already filled. */
function prepareInput(preparation: Preparation, input: number, value: number): number {
  const scale = preparation.scale[input] ?? 0;
  return scale === 0 ? 0 : (value - (preparation.mean[input] ?? 0)) * scale;
}

/** The targets of these rows as the network learns them: class indices, or standardised numbers. */
export function prepareTargets(dataset: Dataset, preparation: Preparation, rows: Int32Array): Float64Array {
  const { target } = preparation;
  const targets = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const y = dataset.y[rows[i] ?? 0] ?? Number.NaN;
    targets[i] = target.kind === 'class' ? y : (y - target.mean) / target.deviation;
  }
  return targets;
}

/** The fill value of each input, NaN for none; null if no input has one. */
export function fillValues({ fill }: Preparation): Float64Array | null {
  return fill && Float64Array.from(fill, (value) => value ?? Number.NaN);
}

/** The policy of a column for unknown categories; null if it has no categories. */
export function unseenOf({ unseen }: Preparation, column: SourceColumn): UnseenPolicy | null {
  return 'categories' in column ? (column.unseen ?? unseen) : null;
}

function filled(dataset: Dataset, fill: Preparation['fill'], row: number, input: number): number {
  const value = dataset.x[row * dataset.inputs + input] ?? Number.NaN;
  return Number.isNaN(value) ? (fill?.[input] ?? Number.NaN) : value;
}

/** The moments by which each input is scaled. */
function inputMoments(dataset: Dataset, fill: Preparation['fill'], rows: Int32Array): Moments[] {
  const { inputs, standardize } = dataset;
  const cell = (i: number, input: number): number => filled(dataset, fill, rows[i] ?? 0, input);
  const alike = (moments: Moments): Moments[] => new Array<Moments>(inputs).fill(moments);
  switch (standardize) {
    case true:
      return Array.from({ length: inputs }, (_, input) => momentsOf(rows.length, (i) => cell(i, input)));
    case 'together':
      return alike(momentsOf(rows.length * inputs, (i) => cell(Math.floor(i / inputs), i % inputs)));
    case false:
      return alike({ mean: 0, deviation: dataset.x instanceof Uint8Array ? 255 : 1 });
    default:
      return standardize satisfies never;
  }
}

interface Moments {
  readonly mean: number;
  readonly deviation: number;
}

/** Mean and population standard deviation. The deviation is exactly 0 if all values are equal, despite rounding. */
function momentsOf(count: number, value: (i: number) => number): Moments {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const x = value(i);
    low = Math.min(low, x);
    high = Math.max(high, x);
    sum += x;
  }
  if (count === 0) return { mean: 0, deviation: 0 };
  if (low === high) return { mean: low, deviation: 0 };
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const x = value(i) - mean;
    squares += x * x;
  }
  const deviation = Math.sqrt(squares / count);
  // Below this, 1 / deviation would overflow.
  return { mean, deviation: deviation < 1e-150 ? 0 : deviation };
}

function targetMoments(dataset: Dataset, rows: Int32Array): Moments {
  if (dataset.standardize === false) return { mean: 0, deviation: 1 };
  const { mean, deviation } = momentsOf(rows.length, (i) => dataset.y[rows[i] ?? 0] ?? Number.NaN);
  return { mean, deviation: deviation === 0 ? 1 : deviation };
}

function fillOf(dataset: Dataset, rows: Int32Array): (number | null)[] {
  return dataset.columns.flatMap((column, i): (number | null)[] => {
    const rule = dataset.fills[i] ?? null;
    if (rule === null) return new Array<null>(widthOf(column)).fill(null);
    if (column.kind === 'category') {
      return mostFrequentCategory(dataset, rows, column.input, column.categories.length);
    }
    return [FILLERS[rule](present(dataset, rows, column.input))];
  });
}

const FILLERS: Record<FillRule, (values: Float64Array) => number> = {
  mean,
  median,
  most_frequent: mostFrequent,
};

function present(dataset: Dataset, rows: Int32Array, input: number): Float64Array {
  const values = new Float64Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const value = dataset.x[row * dataset.inputs + input] ?? Number.NaN;
    if (!Number.isNaN(value)) values[count++] = value;
  }
  return values.subarray(0, count);
}

/** The mean of no values is 0: such a column is constant and has no effect. */
function mean(values: Float64Array): number {
  return values.length === 0 ? 0 : momentsOf(values.length, (i) => values[i] ?? Number.NaN).mean;
}

function median(values: Float64Array): number {
  if (values.length === 0) return 0;
  const sorted = values.sort();
  const upper = Math.floor(sorted.length / 2);
  const high = sorted[upper] ?? 0;
  return sorted.length % 2 === 1 ? high : ((sorted[upper - 1] ?? 0) + high) / 2;
}

function mostFrequent(values: Float64Array): number {
  let [best, max, count, last] = [0, 0, 0, Number.NaN];
  for (const value of values.sort()) {
    count = value === last ? count + 1 : 1;
    if (count > max) [best, max] = [value, count];
    last = value;
  }
  return best;
}

function mostFrequentCategory(
  dataset: Dataset,
  rows: Int32Array,
  first: number,
  categories: number,
): number[] {
  const counts = new Array<number>(categories).fill(0);
  for (const row of rows) {
    for (let category = 0; category < categories; category++) {
      if (dataset.x[row * dataset.inputs + first + category] === 1)
        counts[category] = (counts[category] ?? 0) + 1;
    }
  }
  const best = counts.indexOf(counts.reduce((max, count) => Math.max(max, count), 0));
  return counts.map((_, category) => (category === best ? 1 : 0));
}
