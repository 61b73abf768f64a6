import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../journal/temporary-folder.js';
import { fitfirst } from '../support/command-line.js';
import { built, builtExtend } from './built-library.js';

const { forecast, tune, validate } = built;
const { defineMethod, drawSetting } = builtExtend;

/** Draws settings one after another and stops early once one is good enough. */
const luckyDraw = (trials: number, enough = 0.05) =>
  defineMethod({
    name: 'lucky_draw',
    plan: () => ({
      stages: [
        { name: 'draw', role: 'search' },
        { name: 'keep', role: 'finish' },
      ],
      growth: null,
      regularisers: [],
      options: { trials, enough },
    }),
    *search({ options }, { space, seed, epochs, score, finish }) {
      const drawn = [];
      for (let index = 0; index < Number(options.trials); index++) {
        const parameters = drawSetting(space, seed, index);
        const trial = { parameters, repeat: 1, epochs, until: null, finish: null };
        drawn.push(
          ...(yield { kind: 'ask', stage: 'draw', because: 'One more draw.', trials: [trial], window: 2 }),
        );
        if (drawn.some((one) => score(one) < Number(options.enough))) break;
      }
      drawn.push(...(yield { kind: 'collect' }));
      const [best] = drawn.sort((a, b) => score(a) - score(b));
      if (best === undefined) throw new RangeError('nothing was drawn');
      const { parameters } = best.spec;
      const because = 'It is the best draw.';
      const validation = { mean: score(best), standardError: null, repeats: 1 };
      yield { kind: 'found', finding: { kind: 'chosen', parameters, epochs, validation, because } };
      const final = {
        ...best.spec,
        repeat: 0,
        finish: { on: finish.on, checkpoint: 'last' as const },
      };
      yield { kind: 'batch', stage: 'keep', because: 'The best is kept.', trials: [final] };
      return { kind: 'conclusion', ending: 'chosen', chosen: final, because };
    },
  });

const campaign = {
  name: 'lucky',
  parameters: { x: { min: 0.1, max: 3.9 }, epochs: 2 },
  trainer: {
    version: 1,
    train: async ({ x }: { readonly x: number }) => ({ val_loss: (x - 2) ** 2 }),
  },
  workers: 1,
};

describe('a campaign with a method of the program', () => {
  test(
    'goes on where it was interrupted and ends in the bytes of one that was not, with any ' +
      'number of workers',
    async () => {
      const folder = temporaryFolder();
      const config = { ...campaign, method: luckyDraw(12) };
      const whole = await tune({ ...config, workers: 3, folder: join(folder, 'whole') }).result;
      expect(whole).toMatchObject({ ended: 'concluded', summary: { method: 'lucky_draw' } });
      const parts = { ...config, folder: join(folder, 'parts') };
      const first = await tune({ ...parts, budget: { trials: 3 } }).result;
      expect(first.ended).toBe('budget-spent');
      const second = await tune(parts).result;
      expect(second.chosen).toEqual(whole.chosen);
      for (const name of ['trials.csv', 'epochs.csv', 'summary.json'])
        expect(await readFile(join(folder, 'parts', name), 'utf8'), name).toBe(
          await readFile(join(folder, 'whole', name), 'utf8'),
        );
    },
  );

  test('is shown by views that do not know the method', async () => {
    const folder = temporaryFolder();
    await tune({ ...campaign, method: luckyDraw(4), folder }).result;
    expect(await readFile(join(folder, 'report.html'), 'utf8')).toContain('The best is kept.');
    expect((await fitfirst(folder, 'status', folder)).stdout).toContain('draw');
    const exported = await fitfirst(folder, 'export', folder);
    expect(exported).toMatchObject({ code: 0 });
  });

  test('is validated and forecast by its plan', async () => {
    const config = { ...campaign, method: luckyDraw(5, 0) };
    expect(await validate(config)).toMatchObject({
      method: 'lucky_draw',
      plan: { options: { trials: 5, enough: 0 } },
    });
    const folder = join(temporaryFolder(), 'out');
    expect(await forecast(config, { folder })).toMatchObject({ trials: { min: 6, likely: 6, max: 6 } });
  });

  test('is refused with other options, and extended where that is asked for', async () => {
    const folder = temporaryFolder();
    await tune({ ...campaign, method: luckyDraw(3, 0), folder }).result;
    const more = { ...campaign, method: luckyDraw(6, 0), folder };
    await expect(tune(more).result).rejects.toThrow('method.trials: was 3, is 6');
    const { campaign: extended } = await tune({ ...more, extend: true }).result;
    expect(extended.trials.filter(({ stage }) => stage === 'draw')).toHaveLength(6);
  });
});

describe('a method of the program is refused', () => {
  const invalid = { code: 'CONFIG_INVALID' };
  const refusal = async (method: object): Promise<unknown> =>
    tune({ ...campaign, method: { ...luckyDraw(2), ...method }, folder: temporaryFolder() }).result.catch(
      (error: unknown) => error,
    );

  test('if it has the name of a built-in one', async () => {
    const error = await refusal({ name: 'grid' });
    expect(error).toMatchObject(invalid);
    expect(String(error)).toContain('method.name  "grid" is the name of a built-in method.');
  });

  test('if its plan is none', async () => {
    const error = await refusal({ plan: () => ({ ...luckyDraw(2).plan, stages: [{ name: 'draw' }] }) });
    expect(error).toMatchObject(invalid);
    expect(String(error)).toContain('The plan of the method lucky_draw is invalid: stages.0.role');
  });

  test.each([
    ['leaves something out', { repeat: undefined }, 'trials.0.repeat'],
    ['has no epoch', { epochs: 0 }, 'trials.0.epochs'],
    ['has keys that no journal keeps', { note: 'x' }, 'trials.0: unknown keys'],
  ])('before a trial that %s is journaled', async (_, wrong, words) => {
    const parameters = { x: 1 };
    const trial = { parameters, repeat: 1, epochs: 1, until: null, finish: null, ...wrong };
    const error = await refusal({
      *search() {
        yield { kind: 'batch', stage: 'draw', because: 'It is wrong.', trials: [trial] };
      },
    });
    expect(error).toMatchObject(invalid);
    expect(String(error)).toContain('The method lucky_draw takes an invalid step');
    expect(String(error)).toContain(words);
  });
});
