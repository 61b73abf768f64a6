import { describe, expect, it } from 'vitest';
import type { DataOptions } from '../../../src/data/options.js';
import { preparationOf } from '../../../src/data/prepare/preparation.js';
import { fileName } from '../../../src/data/sources/row-source.js';
import { textCells } from '../../../src/data/sources/rows.js';
import { RowEncoder } from '../../../src/mlp/prediction/row-encoder.js';
import { layoutOf } from '../../../src/mlp/prediction/row-layout.js';
import { load, refusalOf, rowsOf } from '../../data/csv-file.js';

/** Encodes rows as the preparation of all rows of a table has it; the first line names the columns. */
async function encoded(table: string, rows: string, options: Partial<DataOptions>) {
  const dataset = await load(table, options);
  const preparation = preparationOf(
    dataset,
    Int32Array.from({ length: dataset.rows }, (_, row) => row),
  );
  const [first = [], ...others] = rows
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const source = fileName('new.csv');
  const layout = layoutOf({ source, cells: first, line: 1 }, preparation, 0);
  const encoder = new RowEncoder(source, preparation, layout);
  others.forEach((cells, i) => {
    encoder.take(textCells(cells), i + 2);
  });
  const x = encoder.taken();
  const width = dataset.inputs;
  const inputs = Array.from({ length: others.length }, (_, i) => [...x.slice(i * width, (i + 1) * width)]);
  return { dataset, inputs, found: encoder.encoded };
}

const table = 'id,a,c,k\n7,1.5,red,x\n8,,1,y\n9,-2e3,blue,x\n4,3,,y\n';

describe('rows of text', () => {
  it.each([
    ['nothing special', []],
    [
      'indicators',
      [
        { column: 'a', indicator: true },
        { column: 'c', indicator: true },
      ],
    ],
    ['an ordinal column', [{ column: 'c', as: 'ordinal', indicator: true }]],
    ['numbers as categories', [{ column: 'a', as: 'one_hot' }]],
    ['few categories', [{ column: 'c', maxCategories: 1 }]],
    [
      'values that stand for missing cells',
      [
        { column: 'a', missingValues: ['3'], indicator: true },
        { column: 'c', missingValues: ['blue'], indicator: true },
      ],
    ],
  ] satisfies [string, DataOptions['columns']][])(
    'become the inputs that the data set has for them, with %s',
    async (_, columns) => {
      const { dataset, inputs } = await encoded(table, table, { drop: ['id'], missing: 'median', columns });
      expect(inputs).toEqual(rowsOf(dataset));
    },
  );

  it.each([
    ['a text among numbers', 'abc', 'red', 'new.csv:2:1  found "abc" in "a", expected a number.'],
    [
      'a word that may stand for a missing cell',
      '-',
      'red',
      'new.csv:2:1  found "-" in "a", expected a number, or an empty cell for a missing value.',
    ],
    [
      'a number that is too large',
      '1e999',
      'red',
      'new.csv:2:1  found "1e999" in "a", expected a smaller number.',
    ],
    [
      'a missing cell',
      '1',
      '?',
      'new.csv:2:2  found a missing cell in "c", expected a value: the network was trained ' +
        'without missing cells there.',
    ],
    [
      'an unseen category',
      '1',
      'pink',
      'new.csv:2:2  found the category "pink" in "c", expected one of the 2 categories of the training data.',
    ],
  ])('are refused with %s', async (_, a, c, message) => {
    const whole = 'id,a,c,k\n7,1.5,red,x\n8,2,blue,y\n9,,red,x\n';
    const columns = [{ column: 'a', missing: 'mean', indicator: true }] as const;
    const options = { drop: ['id'], unseen: 'error', columns } as const;
    expect(await refusalOf(encoded(whole, `a,c\n${a},${c}\n`, options))).toBe(message);
  });

  it('have numbers with and without the unit of their column', async () => {
    const columns = [{ column: 'a', unit: '%', missing: 'mean', missingValues: ['-'] }] as const;
    const cells = 'a,k\n5 %,x\n6%,y\n-,x\n7,y\n';
    const { dataset, inputs, found } = await encoded(cells, cells, { columns });
    expect(inputs).toEqual(rowsOf(dataset));
    expect(inputs.flat()).toEqual([5, 6, Number.NaN, 7]);
    expect(found.filled).toBe(1);
  });

  it('may have a unit in the first row of a table without header line', async () => {
    const columns = [{ column: '0', unit: '$' }] as const;
    const dataset = await load('$5,x\n$6,y\n$7,x\n$8,y\n', { columns });
    const preparation = preparationOf(dataset, Int32Array.of(0, 1, 2, 3));
    const source = fileName('new.csv');
    expect(layoutOf({ source, cells: ['($9)'], line: 1 }, preparation, 0)).toMatchObject({
      hasHeader: false,
      cells: [0],
    });
    expect(() => layoutOf({ source, cells: ['price'], line: 1 }, preparation, 0)).toThrow(
      /expected a number/,
    );
  });

  it('have all inputs 0 for an unseen category that is ignored', async () => {
    const { inputs, found } = await encoded('c,k\nred,x\nblue,y\n', 'c\npink\n', { target: 'k' });
    expect(inputs).toEqual([[0, 0]]);
    expect(found.unknown).toEqual(new Map([['c', 1]]));
  });

  it('have an unseen category of an ordinal column filled as a missing cell', async () => {
    const options = { target: 'k', missing: 'median', columns: [{ column: 'c', as: 'ordinal' }] } as const;
    const { inputs, found } = await encoded('c,k\nred,x\nblue,y\n', 'c\npink\n\n?\nred\n', options);
    expect(inputs).toEqual([[Number.NaN], [Number.NaN], [Number.NaN], [1]]);
    expect(found).toEqual({ filled: 2, unknown: new Map(), unknownFilled: new Map([['c', 1]]) });
  });

  it('are refused with such a category where nothing fills missing cells', async () => {
    const options = { target: 'k', columns: [{ column: 'c', as: 'ordinal' }] } as const;
    expect(await refusalOf(encoded('c,k\nred,x\nblue,y\n', 'c\npink\n', options))).toBe(
      'new.csv:2:1  found the category "pink" in "c", expected one of the 2 categories of the training data.',
    );
  });
});
