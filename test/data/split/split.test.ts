import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/data/dataset.js';
import type { SplitOptions } from '../../../src/data/options.js';
import type { Parts } from '../../../src/data/split/parts.js';
import { partsOf, rowsNeeded, trainingAndValidation } from '../../../src/data/split/split.js';
import { load } from '../csv-file.js';

const SHARES = { kind: 'shares', validation: 0.2, test: 0.2 } as const;

/** A data set with so many rows of each class, the classes taking turns as long as they last. */
function withClasses(counts: readonly number[], split: SplitOptions, testCounts: readonly number[] = []) {
  const lines = (from: readonly number[]): string =>
    Array.from({ length: Math.max(...from, 0) }, (_, i) =>
      from.map((count, index) => (i < count ? `${i},c${index}\n` : '')).join(''),
    ).join('');
  const test = testCounts.length === 0 ? undefined : lines(testCounts);
  return load(lines(counts), { split, header: false, task: 'classification' }, test);
}

function withNumbers(rows: number, split: SplitOptions): Promise<Dataset> {
  return load(Array.from({ length: rows }, (_, i) => `${i},${i * 1.5}\n`).join(''), { split });
}

const sizes = ({ training, validation, test }: Parts): number[] => [
  training.length,
  validation.length,
  test.length,
];
const allRows = ({ training, validation, test }: Parts): number[] =>
  [...training, ...validation, ...test].sort((a, b) => a - b);
const rising = (rows: Int32Array): boolean => rows.every((row, i) => i === 0 || row > (rows[i - 1] ?? row));
const classCounts = (dataset: Dataset, rows: Int32Array): number[] =>
  (dataset.classes ?? []).map((_, index) => rows.filter((row) => dataset.y[row] === index).length);

describe('a split by shares', () => {
  let dataset: Dataset;
  beforeAll(async () => {
    dataset = await withClasses([50, 30, 20], SHARES);
  });

  it('gives every row to one part, in rising order', () => {
    const parts = partsOf(dataset, 7, 1);
    expect(allRows(parts)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect([parts.training, parts.validation, parts.test].every(rising)).toBe(true);
  });

  it('gives each part its share of every class', () => {
    const parts = partsOf(dataset, 7, 1);
    expect(classCounts(dataset, parts.training)).toEqual([30, 18, 12]);
    expect(classCounts(dataset, parts.validation)).toEqual([10, 6, 4]);
    expect(classCounts(dataset, parts.test)).toEqual([10, 6, 4]);
  });

  it('draws the test part once for a seed, and the others anew on every repeat', () => {
    const [first, second] = [partsOf(dataset, 7, 1), partsOf(dataset, 7, 2)];
    expect(second.test).toEqual(first.test);
    expect(second.validation).not.toEqual(first.validation);
    expect(partsOf(dataset, 8, 1).test).not.toEqual(first.test);
  });

  it('is the same whenever it is asked for', () => {
    expect(partsOf(dataset, 7, 3)).toEqual(partsOf(structuredClone(dataset), 7, 3));
    const { validation, test } = partsOf(dataset, 7, 1);
    expect(validation.join(' ')).toMatchInlineSnapshot(
      `"0 3 9 18 26 29 33 34 39 40 46 50 52 56 57 63 64 65 70 97"`,
    );
    expect(test.join(' ')).toMatchInlineSnapshot(
      `"1 7 10 11 13 17 27 28 32 35 36 45 55 62 74 82 87 88 89 99"`,
    );
  });

  it('rounds so that shares of the whole are met', async () => {
    const odd = await withClasses([7, 7, 7, 7, 7, 7], SHARES);
    // 42 rows: a share of 8.4 is 8; each class has 1.4, so two classes give a second row.
    expect(sizes(partsOf(odd, 7, 1))).toEqual([26, 8, 8]);
  });

  it('leaves out the test part where its share is 0', async () => {
    const whole = await withClasses([50, 30], { ...SHARES, test: 0 });
    expect(sizes(partsOf(whole, 7, 1))).toEqual([64, 16, 0]);
  });

  it('takes the rows of a test file for the test, and its share from no one', async () => {
    const given = await withClasses([50, 30], SHARES, [3, 4]);
    const parts = partsOf(given, 7, 1);
    expect(sizes(parts)).toEqual([64, 16, 7]);
    expect([...parts.test]).toEqual([80, 81, 82, 83, 84, 85, 86]);
  });

  it('only shuffles where the target is a number', async () => {
    const parts = partsOf(await withNumbers(50, SHARES), 7, 1);
    expect(sizes(parts)).toEqual([30, 10, 10]);
    expect(allRows(parts)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it('has every class in every part, whatever the counts and shares', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 3, max: 25 }), { minLength: 2, maxLength: 6 }),
        fc.double({ min: 0.02, max: 0.45, noNaN: true }),
        fc.double({ min: 0.02, max: 0.45, noNaN: true }),
        fc.integer({ min: 0, max: 20 }),
        async (counts, validation, test, repeat) => {
          const any = await withClasses(counts, { kind: 'shares', validation, test });
          const parts = partsOf(any, 7, repeat);
          expect(allRows(parts)).toEqual(Array.from({ length: any.rows }, (_, i) => i));
          for (const rows of [parts.training, parts.validation, parts.test]) {
            expect(Math.min(...classCounts(any, rows))).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 100, seed: 1 },
    );
  });
});

describe('a split in folds', () => {
  const FOLDS = { kind: 'folds', folds: 5, test: 0.2 } as const;

  it('validates on every row outside the test part once a partition', async () => {
    const dataset = await withClasses([50, 30, 23], FOLDS);
    const { test } = partsOf(dataset, 7, 0);
    for (const partition of [0, 1]) {
      const folds = [0, 1, 2, 3, 4].map((fold) => partsOf(dataset, 7, partition * 5 + fold));
      const validated = folds.flatMap((parts) => [...parts.validation]).concat([...test]);
      expect(validated.sort((a, b) => a - b)).toEqual(Array.from({ length: 103 }, (_, i) => i));
      for (const parts of folds) {
        expect(parts.test).toEqual(test);
        expect(allRows(parts)).toEqual(Array.from({ length: 103 }, (_, i) => i));
      }
    }
  });

  it('deals classes and rows out evenly', async () => {
    const dataset = await withClasses([50, 30, 23], FOLDS);
    const folds = [0, 1, 2, 3, 4].map((fold) => partsOf(dataset, 7, fold).validation);
    const spread = (counts: number[]): number => Math.max(...counts) - Math.min(...counts);
    expect(spread(folds.map((rows) => rows.length))).toBeLessThanOrEqual(1);
    for (const index of [0, 1, 2]) {
      expect(spread(folds.map((rows) => classCounts(dataset, rows)[index] ?? 0))).toBeLessThanOrEqual(1);
    }
  });

  it('has another partition after the last fold', async () => {
    const dataset = await withClasses([50, 30], FOLDS);
    expect(partsOf(dataset, 7, 5).validation).not.toEqual(partsOf(dataset, 7, 0).validation);
  });

  it('works for numbers', async () => {
    expect(sizes(partsOf(await withNumbers(52, FOLDS), 7, 4))).toEqual([34, 8, 10]);
  });
});

describe('no split', () => {
  it('has all rows in every part', async () => {
    const dataset = await withClasses([2, 2], { kind: 'none' });
    const parts = partsOf(dataset, 7, 1);
    expect([...parts.training]).toEqual([0, 1, 2, 3]);
    expect([...parts.validation]).toEqual([0, 1, 2, 3]);
    expect([...parts.test]).toEqual([0, 1, 2, 3]);
    expect([...trainingAndValidation(parts)]).toEqual([0, 1, 2, 3]);
  });

  it('still tests on a test file', async () => {
    const dataset = await withClasses([2, 2], { kind: 'none' }, [1, 1]);
    expect([...partsOf(dataset, 7, 1).test]).toEqual([4, 5]);
  });
});

describe('what goes with a split', () => {
  it('joins training and validation for the last training', async () => {
    const parts = partsOf(await withClasses([50, 30], SHARES), 7, 0);
    const together = trainingAndValidation(parts);
    expect(together.length).toBe(parts.training.length + parts.validation.length);
    expect(rising(together)).toBe(true);
    expect([...together, ...parts.test].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 80 }, (_, i) => i),
    );
  });

  it('knows how many rows a class needs', () => {
    expect(rowsNeeded(SHARES, false)).toBe(3);
    expect(rowsNeeded(SHARES, true)).toBe(2);
    expect(rowsNeeded({ ...SHARES, test: 0 }, false)).toBe(2);
    expect(rowsNeeded({ kind: 'folds', folds: 5, test: 0.2 }, false)).toBe(6);
    expect(rowsNeeded({ kind: 'none' }, false)).toBe(1);
  });
});
