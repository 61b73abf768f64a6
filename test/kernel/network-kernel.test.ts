import { expect, it } from 'vitest';
import { createNetworkKernel, kernelBytes } from '../../src/kernel/create-network-kernel.js';
import { instantiate } from '../../src/kernel/kernel-exports.js';
import { compileKernel } from '../../src/kernel/kernel-module.js';
import { SCRATCH_BYTES } from '../../src/kernel/memory-plan.js';
import type { NetworkOptions } from '../../src/kernel/network-options.js';
import { layerForm, networkForm, recordBytes } from '../../src/kernel/record.js';
import { goOn, madeUpRows, madeUpWeights, plainOptions } from './made-up.js';

const module = compileKernel();
const plan = { order: null, rate: 0.1, masks: [1, 2, 3, 4] } as const;

it('gives weights back as they came in', () => {
  for (const precision of ['f32', 'f64'] as const) {
    const options: NetworkOptions = { ...plainOptions, precision, inputs: 19, hidden: [33, 7], outputs: 5 };
    const network = createNetworkKernel(module, options, { rows: madeUpRows(options, 3, 1).set });
    const weights = madeUpWeights(options, 2);
    network.start(weights);
    expect(network.weights()).toEqual(weights);
  }
});

it('starts with a fresh optimiser, and goes on from a state where that was left', () => {
  const options: NetworkOptions = { ...plainOptions, optimizer: { kind: 'adam' } };
  const network = createNetworkKernel(module, options, { rows: madeUpRows(options, 20, 1).set });
  const weights = madeUpWeights(options, 2);
  network.start(weights);
  network.trainEpoch('rows', plan, goOn);
  const once = network.weights();
  const state = network.state();
  network.trainEpoch('rows', plan, goOn);
  const twice = network.weights();
  network.start(weights);
  network.trainEpoch('rows', plan, goOn);
  expect(network.weights()).toEqual(once);
  network.restore(state);
  network.trainEpoch('rows', plan, goOn);
  expect(network.weights()).toEqual(twice);
});

it('says that a loss is not finite where a weight is not, even if every unit hides it', () => {
  const options: NetworkOptions = { ...plainOptions, skipZeros: 'always', dropout: 0.5 };
  const network = createNetworkKernel(module, options, { rows: madeUpRows(options, 20, 1).set });
  for (const spoilt of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    const weights = madeUpWeights(options, 2);
    weights[3] = spoilt;
    network.start(weights);
    expect(network.measure('rows', goOn)?.loss).toBeNaN();
    expect(network.trainEpoch('rows', plan, goOn)).toBeNaN();
  }
  network.start(madeUpWeights(options, 2));
  for (let epoch = 0; epoch < 20; epoch++) network.trainEpoch('rows', { ...plan, rate: 1e30 }, goOn);
  expect(Number.isFinite(network.measure('rows', goOn)?.loss)).toBe(false);
});

it('asks whether to stop every few milliseconds of work, and stops', () => {
  const options: NetworkOptions = {
    ...plainOptions,
    precision: 'f32',
    inputs: 784,
    hidden: [300, 300],
    outputs: 10,
    batchSize: 64,
  };
  const { set } = madeUpRows(options, 2000, 1);
  const network = createNetworkKernel(module, options, { rows: set });
  network.start(madeUpWeights(options, 2));
  let asked = 0;
  const count = (): boolean => {
    asked += 1;
    return false;
  };
  expect(network.trainEpoch('rows', plan, count)).not.toBeNull();
  // Six operations a weight and row, at most 1e8 of them (three milliseconds) a call.
  expect(asked).toBeGreaterThan((6 * (784 * 300 + 300 * 300 + 3000) * 2000) / 1e8);
  asked = 0;
  expect(network.measure('rows', count)).not.toBeNull();
  expect(asked).toBeGreaterThan(5);

  let left = 3;
  const stopSoon = (): boolean => left-- === 0;
  expect(network.trainEpoch('rows', plan, stopSoon)).toBeNull();
  expect(left).toBe(-1);
  left = 1;
  expect(network.measure('rows', stopSoon)).toBeNull();
  left = 1;
  expect(network.predict('rows', stopSoon)).toBeNull();
});

it('predicts what it measures by', () => {
  const { set, oracle } = madeUpRows(plainOptions, 50, 1);
  const network = createNetworkKernel(module, plainOptions, { rows: set });
  network.start(madeUpWeights(plainOptions, 2));
  const answers = network.predict('rows', goOn) ?? new Float64Array(0);
  let loss = 0;
  oracle.targets.forEach((target, row) => {
    loss -= Math.log(answers[row * 3 + target.indexOf(1)] ?? Number.NaN) / oracle.targets.length;
  });
  expect(network.measure('rows', goOn)?.loss).toBeCloseTo(loss, 12);
});

it('measures and predicts without an optimizer as with one, in half the memory, and cannot be trained', () => {
  const options: NetworkOptions = {
    ...plainOptions,
    inputs: 200,
    hidden: [300, 100],
    optimizer: { kind: 'adam' },
  };
  const sets = { rows: madeUpRows(options, 60, 1).set };
  const weights = madeUpWeights(options, 2);
  const [trainable, fixed] = [options, { ...options, optimizer: null }].map((wanted) => {
    const network = createNetworkKernel(module, wanted, sets);
    network.start(weights);
    return network;
  });
  if (trainable === undefined || fixed === undefined) throw new Error('two networks were made');
  expect(fixed.weights()).toEqual(weights);
  expect(fixed.measure('rows', goOn)).toEqual(trainable.measure('rows', goOn));
  expect(fixed.predict('rows', goOn)).toEqual(trainable.predict('rows', goOn));
  expect(fixed.bytes).toBeLessThan(trainable.bytes / 2);
  expect(() => fixed.trainEpoch('rows', plan, goOn)).toThrow(
    'a network without an optimizer cannot be trained',
  );
});

it('stays fast where the optimiser’s memory dies away', () => {
  const options: NetworkOptions = {
    ...plainOptions,
    precision: 'f32',
    inputs: 100,
    hidden: [100],
    optimizer: { kind: 'adam' },
  };
  const { set } = madeUpRows(options, 8, 1);
  const silent = { ...set, weights: new Float64Array(8) };
  const network = createNetworkKernel(module, options, { loud: set, silent });
  network.start(madeUpWeights(options, 2));
  network.trainEpoch('loud', plan, goOn);
  for (let epoch = 0; epoch < 1200; epoch++) network.trainEpoch('silent', plan, goOn);
  const state = network.state();
  const means = state.subarray(2 + (state.length - 2) / 3, 2 + (2 * (state.length - 2)) / 3);
  // 0.9 to the power of 1200 is 1e-55: all of it would be denormal, but for what became 0.
  expect(means.every((mean) => mean === 0)).toBe(true);
});

it('refuses a network that is too large before anything is allocated, and says what to do', () => {
  const huge: NetworkOptions = { ...plainOptions, inputs: 65_536, hidden: [65_536] };
  const { set } = madeUpRows({ ...plainOptions, inputs: 65_536 }, 1, 1);
  for (const call of [
    () => kernelBytes(huge, { rows: set }),
    () => createNetworkKernel(module, huge, { rows: set }),
  ]) {
    expect(call).toThrow(
      /^a network of 65536-65536-3 units in f64 takes \d+ MiB of memory, but at most 4096 MiB can be used/,
    );
  }
  const small = madeUpRows(plainOptions, 5, 1).set;
  expect(() => kernelBytes(plainOptions, { rows: small }, 32_768)).toThrow(/at most 1 MiB can be used/);
});

it('refuses options, sets and plans that contradict themselves', () => {
  const { set } = madeUpRows(plainOptions, 5, 1);
  const make = (change: Partial<typeof plainOptions>) => () =>
    createNetworkKernel(module, { ...plainOptions, ...change } as NetworkOptions, { rows: set });
  expect(make({ inputs: 0 })).toThrow('inputs is 0; expected a whole number from 1 to 65536');
  expect(make({ hidden: [3.5] })).toThrow('hidden layer 1 is 3.5');
  expect(make({ dropout: 1 })).toThrow('a share is 1; expected 0 or more, below 1');
  expect(make({ batchSize: 0 })).toThrow('batchSize is 0');
  expect(make({ weightDecay: -1 })).toThrow('weightDecay is -1; expected 0 or a positive number');
  expect(() => createNetworkKernel(module, { ...plainOptions, outputs: 2 }, { rows: set })).toThrow(
    /^the class of row \d is 2; expected a whole number below 2$/,
  );

  const network = createNetworkKernel(module, { ...plainOptions, dropout: 0.5 }, { rows: set });
  expect(() => network.start(new Float64Array(3))).toThrow('weights of 3 numbers where 66 belong');
  expect(() => network.trainEpoch('rows', { ...plan, masks: null }, goOn)).toThrow('a seed for its masks');
  expect(() => network.trainEpoch('rows', { ...plan, rate: new Float64Array(2) }, goOn)).toThrow(
    'there are 2 learning rates for 1 updates',
  );
  const order = Uint32Array.of(0, 1, 2, 3, 5);
  expect(() => network.trainEpoch('rows', { ...plan, order }, goOn)).toThrow(
    'the order has place 5, but there are 5 rows',
  );
});

it('agrees with the kernel on the size of every record', () => {
  const kernel = instantiate(module, new WebAssembly.Memory({ initial: 1, maximum: 1 }));
  expect(kernel.networkRecordBytes()).toBe(recordBytes(networkForm));
  expect(kernel.layerRecordBytes()).toBe(recordBytes(layerForm));
  expect(kernel.scratchBytes()).toBe(SCRATCH_BYTES);
});
