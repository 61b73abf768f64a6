import { describe, expect, it } from 'vitest';
import type { NetworkHealth } from '../../src/campaign/outcome.js';
import type { Parameters } from '../../src/campaign/parameters.js';
import type { Dataset } from '../../src/data/dataset.js';
import { evaluationSchema } from '../../src/journal/forms/outcome-forms.js';
import { dataSetOf, rings } from './data-set-of.js';
import { networkOf, runTrial } from './trial-runs.js';

/** What is measured inside the network that a trial of the finish hands over. */
async function healthOf(
  dataset: Dataset,
  parameters: Parameters,
  epochs = 3,
): Promise<NetworkHealth | undefined> {
  const run = await runTrial(dataset, parameters, { epochs, finish: { on: 'training', checkpoint: 'last' } });
  const { evaluation } = networkOf(run);
  // The journal keeps all of it.
  expect(evaluationSchema.parse(JSON.parse(JSON.stringify(evaluation)))).toEqual(evaluation);
  return evaluation.health;
}

describe('what is measured inside a final network', () => {
  it('of a sound network is a loss near ln K, inputs near 1, and units that do something', async () => {
    const health = await healthOf(rings(90, 3), { hidden: [16, 8], activation: 'tanh', init: 'glorot' });
    expect(health?.layers.map(({ units }) => units)).toEqual([16, 8]);
    expect(health?.layers.map(({ dead, saturated }) => dead + saturated)).toEqual([0, 0]);
    expect(Math.abs((health?.firstLoss ?? 0) - Math.log(3))).toBeLessThan(0.5);
    expect(health?.inputs.largest).toBeCloseTo(1, 1);
    for (const { units, effectiveRank } of health?.layers ?? []) {
      expect(effectiveRank).toBeGreaterThanOrEqual(1);
      expect(effectiveRank).toBeLessThanOrEqual(units);
    }
  });

  it('shows units that a learning rate far too large has killed', async () => {
    const health = await healthOf(rings(90, 3), {
      hidden: 16,
      optimizer: 'sgd',
      learning_rate: 20,
      batch_size: 8,
    });
    expect(health?.layers[0]?.dead).toBeGreaterThanOrEqual(4);
  });

  it('shows saturated units, unscaled inputs and a first loss that is far off', async () => {
    const { x, y } = rings(90, 3);
    const rows = Array.from(y, (_, row) => [1000 * (x[2 * row] ?? 0), x[2 * row + 1] ?? 0]);
    const unscaled = dataSetOf(rows, [...y], { classes: 3, standardize: false });
    const health = await healthOf(unscaled, {
      hidden: 16,
      activation: 'tanh',
      init: 10,
      learning_rate: 1e-6,
    });
    expect(health?.layers[0]?.saturated).toBeGreaterThanOrEqual(12);
    expect(health?.inputs.largest).toBeGreaterThan(500);
    expect(health?.firstLoss).toBeGreaterThan(5);
  });
});
