import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/data/dataset.js';
import {
  contradictingRows,
  fitCeiling,
  groupRows,
  inputIds,
} from '../../../src/data/describe/fit-ceiling.js';
import { load } from '../csv-file.js';

const all = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, i) => i);

const contradictions = (dataset: Dataset, rows: number): number =>
  contradictingRows(groupRows(dataset, all(rows), inputIds(dataset, all(rows), all(rows))));

describe('the fit ceiling', () => {
  it('is 1 where no rows contradict each other', async () => {
    const dataset = await load('1,x\n1,x\n2,y\n');
    expect(fitCeiling(dataset, all(3))).toBe(1);
    expect(contradictions(dataset, 3)).toBe(0);
  });

  it('counts the largest class of each group of identical inputs', async () => {
    const dataset = await load('1,x\n1,x\n1,y\n2,y\n3,x\n3,y\n');
    expect(fitCeiling(dataset, all(6))).toBe(4 / 6);
    expect(contradictions(dataset, 6)).toBe(5);
  });

  it('is that of the rows in question', async () => {
    const dataset = await load('1,x\n1,x\n1,y\n2,y\n');
    expect(fitCeiling(dataset, Int32Array.from([0, 1, 3]))).toBe(1);
    expect(fitCeiling(dataset, Int32Array.from([0, 2]))).toBe(0.5);
  });

  it('sees that rows are identical once missing cells are filled', async () => {
    const dataset = await load('1,x\n3,x\n2,y\n,x\n', { missing: 'mean' });
    expect(fitCeiling(dataset, all(4))).toBe(3 / 4);
    expect(contradictions(dataset, 4)).toBe(2);
  });

  it("is the R2 of the groups' means where the target is a number", async () => {
    const dataset = await load('1,1.5\n1,2.5\n2,5.5\n3,6.5\n');
    // Around the mean of 4: 6.25 + 2.25 + 2.25 + 6.25; around the mean of 2 in the one group: 0.25 twice.
    expect(fitCeiling(dataset, all(4))).toBe(1 - 0.5 / 17);
    expect(contradictions(dataset, 4)).toBe(2);
  });

  it('is exactly 1 for repeated numbers, and where all are equal', async () => {
    const dataset = await load('1,0.1\n1,0.1\n1,0.1\n2,0.3\n2,0.3\n2,0.5\n', { task: 'regression' });
    expect(fitCeiling(dataset, Int32Array.from([0, 1, 2, 3, 4]))).toBe(1);
    expect(fitCeiling(dataset, Int32Array.from([0, 1, 2]))).toBe(1);
  });
});
