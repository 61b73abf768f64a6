import type { Engine, EngineEpoch, EngineOptions } from '../../src/mlp/engine.js';
import { type NetworkShape, weightCount } from '../../src/mlp/network-shape.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { PlainEngine } from './oracle/plain-engine.js';
import type { Samples } from './oracle/samples.js';

/** The plain engine, training on these rows. */
export const plainEngine = (options: EngineOptions, train: Samples): Engine =>
  new PlainEngine(options, { train });

/** Options of an engine that does nothing special, but for those given. */
export function engineOptions(
  shape: Partial<NetworkShape> = {},
  options: Partial<Omit<EngineOptions, 'shape'>> = {},
): EngineOptions {
  return {
    shape: {
      inputs: 3,
      hidden: [4],
      outputs: 3,
      activation: 'tanh',
      output: 'softmax',
      bias: true,
      ...shape,
    },
    precision: 'f64',
    batchSize: 5,
    optimizer: { kind: 'sgd', momentum: 0, nesterov: false },
    rateFactors: undefined,
    weightDecay: 0,
    maxNorm: 0,
    dropout: 0,
    inputDropout: 0,
    reduction: 'mean',
    labelSmoothing: 0,
    classWeights: null,
    ...options,
  };
}

/** Random rows that go with the shape. */
export function randomSamples(shape: NetworkShape, rows: number): Samples {
  const stream = keyedStream('samples', rows, shape.inputs, shape.outputs);
  const classes = Math.max(2, shape.outputs);
  return {
    rows,
    inputs: Float64Array.from({ length: rows * shape.inputs }, () => stream.normal()),
    targets: Float64Array.from({ length: rows }, () =>
      shape.output === 'identity' ? stream.normal() : stream.below(classes),
    ),
  };
}

/** Random weights and biases, uniform in [-1, 1). */
export function randomWeights(shape: NetworkShape, ...key: (string | number)[]): Float64Array {
  const stream = keyedStream('weights', ...key);
  return Float64Array.from({ length: weightCount(shape) }, () => 2 * stream.uniform() - 1);
}

/** An epoch over the rows in their own order, at one rate. */
export function plainPlan(rows: number, batchSize: number, rate: number, epoch = 1): EngineEpoch {
  return {
    order: Uint32Array.from({ length: rows }, (_, row) => row),
    rates: new Float64Array(Math.ceil(rows / batchSize)).fill(rate),
    masks: [1, 2, 3, epoch],
  };
}

/** Never stops. */
export const never = (): boolean => false;
