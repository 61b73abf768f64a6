import { describe, expect, it } from 'vitest';
import type { EngineOptions } from '../../../src/mlp/engine.js';
import { layerPlaces, type NetworkShape } from '../../../src/mlp/network-shape.js';
import { engineOptions, never, plainEngine, plainPlan, randomSamples, randomWeights } from '../engines.js';

const ROWS = 7;

/**
 * The largest distance between the gradient that an update follows and the central difference of the
 * objective, over all weights. One update of plain descent at rate 1 moves each weight by its gradient.
 */
function gradientError(
  shape: Partial<NetworkShape>,
  changes: Partial<Omit<EngineOptions, 'shape'>> = {},
): number {
  const options = engineOptions(shape, { batchSize: ROWS, ...changes });
  const samples = randomSamples(options.shape, ROWS);
  const engine = plainEngine(options, samples);
  const weights = randomWeights(options.shape, 'gradient');
  const decayed = decayedPlaces(options.shape);
  const objective = (at: Float64Array): number => {
    engine.start(at);
    const mean = engine.trainEpoch(plainPlan(ROWS, ROWS, 0), never) ?? Number.NaN;
    const penalty = at.reduce((sum, w, k) => (decayed.has(k) ? sum + (w * w) / 2 : sum), 0);
    return mean * (options.reduction === 'sum' ? ROWS : 1) + options.weightDecay * penalty;
  };
  engine.start(weights);
  engine.trainEpoch(plainPlan(ROWS, ROWS, 1), never);
  const after = engine.weights();

  const step = 1e-5;
  let worst = 0;
  weights.forEach((weight, k) => {
    const [up, down] = [weights.slice(), weights.slice()];
    up[k] = weight + step;
    down[k] = weight - step;
    const difference = (objective(up) - objective(down)) / (2 * step);
    worst = Math.max(worst, Math.abs(weight - (after[k] ?? Number.NaN) - difference));
  });
  return worst;
}

/** Weights decay, biases do not. */
function decayedPlaces(shape: NetworkShape): Set<number> {
  return new Set(
    layerPlaces(shape).flatMap((place) =>
      Array.from({ length: place.inputs * place.outputs }, (_, k) => place.weights + k),
    ),
  );
}

const activations = ['relu', 'tanh', 'sigmoid'] as const;
const ends = [
  { output: 'softmax', outputs: 3 },
  { output: 'softmax', outputs: 2 },
  { output: 'sigmoid', outputs: 1 },
  { output: 'sigmoid', outputs: 4 },
  { output: 'identity', outputs: 1 },
] as const;
const cases = activations.flatMap((activation) => ends.map((end) => ({ activation, ...end })));

describe.each(cases)('the gradient of $activation units under $outputs $output outputs', (shape) => {
  it.each([[[4]], [[5, 3]], [[3, 4, 2]]])('is that of finite differences with hidden layers %j', (hidden) => {
    expect(gradientError({ ...shape, hidden })).toBeLessThan(1e-8);
  });

  it('is that of finite differences without biases', () => {
    expect(gradientError({ ...shape, hidden: [4, 3], bias: false })).toBeLessThan(1e-8);
  });

  it('is the true one under dropout of hidden units and inputs', () => {
    expect(gradientError({ ...shape, hidden: [6, 5] }, { dropout: 0.5, inputDropout: 0.2 })).toBeLessThan(
      1e-8,
    );
  });

  it('is that of the sum where losses are summed', () => {
    expect(gradientError(shape, { reduction: 'sum' })).toBeLessThan(1e-7);
  });

  it('has the pull of weight decay in it, for weights and not for biases', () => {
    expect(gradientError(shape, { weightDecay: 0.3 })).toBeLessThan(1e-8);
  });
});

describe.each(cases.filter(({ output }) => output !== 'identity'))(
  'the gradient of $activation units under $outputs $output outputs of classes',
  (shape) => {
    it('follows smoothed labels and weights of classes', () => {
      const classWeights = Float64Array.from({ length: Math.max(2, shape.outputs) }, (_, k) => 0.5 + k);
      expect(gradientError(shape, { labelSmoothing: 0.2, classWeights })).toBeLessThan(1e-8);
    });
  },
);
