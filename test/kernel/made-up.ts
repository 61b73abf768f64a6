import type { NetworkOptions } from '../../src/kernel/network-options.js';
import type { RowSet } from '../../src/kernel/row-set.js';
import type { OracleRows } from './oracle.js';

/** Numbers in [0, 1) that are the same in every run (the linear congruence of Numerical Recipes). */
export function madeUpNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}

/** Weights uniform with variance 1 / inputs of the layer, biases likewise. */
export function madeUpWeights(options: NetworkOptions, seed: number): Float64Array {
  const random = madeUpNumbers(seed);
  const sizes = [options.inputs, ...options.hidden, options.outputs];
  const weights: number[] = [];
  for (let l = 1; l < sizes.length; l++) {
    const inputs = sizes[l - 1] ?? 0;
    const limit = Math.sqrt(3 / inputs);
    const count = (inputs + (options.bias ? 1 : 0)) * (sizes[l] ?? 0);
    // Single precision, so that both precisions start from the very same numbers.
    for (let k = 0; k < count; k++) weights.push(Math.fround((2 * random() - 1) * limit));
  }
  return Float64Array.from(weights);
}

/** Rows for a network, as it takes them and as the oracle does. Classes, but numbers for `identity`. */
export function madeUpRows(
  options: NetworkOptions,
  rows: number,
  seed: number,
  weighted = false,
): { set: RowSet; oracle: OracleRows } {
  const random = madeUpNumbers(seed);
  const { inputs, outputs } = options;
  const table = Float64Array.from({ length: rows * inputs }, () => Math.fround(3 * random() - 1.5));
  const numeric = options.output === 'identity';
  const classes = Math.max(2, outputs);
  const values = Float64Array.from({ length: rows * (numeric ? outputs : 1) }, () =>
    numeric ? Math.fround(2 * random() - 1) : Math.floor(random() * classes),
  );
  const weights = weighted ? Float64Array.from({ length: rows }, () => Math.fround(0.5 + random())) : null;
  const rowNumbers = Array.from({ length: rows }, (_, row) => row);
  return {
    set: {
      table,
      rows: null,
      preparation: null,
      targets: numeric ? { kind: 'numbers', values, mean: 0, scale: 1 } : { kind: 'class', values },
      weights,
    },
    oracle: {
      inputs: rowNumbers.map((row) => Array.from(table.subarray(row * inputs, (row + 1) * inputs))),
      targets: rowNumbers.map((row) => {
        if (numeric) return Array.from(values.subarray(row * outputs, (row + 1) * outputs));
        const own = values[row] ?? 0;
        return outputs === 1 ? [own] : Array.from({ length: outputs }, (_, k) => (k === own ? 1 : 0));
      }),
      weights: rowNumbers.map((row) => weights?.[row] ?? 1),
    },
  };
}

/** Options of a plain network, to be spread and changed. */
export const plainOptions = {
  precision: 'f64',
  inputs: 5,
  hidden: [7],
  outputs: 3,
  activation: 'relu',
  output: 'softmax',
  loss: 'cross_entropy',
  bias: true,
  optimizer: { kind: 'sgd', momentum: 0, nesterov: false },
  batchSize: 8,
  reduction: 'mean',
  weightDecay: 0,
  maxNorm: 0,
  dropout: 0,
  inputDropout: 0,
  labelSmoothing: 0,
} satisfies NetworkOptions;

/** Never stops. */
export const goOn = (): boolean => false;
