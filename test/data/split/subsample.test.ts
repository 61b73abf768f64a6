import { describe, expect, it } from 'vitest';
import { partsOf } from '../../../src/data/split/split.js';
import { subsample } from '../../../src/data/split/subsample.js';
import { load } from '../csv-file.js';

const lines = (rows: number): string => Array.from({ length: rows }, (_, i) => `${i},c${i % 3}\n`).join('');
const sizesOf = (dataset: Parameters<typeof partsOf>[0]): number[] => {
  const { training, validation, test } = partsOf(dataset, 1, 1);
  return [training.length, validation.length, test.length];
};

describe('a share of the rows', () => {
  it('has parts that are to each other as those of all rows, of the same memory', async () => {
    const split = { kind: 'shares', validation: 0.2, test: 0.1 } as const;
    const dataset = await load(lines(3000), { split, header: false, task: 'classification' });
    const share = subsample(dataset, 0.1, 1);
    expect(sizesOf(dataset)).toEqual([2100, 600, 300]);
    expect(sizesOf(share)).toEqual([210, 60, 30]);
    expect(share.x).toBe(dataset.x);
  });

  it('counts the rows of a test file as a test part, and takes all rows where there are few', async () => {
    const split = { kind: 'shares', validation: 0.25, test: 0 } as const;
    const options = { split, header: false, task: 'classification' } as const;
    const dataset = await load(lines(800), options, lines(200));
    expect(sizesOf(dataset)).toEqual([600, 200, 200]);
    expect(sizesOf(subsample(dataset, 0.4, 1))).toEqual([240, 80, 80]);
    expect(subsample(await load(lines(90), options), 0.01, 1).rows).toBe(90);
  });
});
