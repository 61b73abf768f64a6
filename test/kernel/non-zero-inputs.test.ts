import { expect, it } from 'vitest';
import { createNetworkKernel, kernelBytes } from '../../src/kernel/create-network-kernel.js';
import { compileKernel } from '../../src/kernel/kernel-module.js';
import type { NetworkOptions } from '../../src/kernel/network-options.js';
import { shareOfNonZeroInputs } from '../../src/kernel/non-zero-inputs.js';
import type { RowSet } from '../../src/kernel/row-set.js';
import { goOn, madeUpNumbers, madeUpRows, madeUpWeights, plainOptions } from './made-up.js';

const kernel = compileKernel();
const picture = { ...plainOptions, inputs: 100, outputs: 10, hidden: [70, 20], batchSize: 16 };

/** Rows of which four inputs in five are zero. */
function pictures(options: NetworkOptions, rows: number): RowSet {
  const { set } = madeUpRows(options, rows, 3);
  const random = madeUpNumbers(8);
  return { ...set, table: set.table.map((cell: number) => (random() < 0.8 ? 0 : cell)) };
}

/** Weights and loss after three epochs. */
function trained(options: NetworkOptions, set: RowSet): readonly number[] {
  const network = createNetworkKernel(kernel, options, { rows: set });
  network.start(madeUpWeights(options, 5));
  for (let epoch = 1; epoch <= 3; epoch++) {
    network.trainEpoch('rows', { order: [epoch, 0, 0, 1], rate: 0.05, masks: [epoch, 0, 0, 2] }, goOn);
  }
  return [...network.weights(), network.measure('rows', goOn)?.loss ?? Number.NaN];
}

it('tells the share of inputs that are not zero as the network takes them', () => {
  const set = pictures(picture, 300);
  expect(shareOfNonZeroInputs(set, picture)).toBeCloseTo(0.2, 1);
  const ones = new Float64Array(picture.inputs).fill(1);
  const standardized = { ...set, preparation: { mean: ones, scale: ones, fill: null } };
  expect(shareOfNonZeroInputs(standardized, picture)).toBeGreaterThan(0.99);
});

it('counts all inputs of a set without rows', () => {
  expect(shareOfNonZeroInputs({ ...pictures(picture, 4), rows: new Int32Array(0) }, picture)).toBe(1);
});

it.each<[string, NetworkOptions]>([
  ['in single precision', { ...picture, precision: 'f32' }],
  ['in double precision', picture],
  ['with inputs dropped', { ...picture, precision: 'f32', inputDropout: 0.2, dropout: 0.5 }],
  ['with the whole set in one batch, in several blocks', { ...picture, precision: 'f32', batchSize: 1000 }],
  ['before outputs alone', { ...picture, precision: 'f32', hidden: [] }],
])('skips inputs that are zero without a bit of difference %s', (_, options) => {
  const set = pictures(options, 333);
  const never: NetworkOptions = { ...options, skipZeros: 'never' };
  expect(kernelBytes(options, { rows: set })).toBeGreaterThan(kernelBytes(never, { rows: set }));
  expect(trained(options, set)).toEqual(trained(never, set));
});
