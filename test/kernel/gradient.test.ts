import { expect, it } from 'vitest';
import { createNetworkKernel } from '../../src/kernel/create-network-kernel.js';
import { compileKernel } from '../../src/kernel/kernel-module.js';
import type { NetworkOptions, OutputLoss } from '../../src/kernel/network-options.js';
import { goOn, madeUpRows, madeUpWeights, plainOptions } from './made-up.js';

const kernel = compileKernel();
const rows = 6;

const endings: [string, OutputLoss][] = [
  ['softmax and cross-entropy', { output: 'softmax', loss: 'cross_entropy' }],
  ['sigmoids and cross-entropy', { output: 'sigmoid', loss: 'cross_entropy' }],
  ['sigmoids and squared error', { output: 'sigmoid', loss: 'squared_error' }],
  ['numbers and squared error', { output: 'identity', loss: 'squared_error' }],
];

/**
 * One step of size 1 without momentum takes the gradient off the weights; the objective that training returns
 * is that of the weights before the step. Both see the same masks.
 */
function gradientAndSlopes(options: NetworkOptions): { gradient: number[]; slopes: number[] } {
  const { set } = madeUpRows(options, rows, 11, true);
  const network = createNetworkKernel(kernel, options, { rows: set });
  const weights = madeUpWeights(options, 12);
  const objective = (at: Float64Array): number => {
    network.start(at);
    return network.trainEpoch('rows', { order: null, rate: 1, masks: [1, 2, 3, 4] }, goOn) ?? Number.NaN;
  };
  objective(weights);
  const after = network.weights();
  const step = 1e-6;
  const slopes = Array.from(weights, (_, k) => {
    const higher = weights.slice();
    const lower = weights.slice();
    higher[k] = (weights[k] ?? 0) + step;
    lower[k] = (weights[k] ?? 0) - step;
    return (objective(higher) - objective(lower)) / (2 * step);
  });
  return { gradient: Array.from(weights, (w, k) => w - (after[k] ?? 0)), slopes };
}

for (const [name, ending] of endings) {
  it.each(['sigmoid', 'tanh', 'relu'] as const)(
    `follows the slope of the objective: ${name}, %s units, dropped`,
    (activation) => {
      const { gradient, slopes } = gradientAndSlopes({
        ...plainOptions,
        ...ending,
        activation,
        hidden: [7, 6],
        batchSize: rows,
        dropout: [0.5, 0.25],
        inputDropout: 0.2,
        labelSmoothing: ending.output === 'identity' ? 0 : 0.1,
      });
      const most = Math.max(...slopes.map(Math.abs));
      gradient.forEach((value, k) => {
        expect(Math.abs(value - (slopes[k] ?? Number.NaN))).toBeLessThan(1e-7 * most + 1e-9);
      });
    },
  );
}
