import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Parameters } from '../../src/campaign/parameters.js';
import { readNetwork } from '../../src/mlp/network-file.js';
import { exclusiveOr, products, rings } from './data-set-of.js';
import { networkOf, runTrial } from './trial-runs.js';

/**
 * What training makes of a few networks, to the last bit, in single and in double precision. These are constants:
 * they hold on every machine and version of Node, and change only with what a trial is or with the kernel's
 * arithmetic, which then needs a new version.
 */
const golden: readonly [string, ReturnType<typeof rings>, Parameters, { f32: string; f64: string }][] = [
  [
    'relu, adam, dropout',
    rings(90, 3),
    { hidden: 16, dropout: 0.5, input_dropout: 0.1 },
    { f32: '96c248491c8ca08f', f64: '453b9b0f467150a5' },
  ],
  [
    'wide enough to skip zeros, batches that do not divide',
    rings(90, 3),
    { hidden: [96, 70], dropout: 0.6, batch_size: 17 },
    { f32: 'ee4a1d206bc8ec8a', f64: '45da6a0e61ca8e86' },
  ],
  [
    'tanh, sgd, two layers',
    rings(90, 3),
    { hidden: [9, 7], activation: 'tanh', optimizer: 'sgd', init: 'glorot' },
    { f32: 'f2df435bb71b1a7c', f64: '4def276c1c2d502f' },
  ],
  [
    'sigmoid, Nesterov, cosine',
    rings(90, 2),
    { activation: 'sigmoid', optimizer: 'sgd', nesterov: true, lr_schedule: 'cosine', init: 0.5 },
    { f32: 'f29db89522e337ae', f64: '220f8edbef7328e0' },
  ],
  [
    'adamw, decay, bound',
    rings(90, 3),
    {
      optimizer: 'adamw',
      weight_decay: 0.1,
      max_norm: 1,
      lr_schedule: 'one_cycle',
      class_weights: 'balanced',
      label_smoothing: 0.1,
    },
    { f32: 'e5a34026b3481466', f64: '6768132071815260' },
  ],
  [
    'numbers',
    products(90),
    { hidden: 12, lr_schedule: 'step', loss_reduction: 'sum' },
    { f32: 'a1179998ddba336a', f64: '412013aac5fcf934' },
  ],
  [
    'exclusive or',
    exclusiveOr(),
    { hidden: 4, bias: false, loss: 'squared_error', batch_size: 'full', activation: 'sigmoid' },
    { f32: '224df8244b473ea4', f64: '92eab5957aa7dd6c' },
  ],
];

describe.each(['f32', 'f64'] as const)('the weights after ten epochs in %s', (precision) => {
  it.each(golden)('are always the same: %s', async (_, dataset, parameters, hashes) => {
    const run = await runTrial(
      dataset,
      { ...parameters, precision, epochs: 10 },
      { epochs: 10, finish: { on: 'training', checkpoint: 'last' } },
    );
    const { weights } = readNetwork(networkOf(run).bytes);
    expect(createHash('sha256').update(weights).digest('hex').slice(0, 16)).toBe(hashes[precision]);
  });
});
