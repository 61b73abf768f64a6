import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/data/dataset.js';
import { describeData } from '../../src/data/describe/describe-data.js';
import { loadDataset } from '../../src/data/load-dataset.js';
import type { DataOptions } from '../../src/data/options.js';
import { sharedData } from '../support/shared-data.js';
import { DEFAULTS } from './csv-file.js';

function load(file: string, options: Partial<DataOptions> = {}, test?: string): Promise<Dataset> {
  const path = (name: string): string => join(sharedData ?? '', name);
  const source = {
    kind: 'table',
    paths: [path(file)],
    test: test === undefined ? null : [path(test)],
    delimiter: null,
  } as const;
  const split = { kind: 'shares', validation: 0.2, test: 0.2 } as const;
  return loadDataset({ ...DEFAULTS, split, ...options, source }, 7);
}

function classCounts(dataset: Dataset): Record<string, number> {
  return Object.fromEntries(
    (dataset.classes ?? []).map((name, index) => [name, dataset.y.filter((y) => y === index).length]),
  );
}

const sumOf = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0);

describe.skipIf(sharedData === null)('the real table', () => {
  it('iris: no header, text classes, no last newline', async () => {
    const dataset = await load('iris.csv');
    expect(dataset).toMatchObject({ task: 'classification', rows: 150, inputs: 4, target: 'column 4' });
    expect(classCounts(dataset)).toEqual({ 'Iris-setosa': 50, 'Iris-versicolor': 50, 'Iris-virginica': 50 });
    expect([...dataset.x.slice(0, 4)]).toEqual([5.1, 3.5, 1.4, 0.2]);
    expect([...dataset.x.slice(-4)]).toEqual([5.9, 3.0, 5.1, 1.8]);
    expect(new Set(dataset.groups).size).toBe(147);
  });

  it('wine: no header, numbered classes, numbers without a leading zero', async () => {
    const dataset = await load('wine.csv');
    expect(dataset).toMatchObject({ task: 'classification', rows: 178, inputs: 13 });
    expect(classCounts(dataset)).toEqual({ 1: 59, 2: 71, 3: 48 });
    expect(dataset.x[7]).toBe(0.28);
  });

  it('wisc_bc_data: quoted header, target in the second column, an identifier to drop', async () => {
    const dataset = await load('wisc_bc_data.csv', { target: 'diagnosis', drop: ['id'] });
    expect(dataset).toMatchObject({ task: 'classification', rows: 569, inputs: 30 });
    expect(classCounts(dataset)).toEqual({ B: 357, M: 212 });
    expect(dataset.columns[7]?.name).toBe('concave points_mean');
  });

  it('sonar: sixty columns, rows sorted by class', async () => {
    const dataset = await load('sonar.csv');
    expect(dataset).toMatchObject({ task: 'classification', rows: 208, inputs: 60 });
    expect(classCounts(dataset)).toEqual({ M: 111, R: 97 });
  });

  it('optdigits: a test file, a header that ends in CRLF over lines that end in LF', async () => {
    const dataset = await load('optdigits.tra', { target: 'Class' }, 'optdigits.tes');
    expect(dataset).toMatchObject({ task: 'classification', rows: 5620, testFrom: 3823, inputs: 64 });
    expect(dataset.classes).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    const training = dataset.y.slice(0, 3823);
    expect([0, 1, 2].map((digit) => training.filter((y) => y === digit).length)).toEqual([376, 389, 380]);
    const test = dataset.y.slice(3823);
    expect([0, 1, 2].map((digit) => test.filter((y) => y === digit).length)).toEqual([178, 182, 177]);
    expect(describeData(dataset, 7).facts.parts).toEqual({ training: 3058, validation: 765, test: 1797 });
  });

  it('winequality-red: six uneven classes, 240 duplicate rows', async () => {
    const dataset = await load('winequality-red.csv');
    expect(dataset).toMatchObject({ task: 'classification', rows: 1599, inputs: 11 });
    expect(classCounts(dataset)).toEqual({ 3: 10, 4: 53, 5: 681, 6: 638, 7: 199, 8: 18 });
    expect(1599 - new Set([...dataset.groups].map((group, row) => `${group} ${dataset.y[row]}`)).size).toBe(
      240,
    );
    const codes = describeData(dataset, 7).findings.map((finding) => 'code' in finding && finding.code);
    expect(codes).toEqual(['duplicates-across-parts', 'class-imbalance']);
    expect((await load('winequality-red.csv', { task: 'regression' })).task).toBe('regression');
  });

  it('mpg: regression, target in the first column, missing cells, text columns', async () => {
    const dataset = await load('mpg.csv', { target: 'mpg', missing: 'mean' });
    expect(dataset).toMatchObject({ task: 'regression', rows: 398, inputs: 6 + 3 + 305, classes: null });
    expect(dataset.missingCells).toEqual({ horsepower: 6 });
    expect(Math.min(...dataset.y)).toBe(9);
    expect(Math.max(...dataset.y)).toBe(46.6);
    expect(sumOf(dataset.y) / 398).toBeCloseTo(23.51, 2);
    const codes = describeData(dataset, 7).findings.map((finding) => 'code' in finding && finding.code);
    expect(codes).toEqual(['many-categories', 'missing-filled']);
    const without = await load('mpg.csv', { target: 0, missing: 'drop', drop: ['name'] });
    expect(without).toMatchObject({ rows: 392, inputs: 9, droppedRows: 6 });
  });

  it('concrete: regression on clean numbers, 25 duplicate rows', async () => {
    const dataset = await load('concrete.csv');
    expect(dataset).toMatchObject({ task: 'regression', rows: 1030, inputs: 8, target: 'strength' });
    expect(sumOf(dataset.y) / 1030).toBeCloseTo(35.82, 2);
    expect(1030 - new Set([...dataset.groups].map((group, row) => `${group} ${dataset.y[row]}`)).size).toBe(
      25,
    );
  });

  it('titanic: quoted commas, doubled quotes, missing cells, identifiers to drop', async () => {
    const drop = ['PassengerId', 'Name', 'Ticket', 'Cabin'];
    const dataset = await load('titanic.csv', { target: 'Survived', drop, missing: 'median' });
    expect(dataset).toMatchObject({ task: 'classification', rows: 891, inputs: 10 });
    expect(classCounts(dataset)).toEqual({ 0: 549, 1: 342 });
    expect(dataset.missingCells).toEqual({ Age: 177, Embarked: 2 });
    const whole = await load('titanic.csv', { target: 1, missing: 'mean' });
    expect(whole.missingCells).toEqual({ Age: 177, Cabin: 687, Embarked: 2 });
    const names = whole.columns.find((column) => column.name === 'Name');
    expect(names?.kind === 'category' && names.categories).toContain('McGowan, Miss. Anna "Annie"');
  });
});
