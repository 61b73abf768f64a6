import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareComparison } from '../../src/app/compare/prepare-comparison.js';
import { runComparison } from '../../src/app/compare/run-comparison.js';
import { prepareCampaign } from '../../src/app/prepare-campaign.js';
import { runWorker } from '../../src/app/remote/run-worker.js';
import { runPrepared } from '../../src/app/run-config.js';
import { builtInKinds } from '../../src/config/config-kinds.js';
import { readConfig } from '../../src/config/load-config.js';
import { hasRedis, type RedisServer, startRedis } from '../support/redis-server.js';

const network = `name: network
seed: 3
data: {generate: teacher, rows: 120, inputs: 4, units: 3, classes: 2, noise: 0.2}
parameters:
  hidden: {values: [2, 4]}
  dropout: {values: [0, 0.3]}
  learning_rate: {value: 0.02}
  epochs: {value: 12}
repeats: {first: 1, most: 2}
method: fit_first
fit_first: {grow: hidden, dropout: [dropout], confirm: 2}
`;

const program = `name: program
trainer: {command: [node, train.js], report: stdout}
metric: {name: val_loss, goal: minimize}
parameters: {rate: {values: [0.1, 0.2, 0.3, 0.4]}, epochs: 3}
repeats: {first: 1, most: 1}
method: grid
`;

const train = `
const { rate, epochs } = JSON.parse(process.env.FITFIRST_PARAMS);
for (let epoch = 1; epoch <= epochs; epoch++) console.log(JSON.stringify({ epoch, val_loss: rate / epoch }));
`;

/** The files that the promise is about, by their names. */
async function promised(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).filter((name) => /^(trials|epochs)\.csv$|^summary|^model/.test(name));
  const files = names.map(async (name) => [name, await readFile(join(folder, name), 'base64')]);
  return Object.fromEntries(await Promise.all(files));
}

describe.skipIf(!hasRedis)('a campaign over Redis (skipped without redis-server)', () => {
  let redis: RedisServer;
  let folder: string;
  beforeAll(async () => {
    redis = await startRedis();
    folder = await mkdtemp(join(tmpdir(), 'fitfirst-same-'));
    await writeFile(join(folder, 'train.js'), train);
  });
  afterAll(async () => {
    await redis[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    ['network', network, 5],
    ['program', program, 3],
  ])('gives the files of the local run, byte for byte, with two workers: %s', async (name, text, files) => {
    const path = join(folder, `${name}.yaml`);
    await writeFile(path, `${text}workers: 1\n`);
    await runPrepared(await prepareCampaign(path), { out: join(folder, `${name}-local`) });
    await writeFile(path, `${text}executor: {bullmq: {url: '${redis.url}', queue: ${name}}}\n`);
    const end = new AbortController();
    const workers = [1, 2].map(async () =>
      runWorker(await prepareCampaign(path), {
        workers: 1,
        out: join(folder, `${name}-workers`),
        draining: end.signal,
        stopping: end.signal,
        onMessage: () => {},
      }),
    );
    const out = join(folder, `${name}-remote`);
    const { ended } = await runPrepared(await prepareCampaign(path), { out });
    end.abort();
    await Promise.all(workers);

    expect(ended).toBe('concluded');
    const local = await promised(join(folder, `${name}-local`));
    expect(Object.keys(local)).toHaveLength(files);
    expect(await promised(out)).toEqual(local);
  });

  it('compares methods over Redis with the files of the local comparison', async () => {
    const path = join(folder, 'compared.yaml');
    const choice = { settings: 50, repeats: 3, draws: 2 };
    const compared = async (out: string): Promise<string> => {
      const comparison = prepareComparison(await prepareCampaign(path), choice);
      const options = { out: join(folder, out), reuse: join(folder, 'none'), view: 'none' as const };
      const { run } = await runComparison(comparison, options);
      expect(run.campaign.trials.size).toBeGreaterThan(10);
      return readFile(join(folder, out, 'compare.json'), 'utf8');
    };
    await writeFile(path, `${network}workers: 1\n`);
    const local = await compared('compared-local');
    await writeFile(path, `${network}executor: {bullmq: {url: '${redis.url}'}}\n`);
    const end = new AbortController();
    const worker = runWorker(await prepareCampaign(path), {
      workers: 1,
      out: join(folder, 'compared-workers'),
      draining: end.signal,
      stopping: end.signal,
      onMessage: () => {},
    });
    expect(await compared('compared-remote')).toBe(local);
    end.abort();
    await worker;
  }, 120_000);
});

describe('the executor bullmq in a config', () => {
  const read = (url: string) =>
    readConfig(`${network}executor: {bullmq: {url: '${url}'}}\n`, 'campaign.yaml', builtInKinds);

  it('takes an address without user and password', () => {
    expect(read('rediss://cache.example.org:6380').config.executor.kind.name).toBe('bullmq');
  });

  it('refuses a password, and does not repeat it', () => {
    let message = '';
    try {
      read('redis://me:correct-horse@cache.example.org');
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('holds a user or a password');
    expect(message).not.toContain('correct-horse');
  });
});
