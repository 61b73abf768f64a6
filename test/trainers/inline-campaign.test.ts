import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { prepareCampaign } from '../../src/app/prepare-campaign.js';
import { runPrepared } from '../../src/app/run-config.js';
import type { Parameters } from '../../src/campaign/parameters.js';
import { builtInKinds } from '../../src/config/config-kinds.js';
import { createInlineKind } from '../../src/trainers/inline/inline-kind.js';
import type { TrainFunction } from '../../src/trainers/train-function.js';
import { emptyFolder, writeCampaign } from '../support/command-line.js';

const config = `
name: inline
trainer: {inline: {}}
parameters: {x: {values: [1, 2, 3]}, epochs: 2}
metric: {name: val_loss}
method: grid
`;

const train: TrainFunction<Parameters> = async function* ({ x }, { epochs }) {
  for (let epoch = 1; epoch <= epochs; epoch++) yield { val_loss: Number(x) / epoch };
};

const run = async (path: string, folder: string, workers: number, version = 1) => {
  const kinds = {
    ...builtInKinds,
    trainers: [...builtInKinds.trainers, createInlineKind(train, { version })],
  };
  const out = join(folder, `out-${workers}`);
  return runPrepared(await prepareCampaign(path, undefined, kinds), { out, workers });
};

it('runs a campaign on a function of the program, with the same bytes for any number of workers', async () => {
  await using folder = await emptyFolder();
  const path = join(folder.path, await writeCampaign(folder.path, config));

  const { campaign } = await run(path, folder.path, 1);
  await run(path, folder.path, 3);

  const chosen = campaign.conclusion?.chosen ?? null;
  expect(chosen && campaign.trials.get(chosen)?.spec.parameters).toMatchObject({ x: 1 });
  const bytes = (workers: number) => readFile(join(folder.path, `out-${workers}`, 'trials.csv'), 'utf8');
  expect(await bytes(3)).toBe(await bytes(1));
});

it('does not go on with a function of another version', async () => {
  await using folder = await emptyFolder();
  const path = join(folder.path, await writeCampaign(folder.path, config));
  await run(path, folder.path, 1);

  await expect(run(path, folder.path, 1, 2)).rejects.toMatchObject({ code: 'CONFIG_CHANGED' });
});
