import { describe, expect, it } from 'vitest';
import { buildDataset } from '../../../src/data/build/build-dataset.js';
import { fileSource } from '../../../src/data/sources/formats.js';
import { fileName } from '../../../src/data/sources/row-source.js';
import {
  closeBlock,
  isMissing,
  openBlock,
  putCode,
  releaseBlock,
  textCodeAt,
} from '../../../src/data/table/block.js';
import { readTable } from '../../../src/data/table/read-table.js';
import { DEFAULTS, fileOf } from '../csv-file.js';

describe('a block of rows', () => {
  it('holds a number, a text or nothing in the same eight bytes', () => {
    const open = openBlock(3, 0);
    open.numbers[0] = 1.5;
    putCode(open, 1, 7);
    putCode(open, 2, 0);
    const block = closeBlock(open, fileName('table.csv'), 1);
    expect([0, 1, 2].map((at) => textCodeAt(block, at))).toEqual([0, 7, 0]);
    expect([0, 1, 2].map((at) => isMissing(block, at))).toEqual([false, false, true]);
    expect([...block.numbers]).toEqual([1.5, Number.NaN, Number.NaN]);
    expect(block.numbers.byteLength).toBe(3 * 8);
  });

  it('gives its memory back at once', () => {
    const block = closeBlock(openBlock(3, 0), fileName('table.csv'), 2);
    releaseBlock(block);
    expect(block.numbers.byteLength).toBe(0);
  });
});

describe('a table that has become a data set', () => {
  it('holds no number any more: the data are in memory once', async () => {
    const rows = Array.from({ length: 40_000 }, (_, i) => `${i},${i % 7},${i % 2 ? 'yes' : 'no'}`);
    const path = fileOf(`a,b,y\n${rows.join('\n')}\n`);
    const table = await readTable({
      sources: [fileSource(path)],
      header: true,
      columns: { target: 'y', drop: [], split: { kind: 'none' }, columns: [] },
    });
    const blocks = [...table.blocks];
    expect(blocks.length).toBeGreaterThan(1);
    const source = { kind: 'table', paths: [path], test: null, delimiter: null } as const;
    const dataset = buildDataset(table, null, { ...DEFAULTS, source });
    expect(blocks.map((block) => block.numbers.byteLength)).toEqual(blocks.map(() => 0));
    expect(dataset.x.byteLength).toBe(8 * 2 * rows.length);
    expect([...dataset.x.subarray(2 * 39_999)]).toEqual([39_999, 39_999 % 7]);
  });
});
