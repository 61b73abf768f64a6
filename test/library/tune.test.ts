import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TuneEvent } from '../../src/index.js';
import { temporaryFolder } from '../journal/temporary-folder.js';
import { built } from './built-library.js';

const { defineConfig, fitFirst, forecast, grid, loadModel, random, tune, validate } = built;

/** A campaign on generated data with every stage, seconds at most. */
const spirals = defineConfig({
  name: 'spirals',
  data: { generate: 'spirals', rows: 120, classes: 2, noise: 0.05 },
  parameters: {
    hidden: { values: [4, 16] },
    dropout: { values: [0, 0.3] },
    learning_rate: 0.05,
    epochs: 20,
    batch_size: 16,
  },
  repeats: { first: 1, most: 2 },
  method: fitFirst({ grow: 'hidden', dropout: ['dropout'], fit: { reach: 0.9, repeats: 1 }, confirm: 2 }),
});

/** A trainer in a module that takes no time. */
async function writeTrainer(folder: string): Promise<string> {
  const path = join(folder, 'trainer.js');
  await writeFile(
    path,
    `export default async function* ({ x }, { epochs }) {
  for (let epoch = 1; epoch <= epochs; epoch++) yield { val_loss: (x - 2) ** 2 + 1 / epoch };
}`,
  );
  return path;
}

test('a config that is an object gives the bytes of the same config in a file', {
  timeout: 600_000,
}, async () => {
  const folder = temporaryFolder();
  const yaml = `
name: spirals
data: {generate: spirals, rows: 120, classes: 2, noise: 0.05}
parameters:
  hidden: {values: [4, 16]}
  dropout: {values: [0, 0.3]}
  learning_rate: 0.05
  epochs: 20
  batch_size: 16
repeats: {first: 1, most: 2}
method: fit_first
fit_first: {grow: hidden, dropout: [dropout], fit: {reach: 0.9, repeats: 1}, confirm: 2}
`;
  await writeFile(join(folder, 'spirals.yaml'), yaml);
  const ofFile = await tune(join(folder, 'spirals.yaml'), { folder: join(folder, 'file') }).result;
  const ofObject = await tune({ ...spirals, folder: join(folder, 'object') }).result;
  expect(ofObject.ended).toBe('concluded');
  expect(ofObject.summary).toEqual(ofFile.summary);
  expect(ofObject.chosen).toEqual(ofFile.chosen);
  for (const name of ['trials.csv', 'epochs.csv', 'summary.json', 'model.json']) {
    const texts = await Promise.all(
      ['file', 'object'].map((out) => readFile(join(folder, out, name), 'utf8')),
    );
    expect(texts[1], name).toBe(texts[0]);
  }

  const again = await tune(join(folder, 'object', 'config.yaml'), { folder: join(folder, 'object') }).result;
  expect(again.summary, 'config.yaml of the results goes on with them').toEqual(ofFile.summary);

  const model = await loadModel(join(folder, 'object'));
  expect(model.task).toBe('classification');
  expect(model.classes).toHaveLength(2);
  expect(model.columns).toEqual(['x1', 'x2']);
  const answers = await model.predict([
    { x2: 0.2, x1: 0.1 },
    { x1: -0.3, x2: 0.4, note: 'is no input' },
  ]);
  expect(answers).toHaveLength(2);
  for (const { predicted, probabilities } of answers) {
    expect(model.classes).toContain(predicted);
    expect(Object.values(probabilities ?? {}).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
  }
  const lists = [
    [0.1, 0.2],
    [-0.3, 0.4],
  ];
  expect(await model.predict(lists)).toEqual(answers);
  expect(await model.predict([])).toEqual([]);
  await expect(model.predict([[1]])).rejects.toMatchObject({ code: 'DATA_INVALID' });
  await expect(model.predict([{ x1: 1 }])).rejects.toThrow('x2');
});

test('rows in memory give the bytes of the same rows in a file', async () => {
  const folder = temporaryFolder();
  const rows = Array.from({ length: 60 }, (_, i) => ({
    size: (i * 7) % 20,
    colour: i % 3 === 0 ? 'red' : 'blue',
    kind: (i * 7) % 20 > 9 || i % 3 === 0 ? 'a' : 'b',
  }));
  const lines = rows.map(({ size, colour, kind }) => `${size},${colour},${kind}`);
  await writeFile(join(folder, 'table.csv'), ['size,colour,kind', ...lines].join('\n'));
  const campaign = {
    parameters: { hidden: { values: [2, 8] }, epochs: 15 },
    method: grid(),
    repeats: 1,
  };
  const ofFile = await tune({
    ...campaign,
    data: { path: join(folder, 'table.csv'), target: 'kind' },
    folder: join(folder, 'file'),
  }).result;
  expect(ofFile.summary.name).toBe('table');
  const inMemory = { ...campaign, name: 'table', data: { rows, target: 'kind' } };
  const ofRows = await tune({ ...inMemory, folder: join(folder, 'rows') }).result;
  expect(ofRows.summary).toEqual(ofFile.summary);
  const again = await tune({ ...inMemory, folder: join(folder, 'rows') }).result;
  expect(again.summary, 'the same rows go on').toEqual(ofFile.summary);
  const model = await loadModel(ofRows.folder);
  const [answer] = await model.predict(rows);
  expect(['a', 'b']).toContain(answer?.predicted);
  const unknown = tune({ ...inMemory, data: { rows, target: 'kin' } }).result;
  await expect(unknown).rejects.toThrow('data.target');
});

test('the events are those of the journal, for the first and the last reader', async () => {
  const folder = temporaryFolder();
  const module = await writeTrainer(folder);
  const run = tune({
    name: 'events',
    trainer: { module },
    parameters: { x: { values: [1, 2, 3] }, epochs: 2 },
    method: grid(),
    workers: 1,
    folder: join(folder, 'out'),
  });
  const first: TuneEvent[] = [];
  for await (const event of run) first.push(event);
  const { chosen, campaign } = await run.result;
  expect(chosen).toMatchObject({ x: 2 });
  expect(first.map(({ seq }) => seq)).toEqual(first.map((_, i) => i + 1));
  expect(first[0]).toMatchObject({ type: 'campaign-started', name: 'events' });
  expect(first.at(-1)).toMatchObject({ type: 'campaign-concluded', kind: 'chosen' });
  expect(campaign.trials.every(({ reports }) => Array.isArray(reports))).toBe(true);
  expect(JSON.parse(JSON.stringify(first))).toEqual(first);

  const late: TuneEvent[] = [];
  for await (const event of run) late.push(event);
  expect(late).toEqual(first);
});

test('a reader that comes in the middle gets everything once', async () => {
  const folder = temporaryFolder();
  const module = await writeTrainer(folder);
  const run = tune({
    name: 'middle',
    trainer: { module },
    parameters: { x: { min: 0.5, max: 3.5 }, epochs: 3 },
    method: random({ trials: 12 }),
    folder: join(folder, 'out'),
  });
  let late: Promise<number[]> | null = null;
  const collect = async (): Promise<number[]> => {
    const seqs: number[] = [];
    for await (const { seq } of run) seqs.push(seq);
    return seqs;
  };
  let count = 0;
  for await (const _ of run) {
    count += 1;
    if (count === 20) late = collect();
  }
  expect(await late).toEqual(Array.from({ length: count }, (_, i) => i + 1));
});

test('leaving the iteration does not stop the run', async () => {
  const folder = temporaryFolder();
  const module = await writeTrainer(folder);
  const run = tune({
    name: 'left',
    trainer: { module },
    parameters: { x: { values: [1, 2] }, epochs: 2 },
    method: grid(),
    folder: join(folder, 'out'),
  });
  for await (const _ of run) break;
  expect((await run.result).ended).toBe('concluded');
});

test('an aborted signal interrupts the run, and the same call goes on', async () => {
  const folder = temporaryFolder();
  const module = join(folder, 'patient.js');
  const go = join(folder, 'go');
  await writeFile(
    module,
    `import { once } from 'node:events';
import { existsSync } from 'node:fs';

export default async function* ({ x }, { signal }) {
  if (x === 3 && !existsSync(${JSON.stringify(go)})) await once(signal, 'abort');
  yield { val_loss: (x - 2) ** 2 };
}`,
  );
  const config = {
    name: 'aborted',
    trainer: { module },
    parameters: { x: { values: [1, 2, 3, 4] }, epochs: 1 },
    method: grid(),
    workers: 1,
    folder: join(folder, 'out'),
  };
  const abort = new AbortController();
  const run = tune({ ...config, signal: abort.signal });
  for await (const { type } of run) if (type === 'trial-finished') abort.abort();
  const interrupted = await run.result;
  expect(interrupted).toMatchObject({ ended: 'interrupted', chosen: null });
  expect(interrupted.campaign.conclusion).toBe(null);
  await writeFile(go, '');
  expect((await tune(config).result).chosen).toMatchObject({ x: 2 });
});

test('diagnostics name the path of what is wrong, all at once', async () => {
  const wrong = {
    ...spirals,
    parameters: { ...spirals.parameters, hidden: { values: [4, -16] }, dropout: { values: [0, 1.5] } },
    seed: -1,
  };
  const error = await validate(wrong).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
  const lines = String(error instanceof Error ? error.message : error).split('\n');
  expect(lines.map((line) => line.split('  ')[0])).toEqual(
    expect.arrayContaining(['seed', 'parameters.hidden.values[1]', 'parameters.dropout.values[1]']),
  );
});

test('an error reaches the iteration and the result', async () => {
  const run = tune({ ...spirals, seed: -1, folder: temporaryFolder() });
  const iterate = async (): Promise<void> => {
    for await (const _ of run);
  };
  await expect(iterate()).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  await expect(run.result).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});

test('validate says what a campaign would be', async () => {
  const facts = await validate(spirals);
  expect(facts).toMatchObject({ name: 'spirals', method: 'fit_first', data: { rows: 120, inputs: 2 } });
});

test('forecast says what a campaign will take, and leaves nothing behind', async () => {
  const folder = temporaryFolder();
  const module = await writeTrainer(folder);
  const config = {
    name: 'forecast',
    trainer: { module },
    parameters: { x: { values: [1, 2, 3] }, epochs: 2 },
    method: grid(),
  };
  const out = join(folder, 'out');
  const untimed = await forecast(config, { folder: out });
  expect(untimed).toMatchObject({ done: 0, trials: { min: 4, likely: 4, max: 4 }, seconds: null });
  const timed = await forecast(config, { folder: out, seconds: 60 });
  expect(timed.seconds?.likely).toBeGreaterThan(0);
  await mkdir(out); // it was not there
  await tune({ ...config, folder: out }).result;
  expect(await forecast(config, { folder: out })).toMatchObject({ done: 4, trials: { likely: 0 } });
});
