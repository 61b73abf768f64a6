import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../journal/temporary-folder.js';
import { fitfirst } from '../support/command-line.js';
import { built } from './built-library.js';

const { defineConfig, forecast, grid, tune, validate } = built;

/** A trainer that takes no time, best at x = 2. */
const parabola = defineConfig({
  name: 'parabola',
  parameters: { x: { values: [1, 2, 3] }, epochs: 3 },
  method: grid(),
  trainer: async function* ({ x }, { epochs }) {
    for (let epoch = 1; epoch <= epochs; epoch++) yield { val_loss: (x - 2) ** 2 + 1 / epoch };
  },
});

const rows = Array.from({ length: 60 }, (_, i) => ({ size: i % 20, kind: i % 20 > 9 ? 'large' : 'small' }));

describe('a function of the program trains', () => {
  test('as an async generator, with the same bytes for any number of workers', async () => {
    const folder = temporaryFolder();
    const one = await tune({ ...parabola, folder: join(folder, '1'), workers: 1 }).result;
    await tune({ ...parabola, folder: join(folder, '3'), workers: 3 }).result;
    expect(one).toMatchObject({ ended: 'concluded', chosen: { x: 2 } });
    for (const name of ['trials.csv', 'epochs.csv', 'summary.json']) {
      const [first, other] = await Promise.all(
        ['1', '3'].map((out) => readFile(join(folder, out, name), 'utf8')),
      );
      expect(other, name).toBe(first);
    }
  });

  test('as an async function that returns one report', async () => {
    const { chosen, campaign } = await tune({
      ...parabola,
      trainer: async ({ x }) => ({ val_loss: (x - 3) ** 2 }),
      folder: temporaryFolder(),
    }).result;
    expect(chosen).toMatchObject({ x: 3 });
    expect(campaign.trials.every(({ reports }) => reports.length === 1)).toBe(true);
  });

  test('on rows in memory', async () => {
    const { chosen } = await tune({
      name: 'rows',
      data: { rows, target: 'kind' },
      parameters: { threshold: { values: [-1, 0, 1] } },
      metric: { name: 'val_accuracy' },
      method: grid(),
      trainer: async ({ threshold }, { data }) => {
        const { inputs, targets, rows: count } = data?.validation ?? expect.fail('there is data');
        const right = inputs.filter((size, row) => Number(size < threshold) === targets[row]).length;
        return { val_accuracy: right / count };
      },
      folder: temporaryFolder(),
    }).result;
    expect(chosen).toMatchObject({ threshold: 0 });
  });

  test('until the signal aborts', async () => {
    const abort = new AbortController();
    const { ended, campaign } = await tune({
      ...parabola,
      trainer: async function* (_, { signal }) {
        abort.abort();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        yield { val_loss: 1 };
      },
      folder: temporaryFolder(),
      workers: 1,
      signal: abort.signal,
    }).result;
    expect(ended).toBe('interrupted');
    expect(campaign.trials.filter(({ state }) => state === 'finished')).toEqual([]);
  });
});

describe('a campaign of a function', () => {
  const versioned = (version: number, worst = 2) => ({
    ...parabola,
    trainer: { version, train: async ({ x }: { readonly x: number }) => ({ val_loss: (x - worst) ** 2 }) },
  });

  test('goes on with the same version, whatever the text of the function', async () => {
    const folder = temporaryFolder();
    const first = await tune({ ...versioned(1), budget: { trials: 2 }, folder }).result;
    expect(first.ended).toBe('budget-spent');
    const train = async (parameters: { readonly x: number }) => ({ val_loss: Math.abs(parameters.x - 2) });
    const second = await tune({ ...parabola, trainer: { train, version: 1 }, folder }).result;
    expect(second).toMatchObject({ ended: 'concluded', chosen: { x: 2 } });
    expect(second.campaign.trials.slice(0, 2)).toEqual(first.campaign.trials.slice(0, 2));
  });

  test('is refused with another version, or with another text where no version is given', async () => {
    const folder = temporaryFolder();
    await tune({ ...versioned(1), folder }).result;
    const other = tune({ ...versioned(2), folder }).result;
    await expect(other).rejects.toMatchObject({ code: 'CONFIG_CHANGED' });
    await expect(other).rejects.toThrow('trainer.inline.version: was 1, is 2');

    const unversioned = temporaryFolder();
    await tune({ ...parabola, folder: unversioned }).result;
    await expect(
      tune({ ...parabola, trainer: async ({ x }) => ({ val_loss: x }), folder: unversioned }).result,
    ).rejects.toMatchObject({ code: 'CONFIG_CHANGED' });
  });

  test('is shown by the command line, which cannot run the function', async () => {
    const folder = temporaryFolder();
    await tune({ ...parabola, folder }).result;
    expect((await fitfirst(folder, 'status', '.')).stdout).toContain('parabola');
    expect(await fitfirst(folder, 'run', 'config.yaml', '--out', '.')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^config\.yaml:\d+:\d+ {2}trainer is a function of the program/),
    });
  });

  test('is validated and forecast without a trial, and timed where seconds are given', async () => {
    const folder = temporaryFolder();
    expect(await validate(parabola)).toMatchObject({ name: 'parabola', trainer: 'external' });
    expect(await forecast(parabola, { folder: join(folder, 'out') })).toMatchObject({
      trials: { likely: 4 },
      seconds: null,
    });
    const timed = await forecast(parabola, { folder: join(folder, 'out'), seconds: 60 });
    expect(timed.seconds?.likely).toBeGreaterThanOrEqual(0);
  });
});

describe('a trainer that is no trainer is refused in words', () => {
  test.each([
    [{ train: 5 }, 'trainer.train is 5; expected a function'],
    [{ train: async () => ({}), version: {} }, 'trainer.version is a mapping; expected a text or a number'],
    [{ train: async () => ({}), files: [] }, 'trainer.files does not go with train'],
    [(async () => ({})).bind(null), 'Pass a version'],
    [5, 'trainer is 5'],
  ])('%o', async (trainer, words) => {
    const wrong = { ...parabola, trainer, folder: temporaryFolder() };
    await expect(tune(wrong as never).result).rejects.toThrow(words);
  });

  test('a function that returns no report fails its trials', async () => {
    const { campaign } = await tune({
      ...parabola,
      trainer: (async () => undefined) as unknown as () => Promise<{ val_loss: number }>,
      folder: temporaryFolder(),
    }).result;
    const [trial] = campaign.trials;
    expect(trial?.state === 'failed' && trial.message).toContain(
      'The train function returned Promise { undefined }',
    );
  });
});
