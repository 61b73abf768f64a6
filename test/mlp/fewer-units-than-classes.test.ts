import { expect, it } from 'vitest';
import { dataSetOf } from './data-set-of.js';
import { networkOf, runTrial } from './trial-runs.js';

it('a network with fewer units than classes is evaluated at the finish', async () => {
  const rows = Array.from({ length: 60 }, (_, row) => row);
  const dataset = dataSetOf(
    rows.map((row) => [row % 5, (row * 7) % 11]),
    rows.map((row) => row % 5),
    { classes: 5 },
  );
  const parameters = { hidden: 2, epochs: 3 };
  const finish = { on: 'training', checkpoint: 'last' } as const;
  const network = networkOf(await runTrial(dataset, parameters, { epochs: 3, finish }));
  expect(network.evaluation?.redundancy).toBeGreaterThanOrEqual(0);
  expect(network.evaluation?.test?.accuracy).toBeDefined();
});
