import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dump } from 'npyjs';
import { describe, expect, it } from 'vitest';
import { loadDataset } from '../../../src/data/load-dataset.js';
import type { DataOptions, DataSource } from '../../../src/data/options.js';
import { sharedData } from '../../support/shared-data.js';
import { DEFAULTS, fileOf, folder, load, refusal, refusalOf, rowsOf, targetsOf } from '../csv-file.js';

const from = (source: DataSource, options: Partial<DataOptions> = {}) =>
  loadDataset({ ...DEFAULTS, ...options, source }, 7);
type TableSource = Extract<DataSource, { kind: 'table' }>;
const tableOf = (...paths: string[]): TableSource => ({ kind: 'table', paths, test: null, delimiter: null });
const arraysOf = (images: string, labels: string): DataSource => ({
  kind: 'arrays',
  images,
  labels,
  test: null,
});

/** An IDX file of unsigned bytes (or of another kind). */
function idx(shape: number[], bytes: Iterable<number>, code = 0x08): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header[2] = code;
  header[3] = shape.length;
  for (const [i, length] of shape.entries()) header.writeUInt32BE(length, 4 + 4 * i);
  return Buffer.concat([header, Uint8Array.from(bytes)]);
}

const CSV = 'a,b,kind\n1,2.5,x\n3,4,y\n5,6,x\n7,8,y\n';

describe('a table', () => {
  it.each([
    ['tabs', '\t'],
    ['semicolons', ';'],
    ['pipes', '|'],
  ])('may have %s between its cells', async (_, separator) => {
    const plain = await load(CSV);
    expect((await load(CSV.replaceAll(',', separator))).hash).toBe(plain.hash);
    expect((await load(CSV.replaceAll(',', ` ${separator} `))).hash).toBe(plain.hash);
    const quoted = CSV.replaceAll('x', '"x"');
    expect((await load(quoted.replaceAll(',', separator))).hash).toBe(plain.hash);
  });

  it('keeps commas in cells that are separated otherwise', async () => {
    const dataset = await load('a;names;k\n1;p, q;x\n2;r, s;y\n3;p, q;x\n');
    expect(dataset.columns[1]).toMatchObject({ name: 'names', categories: ['p, q', 'r, s'] });
  });

  it('keeps semicolons in some cells of a table of commas', async () => {
    const dataset = await load('a,names,k\n1,p;q,x\n2,r,y\n3,p;q,x\n');
    expect(dataset.columns[1]).toMatchObject({ categories: ['p;q', 'r'] });
  });

  it('reads empty cells at the ends of a row of tabs', async () => {
    const dataset = await load('a\tb\tk\n\t1\tx\n2\t3\ty\n\t\tx\n', { missing: 'mean' });
    expect(dataset.missingCells).toEqual({ a: 2, b: 1 });
  });

  it('may be packed with gzip', async () => {
    expect((await load(gzipSync(CSV))).hash).toBe((await load(CSV)).hash);
    const long = `a,k\n${Array.from({ length: 200_000 }, (_, i) => `${i},${i % 2}\n`).join('')}`;
    expect((await load(gzipSync(long))).rows).toBe(200_000);
    // As tape and disk tools leave them: gzip ignores zeros after the end, too.
    const padded = Buffer.concat([gzipSync(CSV), Buffer.alloc(300_000)]);
    expect((await load(padded)).hash).toBe((await load(CSV)).hash);
  });

  it('may begin without quotes and go on with them, on any line', async () => {
    const lines = Array.from({ length: 300_000 }, (_, i) => `${i},${i % 7},word${i % 3}`);
    const plain = `a,b,k\r\n${lines.join('\r\n')}\r\n`;
    const quoted = plain.replace('250000,2,word1', '"250000",2,"word1"');
    expect((await load(quoted)).hash).toBe((await load(plain)).hash);
    const broken = plain.replace('299999,0,word2', '"29"9999,0,word2');
    expect(await refusalOf(load(broken))).toMatch(
      /^table\.csv:300001:\d {2}found text after the closing quote/,
    );
  });

  it('may lie in several files, in a list or a pattern, each with the header line', async () => {
    const whole = await load(CSV);
    const parts = join(folder, 'parts');
    mkdirSync(parts);
    writeFileSync(join(parts, 'p-1.csv'), 'a,b,kind\n1,2.5,x\n3,4,y\n');
    writeFileSync(join(parts, 'p-2.csv'), 'a,b,kind\n5,6,x\n');
    writeFileSync(join(parts, 'p-3.csv.gz'), gzipSync('a,b,kind\n7,8,y\n'));
    expect((await from(tableOf(join(parts, 'p-*')))).hash).toBe(whole.hash);
    const listed = ['p-1.csv', 'p-2.csv', 'p-3.csv.gz'].map((name) => join(parts, name));
    expect((await from(tableOf(...listed))).hash).toBe(whole.hash);
  });

  it('may lie in several files without header line', async () => {
    const whole = await load('1,2,0\n3,4,1\n5,6,0\n');
    expect((await from(tableOf(fileOf('1,2,0\n3,4,1\n'), fileOf('5,6,0\n')))).hash).toBe(whole.hash);
  });

  it.each([
    ['a;b\n1,5;x\n-0,25;y\n1000;x\n', { decimal: 'comma', thousands: null }],
    ['a;b\n1,5;x\n-0,25;y\n1.000;x\n', { decimal: 'comma', thousands: 'point' }],
    ['a,b\n1.5,x\n-.25,y\n"1,000",x\n', { decimal: 'point', thousands: 'comma' }],
    ["a;b\n1.5;x\n-0.25;y\n1'000;x\n", { decimal: 'point', thousands: 'apostrophe' }],
    ['a;b\n1,5;x\n-2,5E-1;y\n1 000;x\n', { decimal: 'comma', thousands: 'space' }],
  ] as const)('may write its numbers in another notation: %j', async (content, notation) => {
    const plain = await load('a,b\n1.5,x\n-0.25,y\n1000,x\n');
    expect((await from({ ...tableOf(fileOf(content)), notation })).hash).toBe(plain.hash);
  });

  it('is refused where a point may be a decimal point among decimal commas', async () => {
    const notation = { decimal: 'comma', thousands: null } as const;
    expect(await refusalOf(from({ ...tableOf(fileOf('a;b\n1,5;x\n1.234;y\n')), notation }))).toBe(
      'table.csv:3:1  found "1.234", expected numbers with decimal commas, as decimal: comma says. If points ' +
        'separate thousands, set thousands: point in data; otherwise correct the cell or drop the column. ' +
        'For fitfirst predict, --decimal point reads a table with decimal points.',
    );
  });

  it('is read without the lines to skip, and the other lines keep their numbers', async () => {
    const plain = await load('a,k\n1,x\n2,y\n');
    const messy = fileOf('\ufeff"A title, "of" 2024\r\na,k\r\nmm,\r\n1,x\r\n2,y\r\n\r\nTotal: 3');
    expect((await from({ ...tableOf(messy), skipLines: [1, 3, 7] })).hash).toBe(plain.hash);
    const cr = fileOf('A title\ra,k\r1,x\r2,y\r');
    expect((await from({ ...tableOf(cr), skipLines: [1] })).hash).toBe(plain.hash);
    const wrong = { ...tableOf(fileOf('title\n\na,k\nmm,\n1,x\n2\n')), skipLines: [1, 4] };
    expect(await refusalOf(from(wrong))).toMatch(
      /^table\.csv:6:1 {2}found 1 cell, expected 2 as in line 3\./,
    );
    const all = { ...tableOf(fileOf('a,k\n1,x\n')), skipLines: [1, 2, 3] };
    expect(await refusalOf(from(all))).toMatch(/^table\.csv:1:1 {2}found an empty file/);
  });

  it('names the file and line of a mistake in a further file', async () => {
    const first = fileOf(`a,k\n${'1,x\n2,y\n'.repeat(20)}`, 'first.csv');
    const refused = (content: string) => refusalOf(from(tableOf(first, fileOf(content, 'second.csv'))));
    expect(await refused('a,k\n1,x\nword,y\n')).toMatch(/^second\.csv:3:1 {2}found "word"/);
    expect(await refused('b,k\n1,x\n')).toMatch(/^second\.csv:1:1 {2}found the column "b", expected "a"/);
    expect(await refused('a,k,c\n1,x,2\n')).toMatch(/^second\.csv:1:1 {2}found 3 columns, expected 2/);
    expect(await refused('')).toMatch(/^second\.csv:1:1 {2}found an empty file/);
    expect(await refused('a,k\n1,x\n1\n')).toMatch(/^second\.csv:3:1 {2}found 1 cell, expected 2/);
  });

  it('is refused where a pattern matches nothing or a file is named twice', async () => {
    expect(await refusalOf(from(tableOf(join(folder, 'none-*.csv'))))).toMatch(
      /^data\.path: no file matches the pattern/,
    );
    const path = fileOf(CSV);
    expect(await refusalOf(from(tableOf(path, path)))).toMatch(/^data\.path names .*table\.csv twice/);
  });

  it('may be an NPY file that is larger than what is read at a time, packed or not', async () => {
    const numbers = Float64Array.from({ length: 3 * 90_001 }, (_, i) => (i % 3 === 2 ? (i / 3) & 1 : i / 8));
    const npy = new Uint8Array(dump(numbers, [90_001, 3]));
    const rows = Array.from({ length: 90_001 }, (_, row) => numbers.subarray(3 * row, 3 * row + 3).join(','));
    const csv = await load(rows.join('\n'), { header: false });
    expect((await load(npy)).hash).toBe(csv.hash);
    expect((await load(gzipSync(npy))).hash).toBe(csv.hash);
    const packed = fileOf(gzipSync(npy), 'images.npy.gz');
    const labels = fileOf(
      new Uint8Array(
        dump(
          Uint8Array.from({ length: 90_001 }, (_, i) => i & 1),
          [90_001],
        ),
      ),
    );
    const arrays = await from(arraysOf(packed, labels));
    expect(arrays.x).toEqual(numbers);
  });

  it('is refused as an NPY file with other numbers than its shape says', async () => {
    const npy = Buffer.from(dump(new Float64Array(12), [4, 3]));
    expect(await refusal(npy.subarray(0, -9))).toMatch(
      /^table\.csv {2}found 10 numbers, expected 12 for the shape \(4, 3\)/,
    );
    expect(await refusal(Buffer.concat([npy, npy]))).toMatch(/expected 12 for the shape/);
    const labels = fileOf(new Uint8Array(dump(new Uint8Array([1, 2, 1, 2]), [4])));
    for (const damaged of [npy.subarray(0, -9), Buffer.concat([npy, npy])]) {
      const packed = fileOf(gzipSync(damaged), 'table.npy.gz');
      expect(await refusalOf(from(arraysOf(packed, labels)))).toMatch(/expected 12 for the shape \(4, 3\)/);
    }
  });

  it('may be an NPY file, its rows in either order in memory', async () => {
    const expected = await load('1,2.5,0\n3,4,1\n5,6,0\n', { header: false });
    const rows = new Float64Array([1, 2.5, 0, 3, 4, 1, 5, 6, 0]);
    const loaded = await load(new Uint8Array(dump(rows, [3, 3])));
    expect(rowsOf(loaded)).toEqual(rowsOf(expected));
    const byColumn = Buffer.from(dump(new Float64Array([1, 3, 5, 2.5, 4, 6, 0, 1, 0]), [3, 3]));
    const at = byColumn.indexOf('False');
    byColumn.write('True ', at);
    expect((await load(byColumn)).hash).toBe(loaded.hash);
  });

  it('tells how far the reading is', async () => {
    const told: number[] = [];
    const content = `a,k\n${'1,x\n2,y\n'.repeat(400_000)}`;
    const source = tableOf(fileOf(content));
    await loadDataset({ ...DEFAULTS, source }, 7, (_, bytes, all) => told.push(bytes / all));
    expect(told.length).toBeGreaterThan(2);
    expect(told.at(-1)).toBe(1);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });
});

describe('a file of another format than its place expects', () => {
  it('is named by what it is', async () => {
    expect(await refusal(idx([4, 2], [1, 2, 3, 4, 5, 6, 7, 8]))).toBe(
      'table.csv  found an IDX file, expected a table. Name it under `images` and `labels` in data in place of `path`.',
    );
    expect(await refusal(gzipSync('PAR1....'))).toBe(
      'table.csv  found a Parquet file in a gzip file, expected it unpacked. Unpack it first: gunzip -k.',
    );
    const labels = fileOf(idx([4], [0, 1, 0, 1]));
    expect(await refusalOf(from(arraysOf(fileOf(CSV), labels)))).toMatch(/^table\.csv {2}found no IDX file/);
  });
});

describe('a gzip file', () => {
  const packed = gzipSync(`a,k\n${'1,x\n2,y\n'.repeat(10_000)}`);

  it('is refused where it is cut off', async () => {
    expect(await refusalOf(load(packed.subarray(0, packed.length - 9)))).toBe(
      'table.csv  found a gzip file that is cut off, expected its end. Fetch or pack it again; gzip -t checks it.',
    );
  });

  it('is refused where it is damaged', async () => {
    const damaged = Buffer.from(packed);
    damaged.fill(0xa5, 20, 40);
    expect(await refusalOf(load(damaged))).toMatch(/^table\.csv {2}found a damaged gzip file/);
  });

  it('is refused where it holds another', async () => {
    expect(await refusalOf(load(gzipSync(packed)))).toMatch(/a gzip file within a gzip file/);
  });
});

describe('arrays', () => {
  const pixels = Array.from({ length: 24 }, (_, i) => i * 10);
  const images = () => fileOf(idx([6, 2, 2], pixels), 'images');
  const labels = () => fileOf(idx([6], [3, 5, 3, 5, 3, 5]), 'labels');

  it('in IDX files become rows of bytes and classes', async () => {
    const dataset = await from(arraysOf(images(), labels()));
    expect(dataset.x).toBeInstanceOf(Uint8Array);
    expect([...dataset.x]).toEqual(pixels);
    expect(dataset).toMatchObject({ rows: 6, inputs: 4, task: 'classification', classes: ['3', '5'] });
    expect(targetsOf(dataset)).toEqual(['3', '5', '3', '5', '3', '5']);
    expect(dataset.columns.map((column) => column.name)).toEqual([
      'pixel 0,0',
      'pixel 0,1',
      'pixel 1,0',
      'pixel 1,1',
    ]);
  });

  it('may be packed, and have test rows of their own', async () => {
    const packed = fileOf(gzipSync(idx([6, 2, 2], pixels)), 'images.gz');
    const test = { images: images(), labels: fileOf(idx([6], [5, 5, 5, 3, 3, 3])) };
    const dataset = await from({ kind: 'arrays', images: packed, labels: labels(), test });
    expect(dataset).toMatchObject({ rows: 12, testFrom: 6 });
    expect(targetsOf(dataset).slice(6)).toEqual(['5', '5', '5', '3', '3', '3']);
  });

  it('in NPY files become the same', async () => {
    const numbers = new Uint8Array(pixels);
    const npy = fileOf(new Uint8Array(dump(numbers, [6, 2, 2])), 'images.npy');
    const own = fileOf(new Uint8Array(dump(new Int32Array([3, 5, 3, 5, 3, 5]), [6])), 'labels.npy');
    expect((await from(arraysOf(npy, own))).hash).toBe((await from(arraysOf(images(), labels()))).hash);
  });

  it('of floats stay floats, and numbers to predict are no classes', async () => {
    const npy = fileOf(
      new Uint8Array(
        dump(
          Float32Array.from(pixels, (p) => p / 7),
          [6, 4],
        ),
      ),
    );
    const own = fileOf(new Uint8Array(dump(new Float64Array([0.5, 1.5, 2, 3, 4, 5]), [6])));
    const dataset = await from(arraysOf(npy, own));
    expect(dataset.x).toBeInstanceOf(Float32Array);
    expect(dataset).toMatchObject({ task: 'regression', classes: null, inputs: 4 });
  });

  it.each([
    ['cut off', idx([6, 2, 2], pixels.slice(1)), /found 39 bytes, expected 40 for 6 x 2 x 2 numbers/],
    ['too long', idx([6, 2, 2], [...pixels, 1]), /found 41 bytes, expected 40/],
    ['of a wrong count', idx([4_000_000_000, 2, 2], pixels), /expected 16,000,000,016/],
    ['packed with a wrong count', gzipSync(idx([4_000_000_000, 2, 2], pixels)), /found at most/],
    ['packed and cut off', gzipSync(idx([6, 2, 2], pixels.slice(1))), /found 39 bytes, expected 40/],
    ['no IDX', Buffer.from('hello, world'), /found no IDX file \(it starts with 68656c6c\)/],
    ['empty', Buffer.alloc(0), /found no IDX file \(it starts with nothing\)/],
    ['of too many dimensions', idx([1, 1, 1, 1, 1], [1]), /of 5 dimensions, expected 1 to 4/],
    ['of no images', idx([0, 2, 2], []), /found 6 labels, expected 0/],
  ])('are refused where the file is %s', async (_, content, message) => {
    expect(await refusalOf(from(arraysOf(fileOf(content), labels())))).toMatch(message);
  });

  it('are refused where images and labels do not belong together', async () => {
    expect(await refusalOf(from(arraysOf(labels(), images())))).toMatch(/Are images and labels mixed up/);
    const few = fileOf(idx([5], [1, 2, 1, 2, 1]), 'few');
    expect(await refusalOf(from(arraysOf(images(), few)))).toMatch(/^few {2}found 5 labels, expected 6/);
    const test = { images: images(), labels: fileOf(idx([6], [3, 5, 3, 5, 3, 9]), 'others') };
    expect(await refusalOf(from({ kind: 'arrays', images: images(), labels: labels(), test }))).toMatch(
      /^others {2}found the class 9 in row 6, expected one of the 2/,
    );
  });

  it.skipIf(sharedData === null)('of MNIST are read as they were published', async () => {
    const path = (name: string) => join(sharedData ?? '', 'mnist', name);
    const part = (name: string) => ({
      images: path(`${name}-images-idx3-ubyte.gz`),
      labels: path(`${name}-labels-idx1-ubyte.gz`),
    });
    const dataset = await from({ kind: 'arrays', ...part('train'), test: part('t10k') });
    expect(dataset).toMatchObject({ rows: 70_000, testFrom: 60_000, inputs: 784 });
    expect(dataset.x.byteLength).toBe(70_000 * 784);
    let sum = 0;
    for (let i = 0; i < 60_000 * 784; i++) sum += dataset.x[i] ?? 0;
    expect(sum / (60_000 * 784)).toBeCloseTo(33.318, 3);
    const counts = new Array<number>(10).fill(0);
    for (const value of dataset.y.subarray(0, 60_000)) counts[value] = (counts[value] ?? 0) + 1;
    expect(counts).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
  });
});
