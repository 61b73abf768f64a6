import type { Dataset } from '../../src/data/dataset.js';
import type { SplitOptions } from '../../src/data/options.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';

/** A data set of these rows: inputs that are all numbers, classes `a`, `b`, ... or numbers as targets. */
export function dataSetOf(
  x: readonly (readonly number[])[],
  y: readonly number[],
  options: { classes?: number; split?: SplitOptions; standardize?: boolean } = {},
): Dataset {
  const { classes, split = { kind: 'shares', validation: 0.2, test: 0.2 }, standardize = true } = options;
  const inputs = x[0]?.length ?? 0;
  return {
    task: classes === undefined ? 'regression' : 'classification',
    rows: x.length,
    inputs,
    x: shared(x.flat()),
    y: shared(y),
    groups: sharedIndices(x.length),
    classes: classes === undefined ? null : Array.from({ length: classes }, (_, k) => 'abcdefgh'.charAt(k)),
    target: 'y',
    columns: Array.from({ length: inputs }, (_, k) => ({
      kind: 'number',
      name: `x${k}`,
      index: k,
      input: k,
    })),
    testFrom: x.length,
    split,
    splitNumbers: null,
    standardize,
    fills: x[0]?.map(() => null) ?? [],
    unseen: 'error',
    missingCells: {},
    unseenCells: {},
    sortedTexts: [],
    droppedRows: 0,
    hash: 'made',
  };
}

function shared(values: readonly number[]): Float64Array<SharedArrayBuffer> {
  const array = new Float64Array(new SharedArrayBuffer(values.length * 8));
  array.set(values);
  return array;
}

function sharedIndices(count: number): Int32Array<SharedArrayBuffer> {
  const array = new Int32Array(new SharedArrayBuffer(count * 4));
  for (let k = 0; k < count; k++) array[k] = k;
  return array;
}

/** Rings around the origin, one a class: no straight line tells them apart. */
export function rings(rows: number, classes: number, split?: SplitOptions): Dataset {
  const stream = keyedStream('rings', rows, classes);
  const y = Array.from({ length: rows }, (_, row) => row % classes);
  const x = y.map((label) => {
    const [a, b] = [stream.normal(), stream.normal()];
    const radius = (label + 1 + 0.1 * stream.normal()) / Math.sqrt(a * a + b * b);
    return [a * radius, b * radius];
  });
  return dataSetOf(x, y, { classes, ...(split && { split }) });
}

/** Numbers that are the product of two inputs, plus a little noise, in units far from 1. */
export function products(rows: number): Dataset {
  const stream = keyedStream('products', rows);
  const x = Array.from({ length: rows }, () => [stream.normal(), stream.normal(), stream.normal()]);
  const y = x.map(([a = 0, b = 0]) => 500 + 20 * a * b + stream.normal());
  return dataSetOf(x, y);
}

/** The tutorial's table: the exclusive or of two inputs beside an input that is always 1. */
export function exclusiveOr(): Dataset {
  const x = [
    [0, 0, 1],
    [0, 1, 1],
    [1, 0, 1],
    [1, 1, 1],
  ];
  return dataSetOf(x, [0, 1, 1, 0], { classes: 2, split: { kind: 'none' }, standardize: false });
}
