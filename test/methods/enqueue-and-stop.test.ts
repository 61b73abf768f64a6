import { cp, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/campaign/campaign.js';
import type { SearchSpace } from '../../src/campaign/search-space.js';
import { contextOf } from '../../src/contracts/method/method-subject.js';
import { gridMethod } from '../../src/methods/grid/grid.js';
import type { MethodContext } from '../../src/methods/method-kind.js';
import { randomMethod } from '../../src/methods/random/random.js';
import { sobolMethod } from '../../src/methods/sobol/sobol.js';
import { createStopWatch } from '../../src/methods/stop-rule.js';
import { tpeMethod } from '../../src/methods/tpe/tpe.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { emptyFolder } from '../support/command-line.js';
import { landscape } from '../support/landscape.js';
import { searchPlan } from '../support/plans.js';
import { playOut } from '../support/play-out.js';
import { runWindowed } from '../support/windowed-campaign.js';

const space: SearchSpace = {
  hidden: { kind: 'values', values: [2, 4, 8, 16, 32, 64], probabilities: null },
  dropout: { kind: 'values', values: [0, 0.1, 0.2, 0.35, 0.5, 0.7], probabilities: null },
  learning_rate: { kind: 'values', values: [0.01, 0.03, 0.1], probabilities: null },
};
const known = { hidden: 32, dropout: 0.35, learning_rate: 0.01 };

function methodsWith(rules: Pick<MethodContext, 'enqueue' | 'stop'>) {
  const context = { ...contextOf({ space }), ...rules };
  // With one repeat, no setting is proposed again, so each proposal is another setting.
  const comparison = { ...context.comparison, repeats: { first: 1, most: 1 } };
  return {
    grid: () => gridMethod.create({ ...searchPlan, options: {} }, context),
    random: () => randomMethod.create({ ...searchPlan, options: { trials: 60 } }, context),
    sobol: () => sobolMethod.create({ ...searchPlan, options: { trials: 60 } }, context),
    tpe: () =>
      tpeMethod.create(
        { ...searchPlan, options: { trials: 60, start: 8, window: 8 } },
        { ...context, comparison },
      ),
  };
}

/** The settings on repeat 1, in the order of asking. */
const settingsOf = ({ trials }: Campaign) =>
  [...trials.values()]
    .filter(({ spec }) => spec.repeat === 1)
    .sort((a, b) => (a.number ?? 0) - (b.number ?? 0))
    .map(({ spec }) => spec.parameters);

const stop = { noImprovement: 12, target: null };
const names = ['grid', 'random', 'sobol', 'tpe'] as const;

describe.each(names)('%s', (name) => {
  it('runs the settings first that the config asks for', () => {
    const settings = settingsOf(playOut(methodsWith({ enqueue: [known] })[name](), landscape()));
    expect(settings[0]).toEqual(known);
    expect(settings.filter((one) => JSON.stringify(one) === JSON.stringify(known))).toHaveLength(1);
    expect(settings.length).toBeLessThanOrEqual(name === 'grid' ? 108 : 60);
  });

  it('ends when settings bring nothing better, with those that ran at that time', () => {
    const campaign = playOut(methodsWith({ enqueue: [known], stop })[name](), landscape());
    // The first setting is the best of all. Seven more are asked for until the twelfth after it has settled.
    expect(settingsOf(campaign)).toHaveLength(1 + 12 + 7);
    expect(campaign.conclusion?.kind).toBe('chosen');
    expect(campaign.batches.map(({ because }) => because).join(' ')).toContain(
      'The search ends: the last 12 settings brought nothing better.',
    );
  });

  it('leaves the same bytes for 1, 2 and 4 workers, and when its journal is cut', async () => {
    const create = methodsWith({ enqueue: [known], stop })[name];
    await using folder = await emptyFolder();
    const run = (path: string, slots: number, order: number) =>
      runWindowed(path, slots, order, undefined, undefined, create());
    const whole = join(folder.path, 'whole');
    const want = await run(whole, 1, 1);
    for (const slots of [2, 4]) expect(await run(join(folder.path, `slots-${slots}`), slots, 3)).toBe(want);
    const { length } = await readFile(join(whole, 'journal.jsonl'));
    const cuts = keyedStream('stop cuts');
    for (let cut = 0; cut < 3; cut++) {
      const path = join(folder.path, `cut-${cut}`);
      await cp(whole, path, { recursive: true });
      await truncate(join(path, 'journal.jsonl'), cuts.below(length));
      expect(await run(path, 1 + cut, cut), `cut ${cut}`).toBe(want);
    }
  }, 60_000);
});

describe('the rule that ends a search', () => {
  const watch = (rule: Parameters<typeof createStopWatch>[0], scores: readonly number[]) => {
    const watching = createStopWatch(rule, { name: 'val_loss', goal: 'minimize' });
    return scores.map((score) => {
      watching.observe(score);
      return watching.reason;
    });
  };

  it('counts settings without a gain, failed ones too', () => {
    const reasons = watch({ noImprovement: 2, target: null }, [Number.POSITIVE_INFINITY, 3, 3, 2, 2.5, 4, 1]);
    const reason = 'The search ends: the last 2 settings brought nothing better.';
    expect(reasons).toEqual([null, null, null, null, null, reason, reason]);
  });

  it('ends at a target, once it is reached', () => {
    const reasons = watch({ noImprovement: null, target: 0.5 }, [0.6, 0.5]);
    expect(reasons).toEqual([null, 'The search ends: val_loss 0.5 reaches the target 0.5.']);
  });
});
