import { describe, expect, it } from 'vitest';
import { initialWeights } from '../../src/mlp/initial-weights.js';
import { layerPlaces, type NetworkShape } from '../../src/mlp/network-shape.js';

const shape: NetworkShape = {
  inputs: 200,
  hidden: [100],
  outputs: 10,
  activation: 'relu',
  output: 'softmax',
  bias: true,
};

const HE = { init: 'he', parametrization: 'standard' } as const;

/** Weights of the first layer, without biases. */
const firstLayer = (weights: Float64Array): Float64Array => weights.subarray(0, 200 * 100);

const varianceOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value * value, 0) / values.length;

describe('the first weights', () => {
  it('have variance 2 / inputs by he', () => {
    const variance = varianceOf(firstLayer(initialWeights(shape, HE, 7, 1)));
    // The variance of n normal draws has a relative standard error of sqrt(2 / n).
    expect(Math.abs(variance / (2 / 200) - 1)).toBeLessThan(4 * Math.sqrt(2 / 20_000));
  });

  it('are uniform with variance 2 / (inputs + outputs) by glorot', () => {
    const weights = firstLayer(initialWeights(shape, { init: 'glorot', parametrization: 'standard' }, 7, 1));
    expect(Math.abs(varianceOf(weights) / (2 / 300) - 1)).toBeLessThan(4 * Math.sqrt(0.8 / 20_000));
    expect(Math.max(...weights.map(Math.abs))).toBeLessThanOrEqual(Math.sqrt(6 / 300));
  });

  it('fill the range that a number gives', () => {
    const weights = firstLayer(initialWeights(shape, { init: 0.25, parametrization: 'standard' }, 7, 1));
    expect(Math.min(...weights)).toBeLessThan(-0.249);
    expect(Math.max(...weights)).toBeGreaterThan(0.249);
    expect(Math.max(...weights.map(Math.abs))).toBeLessThanOrEqual(0.25);
  });

  it('have biases of 0', () => {
    const weights = initialWeights(shape, HE, 7, 1);
    for (const { biases, end } of layerPlaces(shape)) {
      expect(new Set(weights.subarray(biases ?? end, end))).toEqual(new Set([0]));
    }
  });

  it('depend on seed and repeat, and on nothing else', () => {
    const one = initialWeights(shape, HE, 7, 1);
    expect(initialWeights(shape, HE, 7, 1)).toEqual(one);
    expect(initialWeights(shape, HE, 7, 2)).not.toEqual(one);
    expect(initialWeights(shape, HE, 8, 1)).not.toEqual(one);
  });
});
