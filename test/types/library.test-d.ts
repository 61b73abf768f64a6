// What the compiler has to accept and to reject in programs that use the library. `tsc` checks this file; nothing here
// runs.
import { expectTypeOf, test } from 'vitest';
import type { TrialRecord } from '../../src/extend.js';
import {
  type CampaignFacts,
  type CustomExecutor,
  defineConfig,
  fitFirst,
  forecast,
  grid,
  loadModel,
  type Outlet,
  type Parameters,
  type Prediction,
  type Range,
  random,
  type Summary,
  type TuneRun,
  tune,
  validate,
} from '../../src/index.js';

const space = {
  x: { values: [1, 2, 3] },
  kind: { values: ['a', 'b'] },
  rate: { min: 0, max: 1 },
  epochs: 5,
} as const;

test('a config is checked', () => {
  const config = defineConfig({
    data: { generate: 'spirals', rows: 100, classes: 2 },
    parameters: { hidden: { values: [8, 16] }, learning_rate: { min: 0.01, max: 1 }, epochs: 60 },
    metric: { name: 'val_loss', goal: 'minimize' },
    method: fitFirst({ grow: 'hidden', dropout: ['dropout'] }),
    repeats: { first: 1, most: 8 },
  });
  expectTypeOf(tune(config)).toEqualTypeOf<TuneRun>();
  expectTypeOf(
    tune({ ...config, folder: 'out', signal: new AbortController().signal }),
  ).toEqualTypeOf<TuneRun>();
  expectTypeOf(tune({ ...config, parameters: { hidden: 8 }, method: grid() })).toEqualTypeOf<TuneRun>();
  expectTypeOf(tune('config.yaml', { workers: 'auto', fresh: true })).toEqualTypeOf<TuneRun>();

  // @ts-expect-error no search space
  tune({ method: grid() });
  // @ts-expect-error a list is not a domain
  tune({ parameters: { hidden: [8, 16] }, method: grid() });
  // @ts-expect-error half a range
  tune({ parameters: { rate: { min: 1 } }, method: grid() });
  // @ts-expect-error the goal is minimize or maximize
  tune({ parameters: {}, metric: { name: 'val_loss', goal: 'max' } });
  // @ts-expect-error a method is a function of the library, or one of the program
  tune({ parameters: {}, method: 'grid' });
  // @ts-expect-error a misspelt key
  tune({ parameters: {}, metod: grid() });
  // @ts-expect-error random search has a number of trials
  random({});
  // @ts-expect-error nothing grows
  fitFirst({ dropout: ['dropout'] });
  // @ts-expect-error a table has a target
  tune({ parameters: {}, data: { path: 't.csv' } });
  // @ts-expect-error a cell is no list
  tune({ parameters: {}, data: { rows: [{ a: [1] }], target: 'a' } });
  // @ts-expect-error no such set
  tune({ parameters: {}, data: { generate: 'moon' } });
  // @ts-expect-error the options of a run are not part of a config
  defineConfig({ parameters: {}, folder: 'out' });
  // @ts-expect-error an outlet has to finish
  tune({ parameters: {}, outlets: [{ name: 'x', onEntry: () => {} }] });
});

test('a train function gets the settings of its search space', () => {
  tune({
    parameters: space,
    method: grid(),
    trainer: async function* (parameters, context) {
      expectTypeOf(parameters.x).toEqualTypeOf<1 | 2 | 3>();
      expectTypeOf(parameters.kind).toEqualTypeOf<'a' | 'b'>();
      expectTypeOf(parameters.rate).toEqualTypeOf<number>();
      expectTypeOf(parameters.epochs).toEqualTypeOf<5>();
      expectTypeOf(context.signal).toEqualTypeOf<AbortSignal>();
      expectTypeOf(context.data?.training.inputs).toEqualTypeOf<Float64Array | undefined>();
      // @ts-expect-error no such parameter
      yield { val_loss: parameters.y };
    },
  });
  const config = defineConfig({
    parameters: space,
    trainer: { version: 1, train: async ({ rate }) => ({ val_loss: rate }) },
  });
  expectTypeOf(validate(config)).toEqualTypeOf<Promise<CampaignFacts>>();
  tune({ parameters: {}, trainer: { module: './train.js', version: 2 } });
  tune({ parameters: {}, trainer: { command: ['python3', 'train.py'] } });

  // @ts-expect-error a report holds numbers
  tune({ parameters: space, trainer: async () => ({ val_loss: 'low' }) });
  // @ts-expect-error a train function is asynchronous
  tune({ parameters: space, trainer: () => ({ val_loss: 1 }) });
  // @ts-expect-error another parameter than those of the space
  tune({ parameters: space, trainer: async ({ y }: { readonly y: number }) => ({ val_loss: y }) });
  // @ts-expect-error neither train nor module nor command
  tune({ parameters: {}, trainer: { version: 1 } });
});

test('events are distinguished by their type', async () => {
  for await (const event of tune({ parameters: space, method: grid() })) {
    expectTypeOf(event.seq).toEqualTypeOf<number>();
    expectTypeOf(event.at).toEqualTypeOf<string>();
    if (event.type === 'trial-reported') {
      expectTypeOf(event.report.epoch).toEqualTypeOf<number>();
      expectTypeOf(event.report.metrics).toEqualTypeOf<Readonly<Record<string, number>>>();
      // @ts-expect-error events are read-only
      event.report.epoch = 1;
    }
    if (event.type === 'campaign-concluded')
      expectTypeOf(event.kind).toEqualTypeOf<'chosen' | 'nothing-fits' | 'failed' | 'stopped'>();
    // @ts-expect-error no such event
    if (event.type === 'trial-finish') return;
  }
});

test('results are read-only', async () => {
  const result = await tune({ parameters: space, method: grid() }).result;
  expectTypeOf(result.chosen).toEqualTypeOf<Parameters | null>();
  expectTypeOf(result.summary).toEqualTypeOf<Summary>();
  expectTypeOf(result.folder).toEqualTypeOf<string>();
  expectTypeOf(result.ended).toEqualTypeOf<'concluded' | 'interrupted' | 'budget-spent'>();
  expectTypeOf(result.campaign.trials).toEqualTypeOf<readonly TrialRecord[]>();
  // @ts-expect-error read-only
  result.chosen = null;
  // @ts-expect-error read-only
  result.campaign.trials.push();
  // @ts-expect-error read-only
  result.summary.trials = 3;
  // @ts-expect-error read-only
  if (result.chosen !== null) result.chosen.x = 3;
});

test('forecasts and models are plain', async () => {
  const made = await forecast({ parameters: space }, { seconds: 5 });
  expectTypeOf(made.trials).toEqualTypeOf<Range>();
  expectTypeOf(made.seconds).toEqualTypeOf<Range | null>();
  // @ts-expect-error the options of a run are not those of a forecast
  await forecast({ parameters: space }, { outlets: [] });

  const model = await loadModel('results/x');
  expectTypeOf(model.classes).toEqualTypeOf<readonly string[] | null>();
  expectTypeOf(model.predict([{ a: 1, b: 'x', c: null }, [1, 'x', undefined]])).toEqualTypeOf<
    Promise<readonly Prediction[]>
  >();
  // @ts-expect-error rows are a list
  await model.predict({ a: 1 });
  // @ts-expect-error a model is loaded from a folder
  await loadModel(model);
});

test('executors and outlets of a program fit', () => {
  const outlet: Outlet = {
    name: 'count',
    onEntry: ({ event }, campaign) => {
      expectTypeOf(event.type).toExtend<string>();
      expectTypeOf(campaign.trials).toEqualTypeOf<readonly TrialRecord[]>();
    },
    finish: () => {},
  };
  const executor: CustomExecutor = {
    name: 'far',
    runs: ['module'],
    create: ({ slots }) => ({
      slots,
      run: async () => ({ kind: 'stopped' }),
      [Symbol.asyncDispose]: async () => {},
    }),
  };
  tune({ parameters: space, executor, outlets: [outlet] });
  tune({ parameters: space, executor: 'in_process' });
  tune({ parameters: space, executor: { threads: { grace: '5s' } } });
  // @ts-expect-error no form of a trainer
  tune({ parameters: space, executor: { ...executor, runs: ['thread'] } });
});
