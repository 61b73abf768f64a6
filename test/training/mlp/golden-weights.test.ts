import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Parameters } from '../../../src/campaign/parameters.js';
import { readNetwork } from '../../../src/training/mlp/network-file.js';
import { exclusiveOr, products, rings } from './data-set-of.js';
import { networkOf, runTrial } from './trial-runs.js';

/**
 * What training makes of a few networks, to the last bit. These are constants: they hold on every machine and
 * version of Node, and change only with what a trial is, which then needs a new version of the engine.
 */
const golden: readonly [string, ReturnType<typeof rings>, Parameters, string][] = [
  ['relu, adam, dropout', rings(90, 3), { hidden: 16, dropout: 0.5, input_dropout: 0.1 }, 'b61e0766e58a629a'],
  [
    'tanh, sgd, two layers',
    rings(90, 3),
    { hidden: [9, 7], activation: 'tanh', optimizer: 'sgd', init: 'glorot' },
    '2644cf743c64c02f',
  ],
  [
    'sigmoid, Nesterov, cosine',
    rings(90, 2),
    { activation: 'sigmoid', optimizer: 'sgd', nesterov: true, lr_schedule: 'cosine', init: 0.5 },
    '3637a85707e72717',
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
    '448f6d897d56056d',
  ],
  ['numbers', products(90), { hidden: 12, lr_schedule: 'step', loss_reduction: 'sum' }, 'ccbb2564c4c2b3ba'],
  [
    'exclusive or',
    exclusiveOr(),
    { hidden: 4, bias: false, loss: 'squared_error', batch_size: 'full', activation: 'sigmoid' },
    'f55c40d1a55a2bfa',
  ],
];

describe('the weights after ten epochs', () => {
  it.each(golden)('are always the same: %s', async (_, dataset, parameters, hash) => {
    const run = await runTrial(
      dataset,
      { ...parameters, epochs: 10 },
      {
        epochs: 10,
        finish: { on: 'training', checkpoint: 'last' },
      },
    );
    const { weights } = readNetwork(networkOf(run).bytes);
    expect(createHash('sha256').update(weights).digest('hex').slice(0, 16)).toBe(hash);
  });
});
