import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compiledKernel } from '../../src/mlp/compiled-kernel.js';
import type { EngineFactory } from '../../src/mlp/engine.js';
import { kernelEngines } from '../../src/mlp/kernel-engine.js';
import { readNetwork } from '../../src/mlp/network-file.js';
import { exclusiveOr } from './data-set-of.js';
import { networkOf, runTrial } from './trial-runs.js';

const matrices = z.object({ hidden: z.array(z.array(z.number())), output: z.array(z.array(z.number())) });

/** What the tutorial's program says, in NumPy: see fixtures/tutorial.py, which names the command. */
const tutorial = z
  .object({ weights: matrices, losses: z.record(z.string(), z.number()), ended: matrices })
  .parse(JSON.parse(readFileSync(new URL('./fixtures/tutorial.json', import.meta.url), 'utf8')));

const flat = ({ hidden, output }: z.output<typeof matrices>): Float64Array =>
  Float64Array.from([...hidden.flat(), ...output.flat()]);

const startingAsTheTutorial: EngineFactory = (options, parts) => {
  const engine = kernelEngines(compiledKernel())(options, parts);
  const start = engine.start.bind(engine);
  engine.start = () => start(flat(tutorial.weights));
  return engine;
};

const parameters = {
  hidden: 4,
  activation: 'sigmoid',
  bias: false,
  init: 1,
  loss: 'squared_error',
  loss_reduction: 'sum',
  optimizer: 'sgd',
  momentum: 0,
  learning_rate: 0.5,
  batch_size: 'full',
  precision: 'f64',
};

describe('the network of the tutorial, from its own first weights and without dropout', () => {
  it('has the losses of the NumPy program all the way to 60,000 updates, to 1e-9', async () => {
    const run = await runTrial(exclusiveOr(), parameters, {
      epochs: 60_000,
      createEngine: startingAsTheTutorial,
      finish: { on: 'training', checkpoint: 'last' },
    });
    const rows = 4;
    for (const [updates, loss] of Object.entries(tutorial.losses)) {
      if (updates === '0') continue;
      const report = run.reports[Number(updates) - 1];
      expect(report?.epoch).toBe(Number(updates));
      expect(Math.abs((report?.metrics.train_loss ?? Number.NaN) * rows - loss)).toBeLessThan(1e-9);
    }
    const { weights } = readNetwork(networkOf(run).bytes);
    flat(tutorial.ended).forEach((weight, k) => {
      expect(weights[k]).toBeCloseTo(weight, 8);
    });
  });

  it('starts with the loss of the NumPy program', async () => {
    const run = await runTrial(
      exclusiveOr(),
      { ...parameters, learning_rate: 1e-300 },
      { epochs: 1, createEngine: startingAsTheTutorial },
    );
    expect((run.reports[0]?.metrics.train_loss ?? Number.NaN) * 4).toBeCloseTo(
      tutorial.losses['0'] ?? Number.NaN,
      14,
    );
  });
});
