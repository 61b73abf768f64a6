import { describe, expect, it } from 'vitest';
import { describeData } from '../../../src/data/describe/describe-data.js';
import type { DataOptions } from '../../../src/data/options.js';
import { type Content, load } from '../csv-file.js';

const SHARES = { kind: 'shares', validation: 0.2, test: 0.2 } as const;
const different = (rows: number): string =>
  Array.from({ length: rows }, (_, i) => `${i},${i % 2}\n`).join('');

async function warnings(
  content: Content,
  options: Partial<DataOptions> = {},
  test?: Content,
): Promise<{ code: string; numbers: unknown; because: string }[]> {
  const { findings } = describeData(await load(content, { split: SHARES, ...options }, test), 7);
  return findings.map((finding) => {
    if (finding.kind !== 'warning') throw new Error(finding.kind);
    const { code, numbers, because } = finding;
    return { code, numbers, because };
  });
}

describe('what is known of the data', () => {
  it('is said in numbers', async () => {
    const dataset = await load(different(50), { split: SHARES });
    expect(describeData(dataset, 7)).toEqual({
      facts: {
        task: 'classification',
        hash: dataset.hash,
        rows: 50,
        inputs: 1,
        classes: ['0', '1'],
        parts: { training: 30, validation: 10, test: 10 },
        fitCeiling: 1,
        contradictingRows: 0,
      },
      findings: [],
      duplicates: 0,
    });
  });
});

describe('a warning', () => {
  it('says that rows contradict each other, for classes', async () => {
    const content = Array.from({ length: 100 }, (_, i) => `${i % 95},${i % 2}\n`).join('');
    expect(await warnings(content, { split: { kind: 'folds', folds: 4, test: 0.1 } })).toEqual([
      {
        because:
          '100 % is impossible: 6 training rows contradict each other (equal inputs, different ' +
          'classes); the best reachable training accuracy is 95.5 %.',
        code: 'contradicting-rows',
        numbers: {
          ceiling: 0.9552238805970149,
          rows: 6,
        },
      },
    ]);
  });

  it('says that rows contradict each other, for numbers', async () => {
    const content = Array.from({ length: 100 }, (_, i) => `${i % 90},${i * 0.5}\n`).join('');
    expect(await warnings(content)).toEqual([
      {
        because:
          'A training R2 of 1 is impossible: 12 training rows have equal inputs and different ' +
          'targets; the best reachable training R2 is 0.543.',
        code: 'contradicting-rows',
        numbers: {
          ceiling: 0.5430005742269877,
          rows: 12,
        },
      },
    ]);
  });

  it('says that rows stand in two parts', async () => {
    expect(await warnings(different(25).repeat(2))).toEqual([
      {
        because:
          '6 of 10 validation rows and 8 of 10 test rows also stand in the training part, with ' +
          'equal inputs and target: scores on them flatter the network.',
        code: 'duplicates-across-parts',
        numbers: {
          test: 8,
          validation: 6,
        },
      },
    ]);
    expect(await warnings(different(25), {}, '3,1\n4,1\n99,0\n')).toEqual([
      {
        because:
          '1 of 3 test rows also stands in the training part, with equal inputs and target: scores ' +
          'on them flatter the network.',
        code: 'duplicates-across-parts',
        numbers: {
          test: 1,
          validation: 0,
        },
      },
    ]);
  });

  it('says that classes are uneven, from ten to one on', async () => {
    const content = (rare: number): string =>
      Array.from({ length: 100 + rare }, (_, i) => `${i},${i < 100 ? 'common' : 'rare'}\n`).join('');
    expect(await warnings(content(10))).toEqual([
      {
        because:
          'The classes are uneven: 100 rows of "common", 10 rows of "rare". Always predicting ' +
          '"common" is right on 90.9 % of all rows: compare accuracies with that, or set metric: ' +
          '{name: val_balanced_accuracy}.',
        code: 'class-imbalance',
        numbers: {
          largest: 100,
          share: 0.9090909090909091,
          smallest: 10,
        },
      },
    ]);
    expect(await warnings(content(11))).toEqual([]);
  });

  it('says that a column has many categories', async () => {
    const content = (categories: number, rows: number): string =>
      `n,name,k\n${Array.from({ length: rows }, (_, i) => `${i},name ${i % categories},${i % 2}\n`).join('')}`;
    expect(await warnings(content(51, 200))).toEqual([
      {
        because:
          'The column "name" has an input for each of 51 different values, in 200 rows. Rare ' +
          'categories carry little information: consider drop: [1], or inputs for the most ' +
          'frequent alone, columns: {1: {most_categories: 20}}.',
        code: 'many-categories',
        numbers: {
          categories: 51,
          column: 'name',
          rows: 200,
        },
      },
    ]);
    expect(await warnings(content(200, 200))).toEqual([
      {
        because:
          'The column "name" has an input for each of 200 different values, in 200 rows. It looks ' +
          'like a name or identifier, which says nothing about new rows: consider drop: [1].',
        code: 'many-categories',
        numbers: {
          categories: 200,
          column: 'name',
          rows: 200,
        },
      },
    ]);
    expect(await warnings(content(50, 200))).toEqual([]);
  });

  it('says that missing cells are filled', async () => {
    const head = 'a,c,k\n';
    const rows = Array.from({ length: 40 }, (_, i) => `${i},${i % 3 ? 'red' : 'blue'},${i % 2}`);
    rows[3] = ',red,1';
    expect(await warnings(head + rows.join('\n'), { missing: 'mean' })).toMatchInlineSnapshot(`
      [
        {
          "because": "1 cell is missing (1 in "a") and is filled with the mean of the training part.",
          "code": "missing-filled",
          "numbers": {
            "cells": 1,
            "columns": 1,
          },
        },
      ]
    `);
    rows[4] = '4,,0';
    rows[5] = ',,1';
    expect(await warnings(head + rows.join('\n'), { missing: 'median' })).toEqual([
      {
        because:
          '1 of 8 validation rows also stands in the training part, with equal inputs and target: ' +
          'scores on them flatter the network.',
        code: 'duplicates-across-parts',
        numbers: {
          test: 0,
          validation: 1,
        },
      },
      {
        because:
          '4 cells are missing (2 in "a" and 2 in "c") and are filled with the median or most ' +
          'frequent text of the training part.',
        code: 'missing-filled',
        numbers: {
          cells: 4,
          columns: 2,
        },
      },
    ]);
  });

  it('says how missing cells are filled, column by column, and of texts whose order nobody gave', async () => {
    const sizes = ['low', 'mid', 'high', ''];
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${i % 9 || ''},${sizes[i % 4]},${i % 7 || '?'},${i % 2}`,
    );
    const columns = [
      { column: 'a', missing: 'most_frequent' },
      { column: 'size', as: 'ordinal', missing: 'median' },
      { column: 'b', missing: 'mean' },
    ] as const;
    const found = await warnings(`a,size,b,k\n${rows.join('\n')}\n`, { columns });
    expect(found).toEqual([
      {
        because:
          'The texts of "size" are ordered from low to high as they sort ("high", "low", "mid"): ' +
          'set their order if it is another.',
        code: 'order-unknown',
        numbers: {
          categories: 3,
          column: 'size',
        },
      },
      {
        because:
          '21 cells are missing (5 in "a", 10 in "size" and 6 in "b") and are filled with the most ' +
          'frequent number, median or mean of the training part.',
        code: 'missing-filled',
        numbers: {
          cells: 21,
          columns: 3,
        },
      },
    ]);
    const order = ['low', 'mid', 'high'];
    const given = await warnings(`a,size,b,k\n${rows.join('\n')}\n`, {
      columns: columns.map((own) => (own.column === 'size' ? { ...own, order } : own)),
    });
    expect(given.map(({ code }) => code)).toEqual(['missing-filled']);
  });

  it('says that a test file has other categories', async () => {
    const rows = (colours: readonly string[], name: string): string =>
      `a,${name},k\n${Array.from({ length: 40 }, (_, i) => `${i},${colours[i % colours.length]},${i % 2}\n`).join('')}`;
    const test = rows(['red', 'pink'], 'c').replaceAll(/^(\d+),/gm, '1$1.5,');
    expect(await warnings(rows(['red', 'blue'], 'c'), { target: 'k' }, test)).toEqual([
      {
        because:
          '20 cells of the test file hold categories that the training file does not have (20 in ' +
          '"c"): one-hot columns read them as none of their categories, ordinal columns as missing.',
        code: 'unseen-categories',
        numbers: {
          cells: 20,
          columns: 1,
        },
      },
    ]);
  });

  it('says that rows are left out', async () => {
    expect(await warnings(`${different(49)},1\n`, { missing: 'drop' })).toMatchInlineSnapshot(`
      [
        {
          "because": "1 row of 50 has a missing cell and is dropped.",
          "code": "rows-dropped",
          "numbers": {
            "dropped": 1,
            "rows": 49,
          },
        },
      ]
    `);
    expect(await warnings(`${different(48)},1\n3,\n`, { missing: 'drop' })).toMatchInlineSnapshot(`
      [
        {
          "because": "2 rows of 50 have a missing cell and are dropped.",
          "code": "rows-dropped",
          "numbers": {
            "dropped": 2,
            "rows": 48,
          },
        },
      ]
    `);
  });

  it('says that nothing is held out for a test', async () => {
    expect(await warnings(different(50), { split: { ...SHARES, test: 0 } })).toEqual([
      {
        because:
          'No rows are held out for a test, so the final network is never scored on rows that ' +
          'played no part in choosing it.',
        code: 'no-test-part',
        numbers: {
          test: 0,
        },
      },
    ]);
    expect(await warnings(different(50), { split: { kind: 'none' } })).toMatchInlineSnapshot(`
      [
        {
          "because": "Training, validation and test are the same rows: no score says anything about new rows.",
          "code": "no-test-part",
          "numbers": {
            "test": 0,
          },
        },
      ]
    `);
  });
});
