import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/training/data/dataset.js';
import { encodeRow } from '../../../src/training/data/encode-row.js';
import { preparationOf, prepare, prepareTargets } from '../../../src/training/data/preparation.js';
import { partsOf } from '../../../src/training/data/split.js';
import { load, refusalOf, rowsOf } from './csv-file.js';

const rows = (...numbers: number[]): Int32Array => Int32Array.from(numbers);
const inRows = (dataset: Dataset, prepared: Float64Array): number[][] =>
  Array.from({ length: prepared.length / dataset.inputs }, (_, i) => [
    ...prepared.slice(i * dataset.inputs, (i + 1) * dataset.inputs),
  ]);

describe('standardisation', () => {
  it('brings the training rows to mean 0 and standard deviation 1, other rows by the same measure', async () => {
    const dataset = await load('2,x\n4,y\n6,x\n100,y\n');
    const preparation = preparationOf(dataset, rows(0, 1, 2));
    const deviation = Math.sqrt(8 / 3);
    expect(preparation).toMatchObject({ mean: [4], scale: [1 / deviation], fill: null });
    expect([...prepare(dataset, preparation, rows(0, 3))]).toEqual([-2 / deviation, 96 * (1 / deviation)]);
  });

  it('makes a column 0 that is constant in the training part, also where sums would round', async () => {
    const dataset = await load('0.1,1,x\n0.1,2,y\n0.1,3,x\n0.7,4,y\n');
    const preparation = preparationOf(dataset, rows(0, 1, 2));
    expect(preparation.scale[0]).toBe(0);
    expect(inRows(dataset, prepare(dataset, preparation, rows(0, 3))).map((row) => row[0])).toEqual([0, 0]);
  });

  it('treats one-hot inputs like any other', async () => {
    const dataset = await load('c,k\nred,x\nblue,y\nred,x\nred,y\n', { target: 'k' });
    const preparation = preparationOf(dataset, rows(0, 1, 2, 3));
    expect(preparation.mean).toEqual([0.25, 0.75]);
    expect(preparation.scale[0]).toBeCloseTo(1 / Math.sqrt(0.1875), 12);
  });

  it('leaves inputs as they are where it is switched off', async () => {
    const dataset = await load('2,7,1.5\n4,7,2.25\n9,7,3.5\n', { standardize: false });
    const preparation = preparationOf(dataset, rows(0, 1));
    expect(inRows(dataset, prepare(dataset, preparation, rows(0, 2)))).toEqual([
      [2, 7],
      [9, 7],
    ]);
    expect([...prepareTargets(dataset, preparation, rows(0, 2))]).toEqual([1.5, 3.5]);
  });

  it('applies to targets that are numbers', async () => {
    const dataset = await load('1,10.5\n2,20.5\n3,60.5\n');
    const preparation = preparationOf(dataset, rows(0, 1));
    expect(preparation.target).toEqual({ kind: 'number', name: 'column 1', mean: 15.5, deviation: 5 });
    expect([...prepareTargets(dataset, preparation, rows(0, 1, 2))]).toEqual([-1, 1, 9]);
  });

  it('leaves classes as indices', async () => {
    const dataset = await load('1,y\n2,x\n3,y\n');
    const preparation = preparationOf(dataset, rows(0, 1));
    expect(preparation.target).toEqual({ kind: 'class', name: 'column 1', classes: ['x', 'y'] });
    expect([...prepareTargets(dataset, preparation, rows(0, 1, 2))]).toEqual([1, 0, 1]);
  });
});

describe('missing cells', () => {
  const content = 'a,c,k\n1,red,x\n2,blue,y\n6,blue,x\n,,y\n100,red,y\n';

  it('take the mean of the training part', async () => {
    const dataset = await load(content, { missing: 'mean' });
    expect(preparationOf(dataset, rows(0, 1, 2, 3)).fill).toEqual([3, 1, 0]);
  });

  it('take the median of the training part, of an even number the middle of two', async () => {
    const dataset = await load(content, { missing: 'median' });
    expect(preparationOf(dataset, rows(0, 1, 2, 3)).fill).toEqual([2, 1, 0]);
    expect(preparationOf(dataset, rows(0, 1, 3)).fill?.[0]).toBe(1.5);
  });

  it('take the first of several categories that are equally frequent', async () => {
    const dataset = await load(content, { missing: 'mean' });
    expect(preparationOf(dataset, rows(0, 1)).fill?.slice(1)).toEqual([1, 0]);
  });

  it('are filled before columns are standardised', async () => {
    const dataset = await load(content, { missing: 'mean' });
    const preparation = preparationOf(dataset, rows(0, 1, 2, 3));
    const prepared = inRows(dataset, prepare(dataset, preparation, rows(0, 1, 2, 3)));
    expect(prepared[3]?.[0]).toBe(0);
    expect(preparation.scale[0]).toBe(1 / Math.sqrt(14 / 4));
  });

  it('are 0 where the training part has no value at all', async () => {
    const dataset = await load(content, { missing: 'mean' });
    const preparation = preparationOf(dataset, rows(3));
    expect([...prepare(dataset, preparation, rows(3, 4))].slice(0, 1)).toEqual([0]);
  });
});

describe('a preparation', () => {
  it('knows nothing of rows outside the training part', async () => {
    const lines = Array.from(
      { length: 60 },
      (_, i) => `${i % 7 === 0 ? '' : i},${['red', 'blue'][i % 2]},${i % 3}`,
    );
    const options = {
      header: false,
      missing: 'median',
      task: 'classification',
      split: { kind: 'shares', validation: 0.2, test: 0.2 },
    } as const;
    const before = await load(lines.join('\n'), options);
    const { training, validation, test } = partsOf(before, 7, 1);
    for (const row of [...validation, ...test]) lines[row] = `9999,blue,${row % 3}`;
    const after = await load(lines.join('\n'), options);
    expect(partsOf(after, 7, 1)).toEqual({ training, validation, test });
    expect(after.hash).not.toBe(before.hash);
    expect(preparationOf(after, training)).toEqual(preparationOf(before, training));
  });

  it('survives JSON unchanged', async () => {
    const dataset = await load('a,c,k\n0.1,red,1.5\n0.2,blue,2.5\n,red,3.75\n', { missing: 'mean' });
    const preparation = preparationOf(dataset, rows(0, 1, 2));
    expect(JSON.parse(JSON.stringify(preparation))).toEqual(preparation);
  });
});

describe('a row of text', () => {
  const content = 'id,a,c,k\n7,1.5,red,x\n8,,1,y\n9,-2e3,blue,x\n4,3,,y\n';
  const cells = content
    .trim()
    .split('\n')
    .map((line) => line.split(','));

  it('becomes the inputs that the data set has for it', async () => {
    const dataset = await load(content, { drop: ['id'], missing: 'mean' });
    const preparation = preparationOf(dataset, rows(0, 1, 2, 3));
    const encoded = cells.slice(1).map((row) => [
      ...encodeRow(preparation, {
        cellOf: (column) => row[column.index] ?? '',
        placeOf: (column) => `new.csv:1:${column.index + 1}`,
      }),
    ]);
    expect(encoded).toEqual(rowsOf(dataset));
  });

  it.each([
    ['a text among numbers', 'abc', 'red', 'new.csv:1:2  found "abc" in "a", expected a number.'],
    [
      'a number that is too large',
      '1e999',
      'red',
      'new.csv:1:2  found "1e999" in "a", expected a smaller number.',
    ],
    [
      'a missing cell',
      '1',
      '?',
      'new.csv:1:3  found a missing cell in "c", expected a value: the network was trained without missing cells.',
    ],
    [
      'an unseen category',
      '1',
      'pink',
      'new.csv:1:3  found the category "pink" in "c", expected one of the 2 of the training file.',
    ],
  ])('is refused with %s', async (_, a, c, message) => {
    const dataset = await load('id,a,c,k\n7,1.5,red,x\n8,2,blue,y\n', { drop: ['id'], unseen: 'error' });
    const preparation = preparationOf(dataset, rows(0, 1));
    const encoding = async (): Promise<unknown> =>
      encodeRow(preparation, {
        cellOf: (column) => (column.name === 'a' ? a : c),
        placeOf: (column) => `new.csv:1:${column.index + 1}`,
      });
    expect(await refusalOf(encoding())).toBe(message);
  });

  it('has all inputs 0 for an unseen category that is ignored', async () => {
    const dataset = await load('c,k\nred,x\nblue,y\n', { target: 'k' });
    const preparation = preparationOf(dataset, rows(0, 1));
    expect([...encodeRow(preparation, { cellOf: () => 'pink', placeOf: () => '' })]).toEqual([0, 0]);
  });
});
