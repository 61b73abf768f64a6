import { createNetworkKernel } from '../create-network-kernel.js';
import type { Kernel, NativeAddon } from '../kernel.js';
import type { NetworkOptions, Optimizer } from '../network-options.js';
import type { RowSet } from '../row-set.js';

const ROWS = 41;
const INPUTS = 21;
const CLASSES = 3;

/** Sizes and options that reach each product of the addon: over all units, over lists by rows and by columns. */
const networks: readonly Pick<
  NetworkOptions,
  'hidden' | 'optimizer' | 'dropout' | 'skipZeros' | 'rateFactors'
>[] = [
  {
    hidden: [37],
    optimizer: { kind: 'adam' },
    dropout: 0,
    skipZeros: 'never',
    rateFactors: [
      { weights: 1, biases: 1 },
      { weights: 0.7, biases: 1.3 },
    ],
  },
  { hidden: [70, 19], optimizer: sgd(false), dropout: 0.5, skipZeros: 'always' },
];

function sgd(nesterov: boolean): Optimizer {
  return { kind: 'sgd', momentum: 0.9, nesterov };
}

/** Whether the addon trains small networks to the bits that WebAssembly gives. Takes a few milliseconds. */
export function isProven(module: WebAssembly.Module, addon: NativeAddon): boolean {
  const everywhere = { ...addon, minOperations: 0 };
  return (['f32', 'f64'] as const).every((precision) =>
    networks.every((some) => {
      const options = optionsFor({ ...some, precision });
      const expected = train({ module, addon: null }, options);
      const found = train({ module, addon: everywhere }, options);
      return Buffer.from(expected.buffer).equals(Buffer.from(found.buffer));
    }),
  );
}

function optionsFor(some: (typeof networks)[number] & Pick<NetworkOptions, 'precision'>): NetworkOptions {
  return {
    ...some,
    inputs: INPUTS,
    outputs: CLASSES,
    activation: 'relu',
    output: 'softmax',
    loss: 'cross_entropy',
    bias: true,
    // More rows than the addon lists together.
    batchSize: 37,
    reduction: 'mean',
    weightDecay: 0.001,
    maxNorm: 0,
    inputDropout: 0,
    labelSmoothing: 0,
  };
}

/** The state after two epochs: weights and the optimizer's memory. */
function train(kernel: Kernel, options: NetworkOptions): Float64Array {
  const rows = madeUpRows();
  const network = createNetworkKernel(kernel, options, { rows });
  const weights = (layers: readonly number[]): number =>
    layers.slice(1).reduce((sum, outputs, l) => sum + ((layers[l] ?? 0) + 1) * outputs, 0);
  const random = numbersFrom(2);
  const count = weights([INPUTS, ...options.hidden, CLASSES]);
  network.start(Float64Array.from({ length: count }, () => random() - 0.5));
  for (let epoch = 1; epoch <= 2; epoch++)
    network.trainEpoch('rows', { order: [1, epoch, 0, 0], rate: 0.05, masks: [2, epoch, 0, 0] }, () => false);
  const measured = network.measure('rows', () => false);
  return Float64Array.of(...network.state(), measured?.loss ?? Number.NaN);
}

function madeUpRows(): RowSet {
  const random = numbersFrom(1);
  return {
    table: Float64Array.from({ length: ROWS * INPUTS }, () => (random() < 0.3 ? 0 : 2 * random() - 1)),
    rows: null,
    preparation: null,
    targets: { kind: 'class', values: Array.from({ length: ROWS }, (_, row) => row % CLASSES) },
    weights: null,
  };
}

/** Numbers in [0, 1) that are the same in every run. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
