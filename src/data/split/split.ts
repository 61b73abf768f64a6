import { keyedStream, type RandomStream, shuffle } from '../../numeric/keyed-stream.js';
import type { Dataset } from '../dataset.js';
import type { SplitOptions } from '../options.js';
import type { Parts } from './parts.js';
import { partsByColumn } from './split-by-column.js';

/**
 * The parts of a data set on one repeat, from 0. Equal arguments give equal parts.
 *
 * The test part is the same on every repeat: the rows of the test file, or rows drawn once for a seed. The other rows
 * are split again on each repeat; with k folds, repeat r validates on fold r mod k of partition floor(r / k). For
 * classes, each part has its share of every class and at least one row of it. Groups are drawn whole, whatever their
 * classes, until a part is as near to its share as possible. Parts by time or by a given column are the same on every
 * repeat.
 */
export function partsOf(dataset: Dataset, seed: number, repeat: number): Parts {
  const { split } = dataset;
  const given = rowsFrom(dataset.testFrom, dataset.rows);
  const own = rowsFrom(0, dataset.testFrom);
  if (split.kind === 'none') {
    return { training: own, validation: own, test: given.length > 0 ? given : own };
  }
  if ('column' in split) return partsByColumn(dataset, split, { own, given, seed, repeat });
  const strata = strataOf(dataset, own);
  const testShare = given.length > 0 ? 0 : split.test;
  const drawn = draw(strata, testShare, roomAfterTest(split), keyedStream(seed, 'split', 'test'));
  const rest = drawn.rest;
  const { taken, rest: training } =
    split.kind === 'shares'
      ? draw(
          rest,
          // The share is relative to all rows, including those already drawn.
          (split.validation * own.length) / total(rest),
          1,
          keyedStream(seed, 'split', 'validation', repeat),
        )
      : fold(rest, split.folds, seed, repeat);
  return {
    training: joined(training),
    validation: joined(taken),
    test: given.length > 0 ? given : joined(drawn.taken),
  };
}

/** The rows of the training and validation parts together, in rising order, each once. */
export function trainingAndValidation(parts: Parts): Int32Array {
  const { training, validation } = parts;
  const both = new Int32Array(training.length + validation.length);
  both.set(training);
  both.set(validation, training.length);
  both.sort();
  // Without a split both are the same rows.
  let count = 0;
  for (const row of both) if (count === 0 || row !== both[count - 1]) both[count++] = row;
  return both.slice(0, count);
}

/** The number of rows that each class needs (for regression, the whole table) so that no part is left without. */
export function rowsNeeded(split: SplitOptions, hasTestFile: boolean): number {
  // A split by a column is checked when the column is read.
  if (split.kind === 'none' || 'column' in split) return 1;
  const test = split.test > 0 && !hasTestFile ? 1 : 0;
  return test + roomAfterTest(split);
}

function roomAfterTest(split: Extract<SplitOptions, { kind: 'shares' | 'folds' }>): number {
  return split.kind === 'folds' ? split.folds : 1 + (split.validation > 0 ? 1 : 0);
}

function rowsFrom(first: number, end: number): Int32Array {
  return new Int32Array(end - first).map((_, i) => first + i);
}

/** The rows of each class in rising order; for regression all rows are one stratum. */
function strataOf(dataset: Dataset, rows: Int32Array): Int32Array[] {
  const { classes, y } = dataset;
  if (classes === null) return [rows];
  const sizes = new Int32Array(classes.length);
  for (const row of rows) sizes[y[row] ?? 0] = (sizes[y[row] ?? 0] ?? 0) + 1;
  const strata = Array.from(sizes, (size) => new Int32Array(size));
  const filled = new Int32Array(classes.length);
  for (const row of rows) {
    const stratum = y[row] ?? 0;
    const index = filled[stratum] ?? 0;
    const members = strata[stratum];
    if (members !== undefined) members[index] = row;
    filled[stratum] = index + 1;
  }
  return strata;
}

/** Draws a share of the rows of each stratum at random and leaves `room` rows in each. */
function draw(
  strata: readonly Int32Array[],
  share: number,
  room: number,
  stream: RandomStream,
): { taken: Int32Array[]; rest: Int32Array[] } {
  const counts = shareOut(
    strata.map((rows) => rows.length),
    share,
    room,
  );
  const taken: Int32Array[] = [];
  const rest: Int32Array[] = [];
  strata.forEach((rows, index) => {
    const shuffled = shuffle(rows.slice(), stream);
    const count = counts[index] ?? 0;
    taken.push(shuffled.slice(0, count));
    rest.push(shuffled.slice(count).sort());
  });
  return { taken, rest };
}

/**
 * How many rows to draw from strata of these sizes: the share of each, rounded by largest remainder, so that the sum
 * is the share of the whole. It is at least one of each stratum, and leaves at least `room` rows.
 */
function shareOut(sizes: readonly number[], share: number, room: number): number[] {
  if (share <= 0) return sizes.map(() => 0);
  const max = sizes.map((size) => Math.max(0, size - room));
  const counts = sizes.map((size, i) => Math.min(max[i] ?? 0, Math.max(1, Math.floor(size * share))));
  const wanted = Math.round(sizes.reduce((sum, size) => sum + size, 0) * share);
  let left = wanted - counts.reduce((sum, count) => sum + count, 0);
  const byRemainder = sizes
    .map((size, i) => ({ i, remainder: size * share - (counts[i] ?? 0) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of byRemainder) {
    const count = counts[i] ?? 0;
    if (left > 0 && count < (max[i] ?? 0)) {
      counts[i] = count + 1;
      left--;
    }
  }
  return counts;
}

/** Deals the rows of a partition to the folds, stratum after stratum, and takes one fold. */
function fold(
  strata: readonly Int32Array[],
  folds: number,
  seed: number,
  repeat: number,
): { taken: Int32Array[]; rest: Int32Array[] } {
  const stream = keyedStream(seed, 'split', 'folds', Math.floor(repeat / folds));
  const dealt = inARow(strata.map((rows) => shuffle(rows.slice(), stream)));
  const isTaken = (_: number, index: number): boolean => index % folds === repeat % folds;
  return {
    taken: [dealt.filter(isTaken)],
    rest: [dealt.filter((row, index) => !isTaken(row, index))],
  };
}

function total(strata: readonly Int32Array[]): number {
  return strata.reduce((sum, rows) => sum + rows.length, 0);
}

function joined(strata: readonly Int32Array[]): Int32Array {
  return inARow(strata).sort();
}

function inARow(strata: readonly Int32Array[]): Int32Array {
  const rows = new Int32Array(total(strata));
  let filled = 0;
  for (const members of strata) {
    rows.set(members, filled);
    filled += members.length;
  }
  return rows;
}
