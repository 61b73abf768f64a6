import { statSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { networkWeights, readNetwork } from '../../src/mlp/network-file.js';
import { predictorOf } from '../../src/mlp/prediction.js';
import type { Summary } from '../../src/views/summary/summary.js';
import { built } from '../library/built-library.js';

const { loadModel, tune, defineConfig, fitFirst } = built;

/** A campaign with every stage that ends with a committee, seconds at most. */
const spirals = defineConfig({
  name: 'spirals',
  data: { generate: 'spirals', rows: 150, classes: 2, noise: 0.05 },
  parameters: {
    hidden: { values: [8, 16] },
    dropout: { values: [0, 0.3] },
    learning_rate: 0.05,
    epochs: 20,
    batch_size: 16,
  },
  repeats: { first: 1, most: 2 },
  method: fitFirst({ grow: 'hidden', dropout: ['dropout'], fit: { reach: 0.8, repeats: 1 }, confirm: 2 }),
  finish: { networks: 3 },
});

const RESULTS = ['trials.csv', 'epochs.csv', 'summary.json', 'model.json', 'model.onnx'];

async function bytesOf(folder: string): Promise<Record<string, string>> {
  const files = [
    ...RESULTS,
    ...(await readdir(join(folder, 'weights'))).map((name) => join('weights', name)),
  ];
  const read = files.sort().map(async (name) => [name, (await readFile(join(folder, name))).toString('hex')]);
  return Object.fromEntries(await Promise.all(read));
}

let parent = '';
let whole = '';
let trials = 0;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'fitfirst-committee-'));
  whole = join(parent, 'whole');
  const { summary, ended } = await tune({ ...spirals, folder: whole, workers: 1 }).result;
  expect(ended).toBe('concluded');
  trials = summary.trials;
}, 60_000);

afterAll(() => rm(parent, { recursive: true, force: true }));

describe('a campaign that ends with a committee', () => {
  test('says how it compares with the network that would be handed over alone', async () => {
    const summary: Summary = JSON.parse(await readFile(join(whole, 'summary.json'), 'utf8'));
    const { committee, test } = summary;
    expect(committee?.networks).toBe(3);
    const gained = (committee?.single_test?.loss ?? 0) - (test?.loss ?? 0);
    expect(committee?.gain?.loss).toBeCloseTo(gained, 12);
    const [low, high] = committee?.gain_intervals?.loss ?? [];
    expect(low).toBeLessThan(gained);
    expect(high).toBeGreaterThan(gained);
  });

  test('gives the same bytes with two workers, and if it is interrupted at each of its last trials', {
    timeout: 60_000,
  }, async () => {
    const folder = join(parent, 'interrupted');
    await tune({ ...spirals, folder, workers: 2, budget: { trials: trials - 4 } }).result;
    let runs = 0;
    for (let ended = ''; ended !== 'concluded'; runs++) {
      expect(runs).toBeLessThan(10);
      const run = tune({ ...spirals, folder, workers: 1 + (runs % 2) });
      // A run begins with the entries of the runs before it.
      let resumed = 0;
      let started = 0;
      for await (const event of run) {
        if (event.type === 'campaign-resumed') resumed += 1;
        if (event.type === 'trial-started' && resumed > runs && ++started === 2) run.stop();
      }
      ({ ended } = await run.result);
    }
    expect(runs).toBeGreaterThan(2);
    expect(await bytesOf(folder)).toEqual(await bytesOf(whole));
  });

  test('predicts the mean of what its networks predict', async () => {
    const committee = readNetwork(await readFile(await largestNetwork(whole)));
    const row = [0.3, -0.4];
    const each = networkWeights(committee).map(
      (weights) =>
        predictorOf({ ...committee, weights, networks: 1 })(Float64Array.from(row))[1] ?? Number.NaN,
    );
    const model = await loadModel(whole);
    const [predicted] = await model.predict([row]);
    const second = Object.values(predicted?.probabilities ?? {})[1];
    expect(each).toHaveLength(3);
    expect(new Set(each).size).toBe(3);
    expect(second).toBeCloseTo(each.reduce((sum, one) => sum + one, 0) / 3, 12);
  });

  test('refuses a member whose file is damaged, and goes on once it is restored', {
    timeout: 60_000,
  }, async () => {
    const folder = join(parent, 'damaged');
    await tune({ ...spirals, folder, budget: { trials: trials - 1 } }).result;
    const member = await largestNetwork(folder);
    const bytes = await readFile(member);
    await writeFile(
      member,
      bytes.map((byte, at) => (at === bytes.length - 20 ? byte ^ 1 : byte)),
    );
    await expect(tune({ ...spirals, folder }).result).rejects.toMatchObject({
      code: 'DATA_INVALID',
      message: expect.stringContaining(member),
    });
    await writeFile(member, bytes);
    await tune({ ...spirals, folder }).result;
    expect(await bytesOf(folder)).toEqual(await bytesOf(whole));
  });
});

/** The file of the largest network: a committee if there is one. */
async function largestNetwork(folder: string): Promise<string> {
  const names = await readdir(join(folder, 'weights'));
  const files = names.map((name) => join(folder, 'weights', name));
  return files.sort((a, b) => statSync(b).size - statSync(a).size)[0] ?? '';
}
