import { cp, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SearchSpace } from '../../src/campaign/search-space.js';
import { contextOf } from '../../src/contracts/method/method-subject.js';
import { halvingBracket, hyperbandBrackets } from '../../src/methods/hyperband/brackets.js';
import { hyperbandMethod } from '../../src/methods/hyperband/hyperband.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { emptyFolder } from '../support/command-line.js';
import { landscape } from '../support/landscape.js';
import { searchPlan } from '../support/plans.js';
import { playOut } from '../support/play-out.js';
import { runWindowed } from '../support/windowed-campaign.js';

const sizes = (bracket: ReturnType<typeof halvingBracket>) =>
  bracket.map(({ settings, epochs }) => `${settings} x ${epochs}`);

describe('the brackets of hyperband', () => {
  it('are those of Li et al. 2018, table 1', () => {
    const brackets = hyperbandBrackets({ minEpochs: 1, maxEpochs: 81, eta: 3 });
    expect(brackets.map(sizes)).toEqual([
      ['81 x 1', '27 x 3', '9 x 9', '3 x 27', '1 x 81'],
      ['34 x 3', '11 x 9', '3 x 27', '1 x 81'],
      ['15 x 9', '5 x 27', '1 x 81'],
      ['8 x 27', '2 x 81'],
      ['5 x 81'],
    ]);
  });

  it('have rising epochs that end at the maximum, whatever the numbers', () => {
    for (let maxEpochs = 2; maxEpochs < 200; maxEpochs += 3)
      for (const eta of [2, 3, 4, 10])
        for (const minEpochs of [1, 2, 5]) {
          for (const bracket of hyperbandBrackets({ minEpochs, maxEpochs, eta })) {
            expect(bracket.at(-1)?.epochs).toBe(maxEpochs);
            for (const [rung, { settings, epochs }] of bracket.entries()) {
              expect(settings).toBeGreaterThanOrEqual(1);
              expect(epochs).toBeGreaterThanOrEqual(minEpochs);
              expect(epochs).toBeGreaterThan(bracket[rung - 1]?.epochs ?? 0);
            }
          }
        }
  });

  it('start with more epochs in successive halving if there are few settings', () => {
    const range = { minEpochs: 1, maxEpochs: 81, eta: 3 };
    expect(sizes(halvingBracket(81, range))).toEqual(['81 x 1', '27 x 3', '9 x 9', '3 x 27', '1 x 81']);
    expect(sizes(halvingBracket(10, range))).toEqual(['10 x 9', '3 x 27', '1 x 81']);
    expect(sizes(halvingBracket(1000, range)).at(-1)).toBe('12 x 81');
  });
});

describe('the brackets of a search', () => {
  const space: SearchSpace = {
    hidden: { kind: 'values', values: [2, 4, 8, 16, 32, 64], probabilities: null },
    dropout: { kind: 'values', values: [0, 0.2, 0.4], probabilities: null },
  };

  /** The trials of the search in the order of asking, each with the brackets' sentence. */
  function asked(window: number, sampler: string) {
    const options = { eta: 3, min_epochs: 1, max_epochs: 9, sampler, rounds: 2, window };
    const method = hyperbandMethod.create({ ...searchPlan, options }, contextOf({ space }));
    const { batches, trials } = playOut(method, landscape());
    return [...batches].flatMap((batch) =>
      batch.because.startsWith('Bracket')
        ? batch.trials.map((key) => ({
            key,
            bracket: Number(/\d+/.exec(batch.because)?.[0]),
            setting: JSON.stringify(trials.get(key)?.spec.parameters),
            epochs: trials.get(key)?.spec.epochs ?? 0,
          }))
        : [],
    );
  }

  it('run one after the other with a window of one worker, and overlap with a larger one', () => {
    const inTurn = asked(1, 'random').map(({ bracket }) => bracket);
    expect(inTurn).toEqual(inTurn.toSorted((a, b) => a - b));
    const overlapping = asked(8, 'random').map(({ bracket }) => bracket);
    expect(overlapping).not.toEqual(overlapping.toSorted((a, b) => a - b));
  });

  it.each(['random', 'tpe'])(
    'take up settings that were stopped with fewer epochs, with the sampler %s',
    (sampler) => {
      const all = asked(8, sampler);
      const first = new Map<string, { readonly bracket: number; epochs: number }>();
      let returned = 0;
      for (const { setting, bracket, epochs } of all) {
        const before = first.get(setting);
        if (before !== undefined && before.bracket !== bracket) {
          returned += 1;
          expect(epochs).toBeGreaterThan(before.epochs);
        }
        first.set(setting, { bracket, epochs });
      }
      expect(returned).toBeGreaterThan(0);
      expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
    },
  );
});

describe('hyperband', () => {
  it.each(['random', 'tpe'])(
    'leaves the same bytes for 1, 2 and 4 workers, and when its journal is cut, with the sampler %s',
    async (sampler) => {
      const context = contextOf({
        space: {
          hidden: { kind: 'int_uniform', min: 2, max: 64 },
          dropout: { kind: 'uniform', min: 0, max: 0.9 },
          learning_rate: { kind: 'log_uniform_values', min: 1e-4, max: 1 },
        },
      });
      const options = { eta: 3, min_epochs: 1, max_epochs: 9, sampler, rounds: 2, window: 8 };
      const create = () => hyperbandMethod.create({ ...searchPlan, options }, context);
      await using folder = await emptyFolder();
      const whole = join(folder.path, 'whole');
      const run = (path: string, slots: number, order: number) =>
        runWindowed(path, slots, order, undefined, undefined, create());
      const want = await run(whole, 1, 1);
      for (const slots of [1, 2, 4])
        expect(await run(join(folder.path, `slots-${slots}`), slots, 3)).toBe(want);
      const { length } = await readFile(join(whole, 'journal.jsonl'));
      const cuts = keyedStream('hyperband cuts');
      for (let cut = 0; cut < 6; cut++) {
        const path = join(folder.path, `cut-${cut}`);
        await cp(whole, path, { recursive: true });
        await truncate(join(path, 'journal.jsonl'), cuts.below(length));
        expect(await run(path, 1 + (cut % 4), cut), `cut ${cut}`).toBe(want);
      }
    },
    60_000,
  );
});
