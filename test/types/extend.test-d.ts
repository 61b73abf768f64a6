// What the compiler has to accept and to reject in packages that extend fitfirst. `tsc` checks this file.
import { expectTypeOf, test } from 'vitest';
import { type CustomMethod, defineMethod, type TrialRecord } from '../../src/extend.js';
import { tune } from '../../src/index.js';
import { defineTrainer, type TrainContext } from '../../src/trainer.js';

const plan = {
  stages: [{ name: 'search', role: 'search' }],
  growth: null,
  regularisers: [],
  options: { trials: 5 },
} as const;

test('a method gets its own options and plain trials', () => {
  const one = defineMethod({
    name: 'one',
    plan: () => plan,
    *search({ options }, { space, score }) {
      expectTypeOf(options.trials).toEqualTypeOf<5>();
      expectTypeOf(Object.keys(space)).toEqualTypeOf<string[]>();
      const [trial] = yield { kind: 'collect' };
      expectTypeOf(trial).toEqualTypeOf<TrialRecord | undefined>();
      if (trial !== undefined) expectTypeOf(score(trial)).toEqualTypeOf<number>();
      return { kind: 'conclusion', ending: 'failed', chosen: null, because: 'It only shows types.' };
    },
  });
  expectTypeOf(one).toExtend<CustomMethod>();
  tune({ parameters: { x: 1 }, method: one });

  // @ts-expect-error a plan has stages
  defineMethod({ ...one, plan: () => ({ options: {} }) });
  defineMethod({
    ...one,
    // @ts-expect-error a batch has a reason
    *search() {
      yield { kind: 'batch', stage: 'search', trials: [] };
      return { kind: 'conclusion', ending: 'failed', chosen: null, because: '' };
    },
  });
});

test('a trainer module keeps the form of its function', () => {
  const generator = defineTrainer<{ readonly rate: number }>(async function* ({ rate }) {
    yield { val_loss: rate };
  });
  expectTypeOf(generator).parameters.toEqualTypeOf<[{ readonly rate: number }, TrainContext]>();
  expectTypeOf(generator).returns.toExtend<AsyncIterable<unknown>>();
  const single = defineTrainer(async ({ rate }) => ({ val_loss: Number(rate) }));
  expectTypeOf(single).returns.toExtend<Promise<unknown>>();
  // @ts-expect-error a report holds numbers
  defineTrainer(async () => ({ val_loss: '0.5' }));
});
