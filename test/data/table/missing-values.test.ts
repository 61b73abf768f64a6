import { describe, expect, it } from 'vitest';
import { load, refusal, rowsOf, targetsOf } from '../csv-file.js';

describe('values that stand for missing cells', () => {
  it('make a column of numbers out of numbers and words, and leave categories of other columns alone', async () => {
    const content = 'a,c,k\n1,-,x\n-,red,y\n3,-,x\nn.a.,red,y\n5.0,-,x\n';
    const columns = [{ column: 'a', missingValues: ['-', 'n.a.'] }] as const;
    const dataset = await load(content, { missing: 'median', columns });
    expect(dataset.columns).toEqual([
      { kind: 'number', name: 'a', index: 0, input: 0, missingValues: ['-', 'n.a.'] },
      { kind: 'category', name: 'c', index: 1, input: 1, categories: ['-', 'red'] },
    ]);
    expect(rowsOf(dataset).map(([a]) => a)).toEqual([1, Number.NaN, 3, Number.NaN, 5]);
    expect(dataset.missingCells).toEqual({ a: 2 });
  });

  it('hold for every column that has no list of its own, and an empty list takes none', async () => {
    const content = 'a,c,d,k\n1,-,-,x\n-,red,b,y\n3,red,b,-\n4,red,b,y\n';
    const options = {
      missing: 'most_frequent',
      missingValues: ['-'],
      columns: [
        { column: 'd', missingValues: [] },
        { column: 'k', missing: 'drop' },
      ],
    } as const;
    const dataset = await load(content, options);
    expect(dataset).toMatchObject({ rows: 3, droppedRows: 1, missingCells: { a: 1, c: 1 } });
    expect(targetsOf(dataset)).toEqual(['x', 'y', 'y']);
    expect(dataset.columns.map((column) => ('categories' in column ? column.categories : null))).toEqual([
      null,
      ['red'],
      ['-', 'b'],
    ]);
  });

  it('are numbers by their value, in numbers and in categories', async () => {
    const content = 'a,z,k\n1,7,x\n-999.0,8,y\n"-999",-999,x\n4,7,y\n';
    const columns = [{ column: 'z', as: 'one_hot' }] as const;
    const dataset = await load(content, { missing: 'mean', missingValues: ['-999'], columns });
    expect(dataset.missingCells).toEqual({ a: 2, z: 1 });
  });

  it('hold in test files, too', async () => {
    const columns = [{ column: 'a', missingValues: ['-'] }] as const;
    const dataset = await load('a,k\n1,x\n2,y\n', { missing: 'mean', columns }, 'a,k\n-,y\n4,x\n');
    expect(dataset.missingCells).toEqual({ a: 1 });
  });

  it('are proposed where a word for a missing cell is among numbers', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i},${i % 2 === 0 ? 'x' : 'y'}`);
    rows[6] = 'n/a,x';
    expect(await refusal(`age,k\n${rows.join('\n')}\n`)).toBe(
      'table.csv:8:1  found "n/a" in "age", expected a number as in 39 other cells of the column. If it stands for ' +
        'a missing cell, set columns: {"age": {missing_values: ["n/a"]}} in data. Otherwise correct the cell or drop ' +
        'the column.',
    );
  });
});
