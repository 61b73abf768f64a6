import { createHash } from 'node:crypto';
import { createNetworkKernel } from '../../src/kernel/create-network-kernel.js';
import { compileKernel } from '../../src/kernel/kernel-module.js';
import type { NetworkOptions, Optimizer, OutputLoss } from '../../src/kernel/network-options.js';
import { goOn, madeUpRows, madeUpWeights, plainOptions } from './made-up.js';

const sgd: Optimizer = { kind: 'sgd', momentum: 0.9, nesterov: false };
const nesterov: Optimizer = { kind: 'sgd', momentum: 0.9, nesterov: true };
const adam: Optimizer = { kind: 'adam' };
const adamw: Optimizer = { kind: 'adamw' };
const squared: OutputLoss = { output: 'sigmoid', loss: 'squared_error' };
const binary: OutputLoss = { output: 'sigmoid', loss: 'cross_entropy' };
const numbers: OutputLoss = { output: 'identity', loss: 'squared_error' };

/** Ten networks that between them use everything. */
const tenNetworks: readonly NetworkOptions[] = [
  { ...plainOptions, precision: 'f32', inputs: 64, hidden: [100], outputs: 10, dropout: 0.5, optimizer: sgd },
  {
    ...plainOptions,
    precision: 'f32',
    inputs: 30,
    hidden: [70, 33],
    outputs: 4,
    dropout: 0.3,
    optimizer: adam,
  },
  {
    ...plainOptions,
    precision: 'f32',
    inputs: 17,
    hidden: [64],
    activation: 'tanh',
    dropout: 0.5,
    optimizer: adamw,
    weightDecay: 0.1,
  },
  {
    ...plainOptions,
    precision: 'f32',
    inputs: 9,
    hidden: [12, 80, 6],
    activation: 'sigmoid',
    inputDropout: 0.2,
    optimizer: nesterov,
  },
  {
    ...plainOptions,
    ...numbers,
    precision: 'f32',
    outputs: 2,
    hidden: [90],
    dropout: 0.25,
    optimizer: adam,
    weightDecay: 0.01,
    maxNorm: 1,
  },
  {
    ...plainOptions,
    inputs: 64,
    hidden: [100],
    outputs: 10,
    dropout: 0.5,
    optimizer: sgd,
    labelSmoothing: 0.1,
  },
  {
    ...plainOptions,
    hidden: [70, 33],
    dropout: [0.5, 0.2],
    inputDropout: 0.1,
    optimizer: adam,
    batchSize: Number.POSITIVE_INFINITY,
  },
  {
    ...plainOptions,
    ...squared,
    outputs: 1,
    hidden: [4],
    activation: 'sigmoid',
    bias: false,
    reduction: 'sum',
  },
  {
    ...plainOptions,
    ...binary,
    outputs: 1,
    hidden: [65],
    activation: 'tanh',
    dropout: 0.5,
    optimizer: adamw,
    maxNorm: 2,
  },
  {
    ...plainOptions,
    ...numbers,
    outputs: 1,
    hidden: [],
    inputDropout: 0.5,
    optimizer: nesterov,
    weightDecay: 0.001,
  },
];

interface Way {
  readonly skipZeros?: 'always' | 'never';
  /** Whether each network is saved and taken up by another instance in the middle. */
  readonly resumed?: boolean;
}

/** A hash of the weights and losses of ten networks after eight epochs of shuffled batches. */
export function hashOfTenNetworks({ skipZeros, resumed = false }: Way = {}): string {
  const module = compileKernel();
  const hash = createHash('sha256');
  tenNetworks.forEach((plain, index) => {
    const options: NetworkOptions = skipZeros === undefined ? plain : { ...plain, skipZeros };
    const { set } = madeUpRows(options, 45, index);
    let network = createNetworkKernel(module, options, { rows: set });
    network.start(madeUpWeights(options, 100 + index));
    for (let epoch = 1; epoch <= 8; epoch++) {
      if (resumed && epoch === 5) {
        const state = network.state();
        network = createNetworkKernel(module, options, { rows: set });
        network.restore(state);
      }
      const rates = Float64Array.from(
        { length: Math.ceil(45 / Math.min(45, options.batchSize)) },
        (_, k) => 0.02 / (k + epoch),
      );
      const plan = { order: [index, epoch, 1, 0], rate: rates, masks: [index, epoch, 2, 0] } as const;
      hash.update(
        new Uint8Array(Float64Array.of(network.trainEpoch('rows', plan, goOn) ?? Number.NaN).buffer),
      );
    }
    const measured = network.measure('rows', goOn);
    hash.update(new Uint8Array(Float64Array.of(measured?.loss ?? Number.NaN).buffer));
    hash.update(new Uint8Array(network.weights().buffer));
  });
  return hash.digest('hex').slice(0, 32);
}
