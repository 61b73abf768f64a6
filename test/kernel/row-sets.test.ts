import { expect, it } from 'vitest';
import { createNetworkKernel, kernelBytes } from '../../src/kernel/create-network-kernel.js';
import { compileKernel } from '../../src/kernel/kernel-module.js';
import type { NetworkKernel } from '../../src/kernel/network-kernel.js';
import type { NetworkOptions } from '../../src/kernel/network-options.js';
import type { RowSet } from '../../src/kernel/row-set.js';
import { shuffledOrder } from './keyed-draws.js';
import { goOn, madeUpNumbers, madeUpRows, madeUpWeights, plainOptions } from './made-up.js';
import { Oracle } from './oracle.js';

const kernel = compileKernel();
const options: NetworkOptions = {
  ...plainOptions,
  inputs: 50,
  hidden: [70],
  outputs: 4,
  dropout: 0.5,
  inputDropout: 0.1,
  batchSize: 32,
  optimizer: { kind: 'adam' },
};
const weights = madeUpWeights(options, 1);
const mebibyte = 2 ** 20;

function train<SetName extends string>(network: NetworkKernel<SetName>, name: SetName): Float64Array {
  network.start(weights);
  for (let epoch = 0; epoch < 3; epoch++) {
    network.trainEpoch(name, { order: [epoch, 0, 0, 1], rate: 0.01, masks: [epoch, 0, 0, 2] }, goOn);
  }
  return network.weights();
}

/** A set that fills what sets may take of the memory, so that none after it is kept there. */
const filler = (inputs: number, numberBytes: number): RowSet => ({
  table: new Uint8Array(Math.floor((31.9 * mebibyte) / ((inputs + 30) * numberBytes)) * inputs),
  rows: null,
  preparation: null,
  targets: null,
  weights: null,
});

it('trains, measures and predicts the same on rows that are fetched as on rows that are kept', () => {
  const large = { ...options, inputs: 300 };
  const { set } = madeUpRows(large, 5000, 2, true);
  const room = filler(300, 8);
  const kept = createNetworkKernel(kernel, large, { rows: set });
  const fetched = createNetworkKernel(kernel, large, { room, rows: set });
  for (const network of [kept, fetched]) {
    network.start(madeUpWeights(large, 1));
    const plan = { order: [1, 2, 3, 4], rate: 0.01, masks: [5, 6, 7, 8] } as const;
    network.trainEpoch('rows', plan, goOn);
    network.trainEpoch('rows', { ...plan, order: null }, goOn);
  }
  expect(fetched.weights()).toEqual(kept.weights());
  expect(fetched.measure('rows', goOn)).toEqual(kept.measure('rows', goOn));
  expect(fetched.predict('rows', goOn)).toEqual(kept.predict('rows', goOn));
});

it('keeps as many sets in memory as they may take, and as the limit leaves room for', () => {
  const large = { ...options, inputs: 300 };
  const { set } = madeUpRows(large, 15_000, 2, true);
  const bytes = (residentBytes: number, limit?: number): number =>
    kernelBytes({ ...large, residentBytes }, { rows: set }, limit);
  // 15,000 rows of 300 inputs in double precision.
  const inMemory = 15_000 * 300 * 8;
  expect(bytes(64 * mebibyte)).toBeGreaterThan(inMemory);
  expect(bytes(32 * mebibyte)).toBeLessThan(inMemory / 2);
  expect(bytes(64 * mebibyte, 33 * mebibyte)).toBe(bytes(32 * mebibyte));
});

it('works on batches that are larger than a block as the formulas do', () => {
  // 700 rows are three blocks of 256 rows at most.
  const whole: NetworkOptions = {
    ...options,
    inputDropout: 0,
    dropout: 0,
    batchSize: Number.POSITIVE_INFINITY,
    weightDecay: 0.01,
  };
  const { set, oracle: rows } = madeUpRows(whole, 700, 3, true);
  const order = Array.from({ length: 700 }, (_, row) => row);
  for (const skipZeros of ['always', 'never'] as const) {
    const network = createNetworkKernel(kernel, { ...whole, skipZeros }, { rows: set });
    const start = madeUpWeights(whole, 1);
    network.start(start);
    const oracle = new Oracle(whole, start);
    for (let epoch = 0; epoch < 3; epoch++) {
      network.trainEpoch('rows', { order: null, rate: 0.01, masks: null }, goOn);
      oracle.epoch(rows, order, [0.01], () => true);
    }
    const expected = oracle.flat();
    const apart = network.weights().map((w, k) => Math.abs(w - (expected[k] ?? Number.NaN)));
    expect(Math.max(...apart)).toBeLessThan(1e-12);
  }
});

it('prepares raw cells: filled, shifted and scaled, from numbers of any kind', () => {
  const random = madeUpNumbers(4);
  const inputs = 50;
  const rows = 40;
  const bytes = Uint8Array.from({ length: rows * inputs }, () => Math.floor(random() * 256));
  const mean = Float64Array.from({ length: inputs }, () => 100 + 10 * random());
  const scale = Float64Array.from({ length: inputs }, (_, k) => (k === 7 ? 0 : 1 / (50 + random())));
  const fill = mean.map((value) => value + 1);
  const chosen = Uint32Array.from([3, 1, 39, 20, 20, 5, 8, 13, 21, 34]);
  const values = Float64Array.from({ length: rows }, () => Math.floor(random() * 4));
  const raw = (table: RowSet['table']): RowSet => ({
    table,
    rows: chosen,
    preparation: { mean, scale, fill },
    targets: { kind: 'class', values },
    weights: null,
  });
  const prepared: RowSet = {
    table: Float64Array.from({ length: chosen.length * inputs }, (_, place) => {
      const column = place % inputs;
      const cell = bytes[(chosen[Math.floor(place / inputs)] ?? 0) * inputs + column] ?? 0;
      return column === 7 ? 0 : (cell - (mean[column] ?? 0)) * (scale[column] ?? 0);
    }),
    rows: null,
    preparation: null,
    targets: { kind: 'class', values: Float64Array.from(chosen, (row) => values[row] ?? 0) },
    weights: null,
  };
  const expected = train(createNetworkKernel(kernel, options, { rows: prepared }), 'rows');
  for (const table of [bytes, Float32Array.from(bytes), Float64Array.from(bytes)]) {
    expect(train(createNetworkKernel(kernel, options, { rows: raw(table) }), 'rows')).toEqual(expected);
  }

  const shared = new Float64Array(new SharedArrayBuffer(bytes.length * 8));
  shared.set(bytes);
  const holed = shared.slice();
  const filled = shared.slice();
  for (const row of chosen) {
    holed[row * inputs + 2] = Number.NaN;
    filled[row * inputs + 2] = fill[2] ?? 0;
  }
  const fromHoled = train(createNetworkKernel(kernel, options, { rows: raw(holed) }), 'rows');
  expect(fromHoled).toEqual(train(createNetworkKernel(kernel, options, { rows: raw(filled) }), 'rows'));
});

it('takes an order as places, and shuffles by a seed to the order that the seed stands for', () => {
  const { set } = madeUpRows(options, 45, 5);
  const network = createNetworkKernel(kernel, options, { rows: set });
  const after = (order: Uint32Array | readonly [number, number, number, number]): Float64Array => {
    network.start(weights);
    network.trainEpoch('rows', { order, rate: 0.01, masks: [1, 2, 3, 4] }, goOn);
    return network.weights();
  };
  expect(after([9, 8, 7, 6])).toEqual(after(Uint32Array.from(shuffledOrder([9, 8, 7, 6], 45))));
});

it('shuffles evenly: every row comes to every place equally often, to four standard errors', () => {
  const rows = 8;
  const rounds = 4000;
  const counts = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    shuffledOrder([round, 0, 0, 0], rows).forEach((row, place) => {
      counts.set(`${row} ${place}`, (counts.get(`${row} ${place}`) ?? 0) + 1);
    });
  }
  const share = 1 / rows;
  const chiSquared =
    [...counts.values()].reduce((sum, count) => sum + (count - rounds * share) ** 2, 0) / (rounds * share);
  const degreesOfFreedom = (rows - 1) ** 2;
  expect((chiSquared - degreesOfFreedom) / Math.sqrt(2 * degreesOfFreedom)).toBeLessThan(4);
  expect(counts.size).toBe(rows * rows);
});

it('needs less than 100 MB beside the shared table for MNIST and two layers of 800', () => {
  const pixels = new Uint8Array(new SharedArrayBuffer(60_000 * 784));
  const set: RowSet = {
    table: pixels,
    rows: null,
    preparation: { mean: new Float64Array(784), scale: new Float64Array(784).fill(1 / 255), fill: null },
    targets: { kind: 'class', values: new Uint8Array(60_000) },
    weights: null,
  };
  const mnist: NetworkOptions = {
    ...options,
    precision: 'f32',
    inputs: 784,
    hidden: [800, 800],
    outputs: 10,
    batchSize: 128,
  };
  expect(kernelBytes(mnist, { training: set, validation: set })).toBeLessThan(100e6);
  expect(kernelBytes({ ...mnist, batchSize: Number.POSITIVE_INFINITY }, { training: set })).toBeLessThan(
    100e6,
  );
  expect(createNetworkKernel(kernel, mnist, { training: set }).bytes).toBe(
    kernelBytes(mnist, { training: set }),
  );
});
