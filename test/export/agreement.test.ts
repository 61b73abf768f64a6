import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Parameters } from '../../src/campaign/parameters.js';
import type { Finish } from '../../src/campaign/trial.js';
import { loadDataset } from '../../src/data/load-dataset.js';
import type { DataOptions } from '../../src/data/options.js';
import { csvRows } from '../../src/data/sources/csv/csv-records.js';
import { fileSource } from '../../src/data/sources/formats.js';
import { type Row, rowsOf } from '../../src/data/sources/rows.js';
import { exportModel } from '../../src/export/export-model.js';
import { readNetwork, type SavedNetwork } from '../../src/mlp/network-file.js';
import { predictRows, type RowPredictions } from '../../src/mlp/prediction/predict-rows.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { DEFAULTS, fileOf } from '../data/csv-file.js';
import { networkOf, runTrial } from '../mlp/trial-runs.js';
import { sharedData } from '../support/shared-data.js';
import { columnsOf, openModel, run } from './onnx-runtime.js';

/** A network trained for a few epochs on a file. */
async function trainedOn(
  path: string,
  options: Partial<DataOptions>,
  parameters: Parameters = {},
  finish: Finish = { on: 'training', checkpoint: 'last' },
): Promise<{ network: SavedNetwork; onnx: Uint8Array }> {
  const source = { kind: 'table', paths: [path], test: null, delimiter: null } as const;
  const split = { kind: 'shares', validation: 0.2, test: 0.2 } as const;
  const dataset = await loadDataset({ ...DEFAULTS, split, ...options, source }, 7);
  const trial = await runTrial(
    dataset,
    { hidden: 16, learning_rate: 0.01, precision: 'f64', ...parameters },
    { epochs: 5, finish },
  );
  const { bytes } = networkOf(trial);
  return {
    network: readNetwork(bytes),
    onnx: exportModel(bytes, { campaign: 'agreement', version: '1' }).onnx,
  };
}

async function rowsOfFile(path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const some of csvRows(path)) rows.push(...rowsOf(some));
  return rows;
}

/**
 * The largest difference between what `predict` and ONNX Runtime say of a file, as a share of numbers beyond 1;
 * their classes must be the same.
 */
async function largestDifference(
  network: SavedNetwork,
  onnx: Uint8Array,
  path: string,
  dropped = 0,
): Promise<number> {
  const rows = await rowsOfFile(path);
  const answers: RowPredictions[] = [];
  const table = { source: fileSource(path), dropped };
  for await (const some of predictRows(network, table).answers) answers.push(some);
  const predicted = answers.flatMap((some) => [...some.predicted]);
  const own = answers.flatMap((some) => [...(some.probabilities ?? some.predicted.map(Number))]);

  const theirs = await run(await openModel(onnx), columnsOf(network, rows));
  expect(theirs.values.length).toBe(own.length);
  if (theirs.labels !== null) expect(theirs.labels).toEqual(predicted);
  return own.reduce(
    (most, value, k) =>
      Math.max(most, Math.abs(value - (theirs.values[k] ?? Number.NaN)) / Math.max(1, Math.abs(value))),
    0,
  );
}

/** Numbers and texts, some of both missing unless it is whole, a class and a number to predict. */
function mixedTable(rows: number, target: 'class' | 'number', isWhole = false): string {
  const stream = keyedStream('mixed table', rows);
  const lines = Array.from({ length: rows }, () => {
    const length = 1e6 + 40 * stream.normal();
    const colour = ['red', 'green, light', '"blue"', 'é ∑'][Math.floor(stream.uniform() * 4)] ?? '';
    const size = ['1', '2.5', 'large'][Math.floor(stream.uniform() * 3)] ?? '';
    const y = (length - 1e6) / 40 + colour.length / 3 + stream.normal() / 4;
    const name = target === 'number' ? String(1000 + 50 * y) : y < 1 ? 'few' : y < 2.5 ? 'some' : 'many';
    const hole = isWhole ? 0.5 : stream.uniform();
    const cells = [
      hole < 0.1 ? '' : String(length),
      hole > 0.9 ? '?' : colour,
      size,
      String(stream.normal()),
    ];
    return [...cells, name].map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
  });
  return ['length,label,probabilities,sums 1,what', ...lines].join('\n');
}

describe('ONNX Runtime and predict', () => {
  for (const target of ['class', 'number'] as const) {
    it(`agree on numbers, texts and missing cells where the target is a ${target}`, async () => {
      const path = fileOf(mixedTable(400, target));
      const { network, onnx } = await trainedOn(path, { missing: 'mean' });
      const difference = await largestDifference(network, onnx, path);
      console.log(`largest difference on made-up data, ${target}: ${difference}`);
      expect(difference).toBeLessThan(1e-9);
    });
  }

  it.each([
    { hidden: 5, activation: 'tanh', loss: 'squared_error' },
    { hidden: [7, 3], activation: 'sigmoid', bias: false },
    { hidden: [7, 3], activation: 'relu', dropout: 0.5, input_dropout: 0.2 },
  ] satisfies Parameters[])('agree on a network of %j', async (parameters) => {
    const path = fileOf(mixedTable(300, 'class'));
    const { network, onnx } = await trainedOn(path, { missing: 'median' }, parameters);
    expect(await largestDifference(network, onnx, path)).toBeLessThan(1e-9);
  });

  it('agree where a single sigmoid tells two classes apart, without standardising', async () => {
    const path = fileOf(mixedTable(300, 'class').replaceAll('"few"', '"some"').replaceAll('1000', ''));
    const { network, onnx } = await trainedOn(
      path,
      { missing: 'mean', standardize: false },
      { loss: 'squared_error' },
    );
    expect(network.shape.outputs).toBe(1);
    expect(await largestDifference(network, onnx, path)).toBeLessThan(1e-9);
  });

  it('agree on a network of single precision, as nearly as it can tell', async () => {
    const path = fileOf(mixedTable(400, 'class'));
    const { network, onnx } = await trainedOn(path, { missing: 'mean' }, { precision: 'f32' });
    expect(await largestDifference(network, onnx, path)).toBeLessThan(1e-5);
  });

  it('agree on categories that training did not have', async () => {
    const { network, onnx } = await trainedOn(fileOf(mixedTable(400, 'class')), { missing: 'mean' });
    const path = fileOf('length,label,probabilities,sums 1\n1000010,purple,2.50,0\n,NaN,3,0.5\n');
    expect(await largestDifference(network, onnx, path)).toBeLessThan(1e-9);
  });
});

describe('ONNX Runtime and predict, for a committee,', () => {
  it.each([
    ['classes', 'class', {}],
    ['classes with squared error', 'class', { loss: 'squared_error', hidden: [7, 3] }],
    ['numbers', 'number', {}],
    ['numbers, in single precision', 'number', { precision: 'f32' }],
  ] satisfies [string, 'class' | 'number', Parameters][])('agree on %s', async (what, target, parameters) => {
    const path = fileOf(mixedTable(300, target));
    const committee = {
      on: 'all',
      checkpoint: 'last',
      committee: { repeats: [0, 1, 2], epochs: 5 },
    } as const;
    const { network, onnx } = await trainedOn(path, { missing: 'mean' }, parameters, committee);
    expect(network.networks).toBe(3);
    const difference = await largestDifference(network, onnx, path);
    console.log(`largest difference of a committee on ${what}: ${difference}`);
    expect(difference).toBeLessThan(network.precision === 'f32' ? 1e-5 : 1e-9);
  });
});

describe('ONNX Runtime and predict, where columns are prepared each in its way,', () => {
  const strangers = 'length,label,probabilities,sums 1\n1000010,purple,2.50,0\n,NaN,3,0.5\n?,red,,-1\n';

  it.each([
    ['indicators of numbers and texts', { indicator: true, missing: 'mean' }],
    [
      'the most frequent, of numbers and texts',
      {
        missing: 'error',
        columns: [
          { column: 'length', missing: 'most_frequent' },
          { column: 'label', missing: 'most_frequent', indicator: true },
        ],
      },
    ],
    [
      'ordinal columns, in an order that is given and in one that is not',
      {
        missing: 'median',
        columns: [
          {
            column: 'label',
            as: 'ordinal',
            order: ['green, light', 'é ∑', 'red', '"blue"'],
            indicator: true,
          },
          { column: 'probabilities', as: 'ordinal' },
        ],
      },
    ],
    [
      'ordinal columns filled with the most frequent',
      { missing: 'mean', columns: [{ column: 'label', as: 'ordinal', missing: 'most_frequent' }] },
    ],
    [
      'few categories',
      { missing: 'median', columns: [{ column: 'label', maxCategories: 2, indicator: true }] },
    ],
    [
      'all at once, not standardised',
      {
        standardize: false,
        missing: 'median',
        indicator: true,
        columns: [
          { column: 'length', missing: 'mean' },
          { column: 'label', maxCategories: 3 },
          { column: 'probabilities', as: 'ordinal', order: ['2.5', '1', 'large', 'huge'] },
        ],
      },
    ],
    [
      'values that stand for missing cells',
      {
        missing: 'median',
        missingValues: ['-999', 'red', '2.5'],
        columns: [
          { column: 'length', indicator: true },
          { column: 'label', indicator: true },
          { column: 'probabilities', as: 'ordinal', missing: 'most_frequent' },
        ],
      },
    ],
  ] satisfies [string, Partial<DataOptions>][])('agree on %s', async (what, options) => {
    const mixed = mixedTable(400, 'class');
    const isMarked = 'missingValues' in options;
    const path = fileOf(isMarked ? mixed.replaceAll('\n"",', '\n"-999.0",') : mixed);
    const { network, onnx } = await trainedOn(path, options);
    const difference = await largestDifference(network, onnx, path);
    console.log(`largest difference with ${what}: ${difference}`);
    expect(difference).toBeLessThan(1e-9);
    if (options.missing !== 'error') {
      const table = network.preparation.columns.some(({ kind }) => kind === 'ordinal')
        ? strangers.replace('?,red,,', '?,red,1,')
        : strangers;
      expect(await largestDifference(network, onnx, fileOf(table))).toBeLessThan(1e-9);
    }
  });
});

describe('a row that predict refuses', () => {
  it.each([
    ['a missing number', {}, '1000010,red,1,?'],
    [
      'a missing number in a column that is not filled',
      { columns: [{ column: 'label', missing: 'most_frequent' }] },
      '1000010,red,1,?',
    ],
    [
      'a missing text in an ordinal column',
      { columns: [{ column: 'probabilities', as: 'ordinal' }] },
      '1000010,red,?,0',
    ],
    [
      'an unknown text in an ordinal column',
      { columns: [{ column: 'probabilities', as: 'ordinal' }] },
      '1000010,red,huge,0',
    ],
    [
      'an unknown text in an ordinal column that is filled, where that is an error',
      { columns: [{ column: 'label', as: 'ordinal', missing: 'median', unseen: 'error' }] },
      '1000010,purple,1,0',
    ],
    [
      'an unknown text in a one-hot column, where that is an error',
      { columns: [{ column: 'label', missing: 'most_frequent', unseen: 'error' }] },
      '1000010,purple,1,0',
    ],
  ] satisfies [string, Partial<DataOptions>, string][])(
    'has no answer of ONNX Runtime either: %s',
    async (_, options, row) => {
      const { network, onnx } = await trainedOn(fileOf(mixedTable(300, 'class', true)), options);
      const header = 'length,label,probabilities,sums 1\n';
      const path = fileOf(`${header}1000010,red,1,0\n${row}\n`);
      await expect(largestDifference(network, onnx, path)).rejects.toMatchObject({ code: 'DATA_INVALID' });
      const theirs = await run(await openModel(onnx), columnsOf(network, await rowsOfFile(path)));
      expect(theirs.labels?.map((label) => label !== '')).toEqual([true, false]);
      expect([...theirs.values].map(Number.isNaN)).toEqual([false, false, false, true, true, true]);
    },
  );
});

describe.skipIf(sharedData === null)('ONNX Runtime and predict, on real tables', () => {
  const at = (file: string): string => join(sharedData ?? '', file);

  it.each([
    { name: 'iris', train: 'iris.csv', test: 'iris.csv', options: {} },
    { name: 'optdigits', train: 'optdigits.tra', test: 'optdigits.tes', options: { target: 'Class' } },
    {
      name: 'titanic',
      train: 'titanic.csv',
      test: 'titanic.csv',
      options: { target: 'Survived', drop: ['PassengerId', 'Name', 'Ticket'], missing: 'median' },
    },
    {
      name: 'titanic, each column in its way',
      train: 'titanic.csv',
      test: 'titanic.csv',
      options: {
        target: 'Survived',
        drop: ['PassengerId', 'Name', 'Ticket'],
        missing: 'median',
        indicator: true,
        columns: [
          { column: 'Age', missing: 'mean' },
          { column: 'Cabin', maxCategories: 10 },
          { column: 'Embarked', as: 'ordinal', order: ['S', 'Q', 'C'], missing: 'most_frequent' },
          { column: 'Pclass', as: 'one_hot' },
        ],
      },
    },
    { name: 'concrete', train: 'concrete.csv', test: 'concrete.csv', options: { target: 'strength' } },
  ] as const)('agree on $name', async ({ name, train, test, options }) => {
    const { network, onnx } = await trainedOn(at(train), options, { precision: 'f32' });
    const difference = await largestDifference(network, onnx, at(test));
    console.log(`largest difference on ${name}: ${difference}`);
    expect(difference).toBeLessThan(1e-5);
  });
});
