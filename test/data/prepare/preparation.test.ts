import { describe, expect, it } from 'vitest';
import type { FillRule } from '../../../src/data/column-options.js';
import type { Dataset } from '../../../src/data/dataset.js';
import { preparationOf, prepare, prepareTargets } from '../../../src/data/prepare/preparation.js';
import { partsOf } from '../../../src/data/split/split.js';
import { inputNames, load, refusal, rowsOf } from '../csv-file.js';

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

  it('of all inputs together keeps their scales beside each other', async () => {
    const dataset = await load('0,0,x\n0,8,y\n4,4,x\n100,100,y\n', { standardize: 'together' });
    const preparation = preparationOf(dataset, rows(0, 1, 2));
    // The cells 0, 0, 0, 8, 4, 4 have the mean 8 / 3 and the variance 16 - 64 / 9.
    const deviation = Math.sqrt(16 - 64 / 9);
    expect(preparation.mean).toEqual([16 / 6, 16 / 6]);
    for (const scale of preparation.scale) expect(scale).toBeCloseTo(1 / deviation, 12);
    const [, second] = inRows(dataset, prepare(dataset, preparation, rows(0, 1)));
    expect((second?.[1] ?? 0) - (second?.[0] ?? 0)).toBeCloseTo(8 / deviation, 12);
  });

  it('of all inputs together standardises targets that are numbers, too', async () => {
    const dataset = await load('1,1,10.5\n2,5,20.5\n3,9,60.5\n', { standardize: 'together' });
    const preparation = preparationOf(dataset, rows(0, 1));
    expect(preparation.target).toMatchObject({ mean: 15.5, deviation: 5 });
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

describe('columns of their own kind', () => {
  const content = 'age,size,zip,k\n3,mid,10,x\n,low,07,y\n5,,7,x\n5,high,10,y\n9,mid,8,x\n';
  const column = { age: 'age', size: 'size', zip: 'zip' } as const;
  const usual = { target: 'k', missing: 'median', drop: ['zip'] } as const;

  it('fill missing cells each as it says, others as the table does', async () => {
    const fillOf = async (missing: FillRule): Promise<unknown> => {
      const columns = [{ column: column.age, missing }];
      const dataset = await load(content, { ...usual, drop: ['zip', 'size'], columns });
      return preparationOf(dataset, rows(0, 1, 2, 3, 4)).fill;
    };
    expect(await fillOf('mean')).toEqual([5.5]);
    expect(await fillOf('median')).toEqual([5]);
    expect(await fillOf('most_frequent')).toEqual([5]);
    const dataset = await load(content, {
      ...usual,
      missing: 'error',
      columns: [
        { column: 'age', missing: 'mean' },
        { column: 'size', missing: 'most_frequent' },
      ],
    });
    expect(preparationOf(dataset, rows(0, 1, 2, 3, 4)).fill).toEqual([5.5, 0, 0, 1]);
  });

  it('take the smallest of several numbers that are equally frequent', async () => {
    const dataset = await load('a,k\n7,x\n2,y\n9,x\n9,y\n2,x\n,y\n', {
      target: 'k',
      missing: 'most_frequent',
    });
    expect(preparationOf(dataset, rows(0, 1, 2, 3, 4, 5)).fill).toEqual([2]);
    expect(preparationOf(dataset, rows(0, 2, 3, 5)).fill).toEqual([9]);
  });

  it('leave nothing in place of a missing cell where that is an error, beside columns that are filled', async () => {
    const dataset = await load('a,b,k\n1,5,x\n,6,y\n3,7,x\n', {
      target: 'k',
      columns: [{ column: 'a', missing: 'mean' }],
    });
    expect(preparationOf(dataset, rows(0, 1, 2)).fill).toEqual([2, null]);
  });

  it('leave out the rows that miss a cell of theirs, and no others', async () => {
    const columns = [{ column: 'size', missing: 'drop' }] as const;
    const dataset = await load(content, { ...usual, columns });
    expect(dataset).toMatchObject({ rows: 4, droppedRows: 1, missingCells: { age: 1 } });
  });

  it('leave out the rows whose target is missing, where that is said of it', async () => {
    const columns = [{ column: 'k', missing: 'drop' }] as const;
    const dataset = await load('a,k\n1,x\n,y\n3,\n4,y\n', { target: 'k', missing: 'mean', columns });
    expect(dataset).toMatchObject({ rows: 3, droppedRows: 1, missingCells: { a: 1 } });
  });

  it('have an input that says where a cell is missing', async () => {
    const columns = [{ column: 'age', indicator: true }] as const;
    const dataset = await load(content, { ...usual, columns });
    expect(inputNames(dataset)).toEqual(['age', 'age missing', 'size=high', 'size=low', 'size=mid']);
    expect(rowsOf(dataset).map((row) => row[1])).toEqual([0, 1, 0, 0, 0]);
    const preparation = preparationOf(dataset, rows(0, 1, 2, 3));
    expect(preparation.mean[1]).toBe(0.25);
    expect(inRows(dataset, prepare(dataset, preparation, rows(1)))[0]?.[1]).toBe(
      0.75 * (preparation.scale[1] ?? 0),
    );
  });

  it('have such an input wherever cells are missing and filled, where the table says so', async () => {
    const dataset = await load(content, {
      ...usual,
      indicator: true,
      columns: [{ column: 'size', indicator: false }],
    });
    expect(inputNames(dataset)).toEqual(['age', 'age missing', 'size=high', 'size=low', 'size=mid']);
    const all = await load(content, { ...usual, drop: [], indicator: true });
    expect(inputNames(all).filter((name) => name.endsWith('missing'))).toEqual([
      'age missing',
      'size missing',
    ]);
  });

  it('count from 0 as ordinal, in the order that is given', async () => {
    const columns = [{ column: 'size', as: 'ordinal', order: ['low', 'mid', 'high'] }] as const;
    const dataset = await load(content, { ...usual, drop: ['zip', 'age'], columns });
    expect(rowsOf(dataset).flat()).toEqual([1, 0, Number.NaN, 2, 1]);
    expect(preparationOf(dataset, rows(0, 1, 2, 3, 4))).toMatchObject({ fill: [1], mean: [1] });
    expect(dataset.sortedTexts).toEqual([]);
  });

  it('count by value, then as texts sort, where no order is given', async () => {
    const table = 'a,b,k\n10,10,x\nhigh,9,y\n9,2,x\nlow,9,y\n';
    const columns = [
      { column: 'a', as: 'ordinal' },
      { column: 'b', as: 'ordinal' },
    ] as const;
    const dataset = await load(table, { target: 'k', columns });
    expect(dataset.columns).toMatchObject([
      { categories: ['9', '10', 'high', 'low'] },
      { categories: ['2', '9', '10'] },
    ]);
    expect(dataset.sortedTexts).toEqual(['a']);
  });

  it('may have categories that are numbers', async () => {
    const columns = [{ column: 'zip', as: 'one_hot' }] as const;
    const dataset = await load(content, { ...usual, drop: ['age', 'size'], columns });
    expect(inputNames(dataset)).toEqual(['zip=10', 'zip=7', 'zip=8']);
    expect(rowsOf(dataset).map((row) => row.indexOf(1))).toEqual([0, 1, 1, 0, 2]);
  });

  it('have inputs for the most frequent categories alone, of equally frequent ones those that sort first', async () => {
    const table = `c,k\n${[...'bbaaccdde'].map((c, i) => `${c},${i % 2}\n`).join('')}`;
    const columns = [{ column: 'c', maxCategories: 3 }] as const;
    const dataset = await load(table, { target: 'k', unseen: 'ignore', columns });
    expect(inputNames(dataset)).toEqual(['c=a', 'c=b', 'c=c']);
    expect(rowsOf(dataset).slice(6)).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(dataset.unseenCells).toEqual({});
  });

  it('are the same data where nothing special is said', async () => {
    const plain = await load(content, { ...usual, missing: 'median' });
    const said = await load(content, {
      ...usual,
      columns: [
        { column: 'size', as: 'one_hot', missing: 'most_frequent', indicator: false },
        { column: '0', missing: 'median' },
      ],
    });
    expect(said.hash).toBe(plain.hash);
    expect(preparationOf(said, rows(0, 2, 3))).toEqual(preparationOf(plain, rows(0, 2, 3)));
  });

  it('that differ are other data', async () => {
    const hashes = [
      {},
      { as: 'ordinal' },
      { as: 'ordinal', order: ['low', 'mid', 'high'] },
      { maxCategories: 2 },
      { indicator: true },
      { unseen: 'error' },
      { missing: 'drop' },
    ] as const;
    const found = await Promise.all(
      hashes.map(
        async (own) => (await load(content, { ...usual, columns: [{ column: 'size', ...own }] })).hash,
      ),
    );
    expect(new Set(found).size).toBe(hashes.length);
  });

  describe('take categories of a test file that training does not have', () => {
    const test = 'age,size,zip,k\n3,huge,1,x\n4,mid,1,y\n';
    const sized = { ...usual, drop: ['zip', 'age'] };

    it('for none of theirs, and say so', async () => {
      const dataset = await load(content, sized, test);
      expect(rowsOf(dataset).slice(5)).toEqual([
        [0, 0, 0],
        [0, 0, 1],
      ]);
      expect(dataset.unseenCells).toEqual({ size: 1 });
    });

    it('for missing, as ordinal', async () => {
      const columns = [{ column: 'size', as: 'ordinal', indicator: true }] as const;
      const dataset = await load(content, { ...sized, columns }, test);
      expect(rowsOf(dataset).slice(5)).toEqual([
        [Number.NaN, 0],
        [2, 0],
      ]);
      expect(dataset.unseenCells).toEqual({ size: 1 });
    });

    it('as ordinal not where nothing fills missing cells', async () => {
      const whole = content.replace('5,,7,x', '5,low,7,x');
      const columns = [{ column: 'size', as: 'ordinal' }] as const;
      expect(await refusal(whole, { ...sized, missing: 'error', columns }, test)).toBe(
        'test.csv:2:2  found the category "huge" in "size", expected one of the 3 categories of the training file. ' +
          'An ordinal column reads it as a missing cell, which nothing fills: set missing: median ' +
          'for the column, or add the category to its order.',
      );
    });

    it('not where that is an error for the column', async () => {
      const columns = [{ column: 'size', unseen: 'error' }] as const;
      expect(await refusal(content, { ...sized, columns }, test)).toMatch(
        /^test\.csv:2:2 {2}found the category "huge"/,
      );
    });
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
