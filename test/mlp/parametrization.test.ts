import { describe, expect, it } from 'vitest';
import type { Optimizer } from '../../src/kernel/network-options.js';
import { compiledKernel } from '../../src/mlp/compiled-kernel.js';
import { initialWeights } from '../../src/mlp/initial-weights.js';
import { kernelEngines } from '../../src/mlp/kernel-engine.js';
import { layerPlaces, type NetworkShape } from '../../src/mlp/network-shape.js';
import { type Parametrization, rateFactors } from '../../src/mlp/parametrization.js';
import { trialDataOf } from '../../src/mlp/trial-data.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { dataSetOf } from './data-set-of.js';
import { engineOptions, never } from './engines.js';

const INPUTS = 8;
const CLASSES = 3;
const ROWS = 24;
const UPDATES = 4;

const createEngine = kernelEngines(compiledKernel());
const stream = keyedStream('coordinate check');
const rows = Array.from({ length: ROWS }, () => Array.from({ length: INPUTS }, () => stream.normal()));
const classes = rows.map(() => stream.below(CLASSES));

const shapeOf = (hidden: readonly number[]): NetworkShape => ({
  inputs: INPUTS,
  hidden,
  outputs: CLASSES,
  activation: 'relu',
  output: 'softmax',
  bias: true,
});

/** What the units of each layer sum up on the rows, before their activation. */
function sumsOf(shape: NetworkShape, weights: Float64Array): number[][] {
  let values = rows;
  return layerPlaces(shape).map((place) => {
    const sums = values.map((row) => {
      const into = Array.from({ length: place.outputs }, (_, j) => weights[(place.biases ?? 0) + j] ?? 0);
      row.forEach((value, i) => {
        if (value === 0) return;
        const from = place.weights + i * place.outputs;
        for (let j = 0; j < place.outputs; j++) into[j] = (into[j] ?? 0) + value * (weights[from + j] ?? 0);
      });
      return into;
    });
    values = sums.map((row) => row.map((sum) => Math.max(0, sum)));
    return sums.flat();
  });
}

/** Weights before and after some updates with all rows. */
function trained(
  hidden: readonly number[],
  parametrization: Parametrization,
  optimizer: Optimizer,
  rate: number,
): { readonly before: Float64Array; readonly after: Float64Array; readonly shape: NetworkShape } {
  const shape = shapeOf(hidden);
  const { training } = trialDataOf(dataSetOf(rows, classes, { classes: CLASSES }))({
    seed: 1,
    repeat: 1,
    onAll: true,
  });
  const factors = rateFactors(parametrization, layerPlaces(shape), optimizer.kind);
  const options = engineOptions(shape, {
    optimizer,
    batchSize: ROWS,
    precision: 'f64',
    rateFactors: factors,
  });
  const engine = createEngine(options, { train: training });
  const before = initialWeights(shape, { init: 'he', parametrization }, 1, 1);
  engine.start(before);
  for (let update = 0; update < UPDATES; update++) {
    engine.trainEpoch({ order: null, rates: Float64Array.of(rate), masks: [0, 0, 0, update] }, never);
  }
  const after = engine.weights();
  engine.release();
  return { before, after, shape };
}

/** The root mean square by which training changes what each layer sums up. */
function changes(
  width: number,
  parametrization: Parametrization,
  optimizer: Optimizer,
  rate: number,
): number[] {
  const { before, after, shape } = trained([width, width], parametrization, optimizer, rate);
  const old = sumsOf(shape, before);
  return sumsOf(shape, after).map((sums, layer) => {
    const squares = sums.map((sum, k) => (sum - (old[layer]?.[k] ?? 0)) ** 2);
    return Math.sqrt(squares.reduce((total, one) => total + one, 0) / squares.length);
  });
}

const optimizers: readonly (readonly [name: string, optimizer: Optimizer, rate: number])[] = [
  ['sgd', { kind: 'sgd', momentum: 0.9, nesterov: false }, 0.05],
  ['adam', { kind: 'adam' }, 0.003],
  ['adamw', { kind: 'adamw' }, 0.003],
];

describe.each(optimizers)('training with %s', (_, optimizer, rate) => {
  it('changes what units sum up by the same amount at any width with mup', { timeout: 60_000 }, () => {
    const [narrow, middle, wide] = [32, 256, 1024].map((width) => changes(width, 'mup', optimizer, rate));
    narrow?.forEach((change, layer) => {
      for (const wider of [middle, wide]) {
        const growth = (wider?.[layer] ?? Number.NaN) / change;
        expect(growth, `layer ${layer + 1}`).toBeGreaterThan(0.5);
        expect(growth, `layer ${layer + 1}`).toBeLessThan(2);
      }
    });
  });

  it('changes the outputs more at a larger width with the standard parametrization', {
    timeout: 60_000,
  }, () => {
    const [narrow, wide] = [32, 1024].map((width) => changes(width, 'standard', optimizer, rate).at(-1));
    expect((wide ?? 0) / (narrow ?? 1)).toBeGreaterThan(4);
  });

  it('is the same, bit for bit, in both parametrizations at 64 units', () => {
    const weights = (parametrization: Parametrization): Float64Array =>
      trained([64, 64], parametrization, optimizer, rate).after;
    expect(weights('mup')).toEqual(weights('standard'));
    expect(weights('mup')).not.toEqual(trained([64, 64], 'mup', optimizer, 2 * rate).after);
  });
});

it('makes the first weights of the outputs as small with any distribution', () => {
  for (const init of ['he', 'glorot', 0.5] as const) {
    const deviation = (width: number): number => {
      const shape = shapeOf([width]);
      const place = layerPlaces(shape).at(-1);
      const weights = initialWeights(shape, { init, parametrization: 'mup' }, 3, 1);
      const own = weights.subarray(place?.weights, place?.biases ?? 0);
      return Math.sqrt(own.reduce((sum, weight) => sum + weight * weight, 0) / own.length);
    };
    expect(deviation(1024) / deviation(64)).toBeGreaterThan(0.9 / 16);
    expect(deviation(1024) / deviation(64)).toBeLessThan(1.1 / 16);
  }
});
