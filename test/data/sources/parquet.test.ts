import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { inputNames, load, refusal, rowsOf, targetsOf } from '../csv-file.js';

const parquet = (columnData: ColumnSource[], rowGroupSize = 1000): Uint8Array =>
  new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize }));

const columns: ColumnSource[] = [
  { name: 'size', data: [1.5, null, 3, 4.25], type: 'DOUBLE', nullable: true },
  { name: 'count', data: [1n, 2n, 3n, 4n], type: 'INT64' },
  { name: 'is sold', data: [true, false, true, true], type: 'BOOLEAN' },
  { name: 'kind', data: ['x', 'y', 'x', 'y'], type: 'STRING' },
];

describe('a Parquet file', () => {
  it('is read like a table, its names and missing cells included', async () => {
    const dataset = await load(parquet(columns), { missing: 'mean' });
    expect(rowsOf(dataset)).toEqual([
      [1.5, 1, 0, 1],
      [Number.NaN, 2, 1, 0],
      [3, 3, 0, 1],
      [4.25, 4, 0, 1],
    ]);
    expect(targetsOf(dataset)).toEqual(['x', 'y', 'x', 'y']);
    expect(dataset.columns.map((column) => column.name)).toEqual(['size', 'count', 'is sold']);
    expect(dataset.missingCells).toEqual({ size: 1 });
  });

  it('is the same as a CSV file of its cells, in row groups of any size', async () => {
    const csv = 'size,count,is sold,kind\n1.5,1,true,x\n,2,false,y\n3,3,true,x\n4.25,4,true,y\n';
    const { hash } = await load(csv, { missing: 'mean' });
    for (const group of [1, 3, 1000]) {
      expect((await load(parquet(columns, group), { missing: 'mean' })).hash).toBe(hash);
    }
  });

  it('is the same where a row group takes several turns, with numbers that are no numbers among them', async () => {
    const rows = Array.from({ length: 70_000 }, (_, row) => row);
    const sizes = rows.map((row) => (row % 11 === 0 ? null : row % 13 === 0 ? Number.NaN : row / 7 - 0));
    const columnData: ColumnSource[] = [
      { name: 'size', data: sizes, type: 'DOUBLE', nullable: true },
      { name: 'count', data: rows.map((row) => BigInt(row % 90)), type: 'INT64' },
      { name: 'kind', data: rows.map((row) => 'xyz'[row % 3]), type: 'STRING' },
    ];
    const cells = rows.map((row) => `${sizes[row] ?? ''},${row % 90},${'xyz'[row % 3]}`);
    const csv = await load(['size,count,kind', ...cells].join('\n'), { missing: 'mean' });
    const loaded = await load(parquet(columnData, rows.length), { missing: 'mean' });
    expect(loaded.hash).toBe(csv.hash);
    expect(loaded.missingCells).toEqual(csv.missingCells);
  });

  it('has its rows counted as lines below the names', async () => {
    expect(await refusal(parquet(columns))).toMatch(/^table\.csv:3:1 {2}found a missing cell in "size"/);
  });

  it('is refused where columns hold lists', async () => {
    const lists: ColumnSource[] = [...columns, { name: 'tags', data: [[1], [2], [3], [4]], type: 'JSON' }];
    expect(await refusal(parquet(lists))).toMatch(/found a list, a record or bytes/);
    expect(inputNames(await load(parquet(lists), { target: 'kind', drop: ['tags', 'size'] }))).toContain(
      'count',
    );
  });

  it('is refused where it is cut off or damaged', async () => {
    const whole = parquet(columns);
    expect(await refusal(whole.subarray(0, whole.length - 3))).toMatch(/cannot be read as a Parquet file/);
    expect(await refusal(whole.slice(0, 4))).toMatch(/cannot be read as a Parquet file/);
  });
});
