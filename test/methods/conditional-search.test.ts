import { cp, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SearchSpace } from '../../src/campaign/search-space.js';
import { isActive } from '../../src/campaign/space/conditions.js';
import { isInDomain } from '../../src/campaign/space/in-domain.js';
import { contextOf } from '../../src/contracts/method/method-subject.js';
import { gridMethod } from '../../src/methods/grid/grid.js';
import { hyperbandMethod } from '../../src/methods/hyperband/hyperband.js';
import type { MethodContext } from '../../src/methods/method-kind.js';
import { randomMethod } from '../../src/methods/random/random.js';
import { sobolMethod } from '../../src/methods/sobol/sobol.js';
import { tpeMethod } from '../../src/methods/tpe/tpe.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { emptyFolder } from '../support/command-line.js';
import { landscape } from '../support/landscape.js';
import { searchPlan } from '../support/plans.js';
import { playOut } from '../support/play-out.js';
import { runWindowed } from '../support/windowed-campaign.js';

const listed = (...values: (string | number)[]) => ({ kind: 'values', values, probabilities: null }) as const;

const space: SearchSpace = {
  momentum: { ...listed(0, 0.5, 0.9), when: { optimizer: ['sgd'] } },
  optimizer: listed('sgd', 'adam', 'adamw'),
  hidden: listed(4, 8, 16, 32, 64),
  dropout: { ...listed(0, 0.25, 0.5), prior: { center: 0.25, spread: 0.2 } },
  learning_rate: listed(0.01, 0.1),
  decay: { ...listed(0.1, 0.2), when: { optimizer: ['adamw'], hidden: [32, 64] } },
};
const allows: MethodContext['allows'] = ({ hidden, dropout }) => Number(hidden) * (1 - Number(dropout)) <= 32;
const context: MethodContext = { ...contextOf({ space }), allows };

const HYPERBAND = { eta: 3, min_epochs: 1, max_epochs: 27, rounds: 2, sampler: 'tpe', window: 8 };

const methods = {
  hyperband: () => hyperbandMethod.create({ ...searchPlan, options: HYPERBAND }, context),
  grid: () => gridMethod.create({ ...searchPlan, options: {} }, context),
  random: () => randomMethod.create({ ...searchPlan, options: { trials: 40 } }, context),
  sobol: () => sobolMethod.create({ ...searchPlan, options: { trials: 40 } }, context),
  tpe: () => tpeMethod.create({ ...searchPlan, options: { trials: 40, start: 8, window: 8 } }, context),
};

describe.each(Object.entries(methods))('%s under conditions and constraints', (_, create) => {
  it('tries settings that satisfy them, and only these', () => {
    const { trials } = playOut(create(), landscape());
    expect(trials.size).toBeGreaterThan(30);
    for (const { spec } of trials.values()) {
      expect(allows?.(spec.parameters)).toBe(true);
      for (const [name, domain] of Object.entries(space)) {
        const value = spec.parameters[name];
        expect(value !== undefined).toBe(isActive(space, spec.parameters, name));
        if (value !== undefined) expect(isInDomain(domain, value)).toBe(true);
      }
    }
  });

  it('leaves the same bytes for 1, 2 and 4 workers, and when its journal is cut', async () => {
    await using folder = await emptyFolder();
    const run = (path: string, slots: number, order: number) =>
      runWindowed(path, slots, order, undefined, undefined, create());
    const whole = join(folder.path, 'whole');
    const want = await run(whole, 1, 1);
    for (const slots of [2, 4]) expect(await run(join(folder.path, `slots-${slots}`), slots, 3)).toBe(want);
    const { length } = await readFile(join(whole, 'journal.jsonl'));
    const cuts = keyedStream('conditional cuts');
    for (let cut = 0; cut < 4; cut++) {
      const path = join(folder.path, `cut-${cut}`);
      await cp(whole, path, { recursive: true });
      await truncate(join(path, 'journal.jsonl'), cuts.below(length));
      expect(await run(path, 1 + (cut % 4), cut), `cut ${cut}`).toBe(want);
    }
  }, 60_000);
});
