import { cp, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SearchSpace } from '../../src/campaign/search-space.js';
import { isInDomain } from '../../src/campaign/space/in-domain.js';
import { contextOf } from '../../src/contracts/method/method-subject.js';
import { axesOf, coordinatesOf, settingAt } from '../../src/methods/tpe/coordinates.js';
import { type Observed, propose } from '../../src/methods/tpe/propose.js';
import { tpeMethod } from '../../src/methods/tpe/tpe.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { emptyFolder } from '../support/command-line.js';
import { searchPlan } from '../support/plans.js';
import { runWindowed } from '../support/windowed-campaign.js';

const space: SearchSpace = {
  fixed: { kind: 'fixed', value: 3 },
  listed: { kind: 'values', values: ['a', 'b', 'c'], probabilities: null },
  weighted: { kind: 'values', values: [true, false, 'auto'], probabilities: [0.25, 0, 0.75] },
  sizes: { kind: 'values', values: [8, 16, 64], probabilities: null },
  widths: { kind: 'values', values: [[64, 32], [32]], probabilities: null },
  uniform: { kind: 'uniform', min: -2, max: 7 },
  whole: { kind: 'int_uniform', min: -3, max: 12 },
  many: { kind: 'int_uniform', min: 1, max: 5000 },
  steps: { kind: 'q_uniform', min: 0.1, max: 0.9, q: 0.1 },
  log: { kind: 'log_uniform_values', min: 1e-5, max: 1 },
  logSteps: { kind: 'q_log_uniform_values', min: 8, max: 64, q: 8 },
  normal: { kind: 'normal', mu: 2, sigma: 3, bounds: null },
  bounded: { kind: 'normal', mu: 2, sigma: 3, bounds: { min: 1, max: 2.5 } },
  normalSteps: { kind: 'q_normal', mu: 0, sigma: 2, q: 0.5, bounds: { min: -3, max: 3 } },
};

/** What a search over a function learns, with one proposal after the other. */
function searchOver(
  within: SearchSpace,
  loss: (setting: Readonly<Record<string, unknown>>) => number,
  trials: number,
  seed: number,
): number {
  const axes = axesOf(within);
  const observed: Observed[] = [];
  for (let index = 0; index < trials; index++) {
    const [point = []] = propose(axes, observed, 'minimize', keyedStream('test', seed, index));
    observed.push({ point, score: loss(settingAt(within, axes, point)) });
  }
  return Math.min(...observed.map(({ score }) => score));
}

describe('the tree-structured Parzen estimator', () => {
  it('proposes settings of every kind of domain', () => {
    const axes = axesOf(space);
    const observed: Observed[] = [];
    for (let index = 0; index < 40; index++) {
      const stream = keyedStream('domains', index);
      const points = propose(axes, observed, index % 2 === 0 ? 'minimize' : 'maximize', stream);
      for (const point of points) {
        const setting = settingAt(space, axes, point);
        for (const [name, domain] of Object.entries(space))
          expect(isInDomain(domain, setting[name] ?? 'nothing'), `${name} ${setting[name]}`).toBe(true);
        expect(setting.weighted).not.toBe(false);
        const again = settingAt(space, axes, coordinatesOf(axes, setting));
        for (const name of ['listed', 'weighted', 'sizes', 'widths', 'whole', 'many', 'steps', 'logSteps'])
          expect(again[name]).toEqual(setting[name]);
      }
      const point = coordinatesOf(axes, settingAt(space, axes, points[0] ?? []));
      observed.push({ point, score: index % 5 === 0 ? Number.POSITIVE_INFINITY : stream.uniform() });
    }
  });

  it('comes closer to an optimum than draws of the prior', () => {
    const plane: SearchSpace = {
      x: { kind: 'uniform', min: -5, max: 5 },
      y: { kind: 'log_uniform_values', min: 0.01, max: 100 },
      kind: { kind: 'values', values: ['a', 'b', 'c', 'd'], probabilities: null },
    };
    const loss = ({ x, y, kind }: Readonly<Record<string, unknown>>): number =>
      (Number(x) - 1) * (Number(x) - 1) + Math.abs(Number(y) - 1) + (kind === 'c' ? 0 : 1);
    const best = Array.from({ length: 10 }, (_, seed) => searchOver(plane, loss, 60, seed)).sort(
      (a, b) => a - b,
    );
    const random = Array.from({ length: 10 }, (_, seed) => {
      const axes = axesOf(plane);
      const draws = Array.from({ length: 60 }, (_, index) =>
        loss(
          settingAt(plane, axes, propose(axes, [], 'minimize', keyedStream('prior', seed, index))[0] ?? []),
        ),
      );
      return Math.min(...draws);
    }).sort((a, b) => a - b);
    expect(best[5]).toBeLessThan((random[5] ?? 0) / 2);
  });

  it('leaves the same bytes for 1, 2 and 4 workers, and when its journal is cut', async () => {
    const context = contextOf({
      space: {
        hidden: { kind: 'int_uniform', min: 2, max: 64 },
        dropout: { kind: 'uniform', min: 0, max: 0.9 },
        learning_rate: { kind: 'log_uniform_values', min: 1e-4, max: 1 },
      },
    });
    const options = { trials: 40, start: 8, window: 8 };
    const create = () => tpeMethod.create({ ...searchPlan, options }, context);
    await using folder = await emptyFolder();
    const whole = join(folder.path, 'whole');
    const run = (path: string, slots: number, order: number) =>
      runWindowed(path, slots, order, undefined, undefined, create());
    const want = await run(whole, 1, 1);
    for (const slots of [1, 2, 4])
      expect(await run(join(folder.path, `slots-${slots}`), slots, 3)).toBe(want);
    const { length } = await readFile(join(whole, 'journal.jsonl'));
    const cuts = keyedStream('tpe cuts');
    for (let cut = 0; cut < 12; cut++) {
      const path = join(folder.path, `cut-${cut}`);
      await cp(whole, path, { recursive: true });
      await truncate(join(path, 'journal.jsonl'), cuts.below(length));
      expect(await run(path, 1 + (cut % 4), cut), `cut ${cut}`).toBe(want);
    }
  }, 120_000);
});
