import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrainerContext } from '../../../src/execution/trainer.js';
import { createModuleTrainer } from '../../../src/trainers/module/module-trainer.js';
import { defineTrainer } from '../../../src/trainers/train-function.js';

describe('a trainer of one’s own', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fitfirst-module-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const spec = { parameters: { rate: 0.5 }, repeat: 3, epochs: 2, until: null, finish: null };
  const context: TrainerContext = {
    seed: 11,
    metric: { name: 'loss', goal: 'minimize' },
    shouldStop: () => false,
    from: null,
    onCheckpoint: null,
  };

  async function moduleOf(name: string, source: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, source);
    return path;
  }

  async function reportsOf(path: string): Promise<unknown[]> {
    const trainer = await createModuleTrainer(path);
    const reports: unknown[] = [];
    for await (const report of trainer.train(spec, context)) reports.push(report);
    return reports;
  }

  it('is told its parameters, seed, repeat and epochs, and yields numbers', async () => {
    const path = await moduleOf(
      'told.mjs',
      `export default async function* train({ rate }, { seed, repeat, epochs, signal }) {
        yield { rate, seed, repeat, epochs, aborted: Number(signal.aborted) };
      }`,
    );
    expect(await reportsOf(path)).toEqual([
      { epoch: 1, metrics: { rate: 0.5, seed: 11, repeat: 3, epochs: 2, aborted: 0 } },
    ]);
  });

  it('may number its epochs itself, or have them counted on', async () => {
    const path = await moduleOf(
      'numbered.mjs',
      `export default async function* train() {
        yield { loss: 4 };
        yield { epoch: 10, loss: 3 };
        yield { loss: 2 };
      }`,
    );
    expect(await reportsOf(path)).toEqual([
      { epoch: 1, metrics: { loss: 4 } },
      { epoch: 10, metrics: { loss: 3 } },
      { epoch: 11, metrics: { loss: 2 } },
    ]);
  });

  it('cleans up when it is ended early', async () => {
    const path = await moduleOf(
      'cleanup.mjs',
      `export const left = [];
      export default async function* train(parameters, { signal }) {
        try {
          yield { loss: 1 };
          yield { loss: 0 };
        } finally {
          left.push('cleaned up');
        }
      }`,
    );
    const trainer = await createModuleTrainer(path);
    const reports = trainer.train(spec, context);
    await reports.next();
    await reports.return(null);
    const { left } = await import(path);
    expect(left).toEqual(['cleaned up']);
  });

  it('is refused where the file is not there', async () => {
    await expect(createModuleTrainer(join(folder, 'missing.mjs'))).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/missing\.mjs cannot be read: ENOENT/),
    });
  });

  it('is refused where it cannot be loaded', async () => {
    const path = await moduleOf('broken.mjs', `throw new Error('no such device');`);
    await expect(createModuleTrainer(path)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/broken\.mjs cannot be loaded: no such device/),
    });
  });

  it.each([
    ['no default export', 'export const train = 1;', /has undefined as its default export/],
    [
      'a default export that is no function',
      'export default { train() {} };',
      /has .* as its default export/,
    ],
  ])('is refused with %s', async (_, source, message) => {
    const path = await moduleOf(`refused-${source.length}.mjs`, source);
    await expect(createModuleTrainer(path)).rejects.toThrow(message);
  });

  it('fails where its function yields nothing because it is no generator', async () => {
    const path = await moduleOf('no-generator.mjs', 'export default async function train() { return 0.5; }');
    await expect(reportsOf(path)).rejects.toThrow(
      /returned Promise .*, but a trainer is "export default async function\* train\(parameters, context\)"/,
    );
  });

  it('names the line that an error comes from', async () => {
    const path = await moduleOf(
      'line.mjs',
      `export default async function* train(parameters) {\n  yield { loss: parameters.nothing.there };\n}`,
    );
    await expect(reportsOf(path)).rejects.toThrow(/reading 'there'\) \(line\.mjs:2:\d+\)$/);
  });

  it('can have its types checked', async () => {
    const train = defineTrainer<{ rate: number }>(async function* ({ rate }, { epochs }) {
      for (let epoch = 1; epoch <= epochs; epoch++) yield { loss: rate / epoch };
    });
    const losses: number[] = [];
    const { signal } = new AbortController();
    const context = {
      seed: 1,
      repeat: 1,
      epochs: 2,
      signal,
      stage: 'search',
      directory: '',
      data: null,
      checkpoint: { load: () => null, save: () => {} },
    } as const;
    for await (const { loss } of train({ rate: 1 }, context)) losses.push(loss ?? 0);
    expect(losses).toEqual([1, 0.5]);
  });
});
