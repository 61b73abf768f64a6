import { keyedStream, type RandomStream, shuffle } from '../../numeric/keyed-stream.js';
import type { Dataset } from '../dataset.js';
import type { SplitOptions } from '../options.js';
import type { Parts } from './parts.js';
import { PART_NAMES } from './split-column.js';

export type SplitByColumn = Extract<SplitOptions, { column: string | number }>;

interface RowsToSplit {
  /** The rows to split. */
  readonly own: Int32Array;
  /** The rows of a test file. */
  readonly given: Int32Array;
  readonly seed: number;
  readonly repeat: number;
}

/** The parts of a split that a column decides. */
export function partsByColumn(dataset: Dataset, split: SplitByColumn, rows: RowsToSplit): Parts {
  const { own, given, seed, repeat } = rows;
  const numberOf = (row: number): number => dataset.splitNumbers?.[row] ?? 0;
  if (split.kind === 'column') {
    const [training, validation, test] = PART_NAMES.map((_, part) =>
      own.filter((row) => numberOf(row) === part),
    );
    return {
      training: training ?? own,
      validation: validation ?? new Int32Array(),
      test: test ?? new Int32Array(),
    };
  }
  const bundles = bundlesOf(own, numberOf);
  const test = given.length > 0 ? 0 : split.test * own.length;
  const validation = split.validation * own.length;
  const isByTime = split.kind === 'time';
  // The latest bundles are drawn first.
  const inOrder = isByTime ? bundles.reverse() : shuffled(bundles, keyedStream(seed, 'split', 'test'));
  const drawn = take(inOrder, test, 2);
  const left = isByTime ? drawn.rest : shuffled(drawn.rest, keyedStream(seed, 'split', 'validation', repeat));
  const judged = take(left, validation, 1);
  return {
    training: joined(judged.rest),
    validation: joined(judged.taken),
    test: given.length > 0 ? given : joined(drawn.taken),
  };
}

type Bundle = readonly number[];

function shuffled(bundles: readonly Bundle[], stream: RandomStream): Bundle[] {
  const order = shuffle(Int32Array.from(bundles.keys()), stream);
  return Array.from(order, (index) => bundles[index] ?? []);
}

/** Groups the rows that stay together, in rising order of their number. */
function bundlesOf(rows: Int32Array, numberOf: (row: number) => number): Bundle[] {
  const bundles = new Map<number, number[]>();
  for (const row of rows) {
    const number = numberOf(row);
    const bundle = bundles.get(number);
    if (bundle === undefined) bundles.set(number, [row]);
    else bundle.push(row);
  }
  return [...bundles].sort(([a], [b]) => a - b).map(([, bundle]) => bundle);
}

/**
 * Takes whole bundles from the front until the number of rows is as near to `wanted` as possible: at least one bundle
 * unless none is wanted. At least `room` bundles stay.
 */
function take(
  bundles: readonly Bundle[],
  wanted: number,
  room: number,
): { taken: readonly Bundle[]; rest: readonly Bundle[] } {
  let count = 0;
  let rows = 0;
  for (const { length } of wanted === 0 ? [] : bundles.slice(0, bundles.length - room)) {
    if (count > 0 && Math.abs(rows + length - wanted) > Math.abs(rows - wanted)) break;
    rows += length;
    count += 1;
  }
  return { taken: bundles.slice(0, count), rest: bundles.slice(count) };
}

function joined(bundles: readonly Bundle[]): Int32Array {
  return Int32Array.from(bundles.flat()).sort();
}
