import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sobol } from '../../src/library/methods.js';
import { open } from '../../src/library/study.js';
import { tune } from '../../src/library/tune.js';
import { temporaryFolder } from '../journal/temporary-folder.js';

const config = {
  name: 'asked',
  parameters: { x: { min: 0, max: 8.5 }, epochs: 3 },
  metric: { name: 'val_loss' },
  method: sobol({ trials: 6 }),
} as const;

const lossOf = (x: number, epoch: number): number => (x - 3) ** 2 + 1 / epoch;

test('a study asks for the trials of a method and is told what came of them', async () => {
  const folder = join(temporaryFolder(), 'out');
  const study = await open({ ...config, folder });
  for (let trial = await study.ask(); trial !== null; trial = await study.ask()) {
    for (let epoch = 1; await trial.report({ val_loss: lossOf(Number(trial.parameters.x), epoch) }); epoch++);
    await study.tell(trial);
  }
  const { chosen, ended, summary } = await study.result;
  expect(ended).toBe('concluded');
  expect(await study.ask()).toBeNull();

  const whole = await tune({
    ...config,
    folder: join(temporaryFolder(), 'out'),
    trainer: {
      version: 1,
      async *train({ x }, { epochs }) {
        for (let epoch = 1; epoch <= epochs; epoch++) yield { val_loss: lossOf(Number(x), epoch) };
      },
    },
  }).result;
  expect(summary).toEqual(whole.summary);
  expect(chosen).toEqual(whole.chosen);
});

test('several trials may be open, and tell journals the last metrics', async () => {
  const study = await open({ ...config, folder: join(temporaryFolder(), 'out') });
  const open3 = await Promise.all([study.ask(), study.ask(), study.ask()]);
  const xs = open3.map((trial) => trial?.parameters.x);
  expect(new Set(xs).size).toBe(3);
  for (const trial of open3.toReversed()) {
    if (trial === null) throw new Error('a trial is expected');
    await study.tell(trial, { val_loss: 1, epoch: 3 });
    const record = study.campaign.trials.find(({ spec }) => spec.parameters.x === trial.parameters.x);
    expect(record).toMatchObject({ state: 'finished', reports: [{ epoch: 3, metrics: { val_loss: 1 } }] });
  }
  expect((await study.close()).ended).toBe('interrupted');
  expect(await study.ask()).toBeNull();
});

test('a study that was closed goes on where it was', async () => {
  const folder = join(temporaryFolder(), 'out');
  const first = await open({ ...config, folder });
  const one = await first.ask();
  const two = await first.ask();
  if (one === null || two === null) throw new Error('two trials are expected');
  await first.tell(one, { val_loss: lossOf(one.parameters.x, 3), epoch: 3 });
  await first.close();
  expect(await two.report({ val_loss: 1 })).toBe(false);

  const again = await open({ ...config, folder });
  const next = await again.ask();
  expect(next?.parameters).toEqual(two.parameters);
  expect(again.campaign.trials.filter(({ state }) => state === 'finished')).toHaveLength(1);
  await again.close();
  expect(await readFile(join(folder, 'journal.jsonl'), 'utf8')).toContain('campaign-resumed');
});

test('a trial that is told an error has failed', async () => {
  const study = await open({ ...config, retries: 0, folder: join(temporaryFolder(), 'out') });
  const trial = await study.ask();
  if (trial === null) throw new Error('a trial is expected');
  await study.tell(trial, new Error('no gradient'));
  expect(study.campaign.trials[0]).toMatchObject({
    state: 'failed',
    message: expect.stringContaining('no gradient'),
  });
  await study.tell(trial);
  await study.close();
});

test('what is wrong with a config is said when the study is opened', async () => {
  await expect(open({ ...config, seed: -1, folder: temporaryFolder() })).rejects.toThrow('seed');
  const study = await open({ ...config, folder: join(temporaryFolder(), 'out') });
  const other = await open({ ...config, folder: join(temporaryFolder(), 'out') });
  const trial = await other.ask();
  if (trial === null) throw new Error('a trial is expected');
  await expect(study.tell(trial)).rejects.toThrow('tell got a trial that ask of this study did not give');
  await Promise.all([study.close(), other.close()]);
});
