import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadDataset } from '../../../src/data/load-dataset.js';
import type { DataOptions } from '../../../src/data/options.js';
import type { MemoryTable } from '../../../src/data/sources/memory-rows.js';
import { DEFAULTS, load, refusalOf } from '../csv-file.js';

const from = (training: MemoryTable, options: Partial<DataOptions> = {}, test: MemoryTable | null = null) =>
  loadDataset({ ...DEFAULTS, ...options, source: { kind: 'rows', training, test } }, 7);

const listed = (...rows: unknown[]): MemoryTable => ({ rows: rows as MemoryTable['rows'], columns: null });

const CSV = 'a,b,kind\n1,2.5,x\n3,NA,y\n5,6e3,x\n-0,8,y\n';
const OBJECTS = listed(
  { a: 1, b: 2.5, kind: 'x' },
  { a: 3, b: null, kind: 'y' },
  { a: 5n, b: ' 6e3 ', kind: 'x' },
  { a: -0, b: 8, kind: 'y' },
);

describe('rows in memory', () => {
  it('become the data set that the same table in a CSV file does', async () => {
    const options = { missing: 'mean', target: 'kind' } as const;
    const expected = await load(CSV, options);
    const dataset = await from(OBJECTS, options);
    expect(dataset).toEqual(expected);
    const lists = OBJECTS.rows.map((row) => Object.values(row));
    const named = await from({ rows: lists, columns: ['a', 'b', 'kind'] }, options);
    expect(named.hash).toBe(expected.hash);
  });

  it('may be lists without names, like a file without a header line', async () => {
    const expected = await load('1,u,0\n2,v,1\n3,u,1\n', { header: false });
    expect((await from(listed([1, 'u', 0], [2, 'v', 1], [3, 'u', 1]))).hash).toBe(expected.hash);
  });

  it('hold booleans and dates as their texts, and a key that is absent as a missing cell', async () => {
    const at = new Date('2024-05-31T00:00:00Z');
    const rows = listed(
      { on: true, at, x: 1, y: 'p' },
      { on: false, at, x: undefined, y: 'q' },
      { at, x: Number.NaN, y: 'p', on: true },
      { at, y: 'q', on: false },
    );
    const options = { missing: 'mean', target: 'y', drop: ['at'] } as const;
    const iso = at.toISOString();
    const csv = `on,at,x,y\ntrue,${iso},1,p\nfalse,${iso},,q\ntrue,${iso},,p\nfalse,${iso},,q\n`;
    expect((await from(rows, options)).hash).toBe((await load(csv, options)).hash);
  });

  it('may be test rows, whose keys are in any order', async () => {
    const test = listed({ kind: 'y', b: 1, a: 2 });
    const options = { missing: 'mean', target: 'kind' } as const;
    const dataset = await from(OBJECTS, options, test);
    expect(dataset.hash).toBe((await load(CSV, options, 'a,b,kind\n2,1,y\n')).hash);
    expect(dataset.testFrom).toBe(4);
  });

  it('give the hash of the CSV file for any table of numbers and texts', async () => {
    const cell = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 }),
      fc.integer(),
      fc.constantFrom(null, 'u', 'v', 'w'),
    );
    const row = fc.tuple(cell, cell, fc.constantFrom('yes', 'no'));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 20 }), async (drawn) => {
        const rows = [...drawn, [1, 1, 'yes'], [1, 2, 'no']];
        const csv = `a,b,y\n${rows.map((cells) => cells.map((value) => value ?? '').join(',')).join('\n')}\n`;
        const options = {
          missing: 'most_frequent',
          columns: [
            { column: 'a', as: 'one_hot' },
            { column: 'b', as: 'one_hot' },
          ],
        } as const;
        const [expected, found] = await Promise.all([
          load(csv, { ...options, header: true }),
          from({ rows: rows as MemoryTable['rows'], columns: ['a', 'b', 'y'] }, options),
        ]);
        expect(found.hash).toBe(expected.hash);
      }),
      { numRuns: 30 },
    );
  });

  it('are read whole where there are many', async () => {
    const rows = Array.from({ length: 25_001 }, (_, i) => ({ x: i / 8, y: i % 2 ? 'odd' : 'even' }));
    const dataset = await from({ rows, columns: null });
    expect(dataset.rows).toBe(25_001);
    expect(dataset.x[25_000]).toBe(25_000 / 8);
  });
});

describe('wrong rows in memory', () => {
  it.each<[string, unknown, string]>([
    [
      'no list',
      'rows.csv',
      'data.rows is "rows.csv" (a text); expected a list of rows, each an object or a list of cells.',
    ],
    ['an empty list', [], 'data.rows has no row; expected some.'],
    ['numbers', [1, 2], 'data.rows starts with 1; expected rows that are objects or lists of cells.'],
    ['one column', [{ a: 1 }], 'data.rows has rows of 1 column; expected a target and at least one input.'],
  ])('are refused if they are %s', async (_, rows, message) => {
    expect(await refusalOf(from({ rows: rows as MemoryTable['rows'], columns: null }))).toBe(message);
  });

  it('are named with their row and column, what was found and what was expected', async () => {
    const rows = listed(
      { age: 1, 'Fare paid': 2, y: 'a' },
      { age: [1], 'Fare paid': Number.POSITIVE_INFINITY, y: 'b' },
      [1, 2, 'a'],
      { agee: 1, 'Fare paid': new Date(Number.NaN), y: 'a' },
      null,
      { age: () => 1, y: {} },
    );
    expect(await refusalOf(from(rows))).toBe(
      [
        'data.rows[1].age  found a list, expected a finite number, a text, a boolean, a date, or ' +
          'null for a missing cell.',
        'data.rows[1]["Fare paid"]  found Infinity, expected a finite number, a text, a boolean, ' +
          'a date, or null for a missing cell.',
        'data.rows[2]  found a list, expected an object as in the first row.',
        'data.rows[3].agee  found the key "agee", which is not among the columns. Did you mean "age"?',
        'data.rows[3]["Fare paid"]  found an invalid date, expected a finite number, a text, a ' +
          'boolean, a date, or null for a missing cell.',
        '... and 3 more like these',
      ].join('\n'),
    );
  });

  it('are named where a list is of another length, or the names do not fit', async () => {
    expect(await refusalOf(from(listed([1, 2, 0], [1, 2])))).toBe(
      'data.rows[1]  found 2 cells, expected 3 as in the first row.',
    );
    const rows = [
      [1, 2],
      [3, 4],
    ];
    expect(await refusalOf(from({ rows, columns: ['a', 'b', 'c'] }))).toMatch(
      /^data\.rows\[0\] {2}found 2 cells, expected 3 as there are names in columns\.\n/,
    );
    expect(await refusalOf(from({ rows, columns: ['a', 'a'] }))).toBe(
      'data.columns has "a" twice, at 0 and at 1; expected each name once.',
    );
  });

  it('are found by the same checks as the cells of a file, at their places', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({ x: i === 7 ? 'oops' : i, y: i % 2 ? 'a' : 'b' }));
    expect(await refusalOf(from({ rows, columns: null }))).toMatch(
      /^data\.rows\[7\]\.x {2}found "oops" in "x", expected a number as in 19 other cells of the column\./,
    );
    expect(await refusalOf(from({ rows, columns: null }, { target: 'z' }))).toMatch(
      /^data\.target is "z", but data\.rows has no such column\./,
    );
    const large = listed([1e200, 'a'], [2, 'b']);
    expect(await refusalOf(from(large))).toMatch(/^data\.rows\[0\]\[0\] {2}found "1e\+200"/);
  });
});
