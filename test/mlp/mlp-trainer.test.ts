import { describe, expect, it } from 'vitest';
import type { Parameters } from '../../src/campaign/parameters.js';
import { partsOf } from '../../src/data/split/split.js';
import { compiledKernel } from '../../src/mlp/compiled-kernel.js';
import type { EngineFactory } from '../../src/mlp/engine.js';
import { kernelEngines } from '../../src/mlp/kernel-engine.js';
import { createMlpTrainer } from '../../src/mlp/mlp-trainer.js';
import { readNetwork } from '../../src/mlp/network-file.js';
import { predictorOf } from '../../src/mlp/prediction.js';
import { exclusiveOr, products, rings } from './data-set-of.js';
import { networkOf, runTrial } from './trial-runs.js';

const small: Parameters = { hidden: 8, learning_rate: 0.01 };

describe('the built-in trainer', () => {
  it('reports loss and accuracy of the training and validation parts after every epoch', async () => {
    const { reports, network } = await runTrial(rings(90, 3), small, { epochs: 3 });
    expect(reports.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    for (const { metrics } of reports) {
      expect(Object.keys(metrics)).toEqual(['train_loss', 'train_accuracy', 'val_loss', 'val_accuracy']);
    }
    expect(network).toBeNull();
  });

  it('reports loss, r2 and rmse in units of the target where the target is a number', async () => {
    const { reports } = await runTrial(products(200), { hidden: 32, learning_rate: 0.01 }, { epochs: 60 });
    const { train_loss = 0, train_r2 = 0, train_rmse = 0 } = reports.at(-1)?.metrics ?? {};
    expect(train_r2).toBeGreaterThan(0.9);
    // The standardised targets of the training part have variance 1, and the loss is half the squared error.
    expect(train_r2).toBeCloseTo(1 - 2 * train_loss, 10);
    expect(train_rmse).toBeGreaterThan(1);
    expect(train_rmse).toBeLessThan(8);
  });

  it('reports further scores of a part only where the metric or the early end names them', async () => {
    const metric = { name: 'val_roc_auc', goal: 'maximize' } as const;
    const until = { metric: 'train_f1', goal: 'maximize', bound: 0.9 } as const;
    const { reports } = await runTrial(rings(90, 2), { ...small, epochs: 40 }, { epochs: 40, metric, until });
    expect(Object.keys(reports[0]?.metrics ?? {})).toEqual([
      'train_loss',
      'train_accuracy',
      'train_f1',
      'val_loss',
      'val_accuracy',
      'val_roc_auc',
    ]);
    expect(reports.at(-1)?.metrics.train_f1).toBeGreaterThanOrEqual(0.9);
    expect(reports.length).toBeLessThan(40);
  });

  it('ends by patience in whatever the campaign goes by', async () => {
    const metric = { name: 'val_balanced_accuracy', goal: 'maximize' } as const;
    const { reports } = await runTrial(rings(90, 2), { ...small, patience: 3 }, { epochs: 200, metric });
    const values = reports.map(({ metrics }) => metrics.val_balanced_accuracy ?? 0);
    const best = values.indexOf(Math.max(...values));
    expect(reports.length).toBe(best + 1 + 3);
  });

  it('learns what no straight line can tell apart', async () => {
    const parameters = { hidden: 64, learning_rate: 0.01 };
    const { reports } = await runTrial(rings(600, 3), parameters, { epochs: 60 });
    expect(reports.at(-1)?.metrics.val_accuracy).toBeGreaterThan(0.97);
  });

  it.each([
    { optimizer: 'sgd', learning_rate: 0.1, activation: 'tanh', init: 'glorot' },
    { optimizer: 'sgd', nesterov: true, learning_rate: 0.1, lr_schedule: 'cosine' },
    { optimizer: 'adamw', weight_decay: 0.01, lr_schedule: 'one_cycle', learning_rate: 0.03 },
    { activation: 'sigmoid', init: 'glorot', learning_rate: 0.03, hidden: [16, 16] },
    { dropout: 0.3, max_norm: 3, learning_rate: 0.02 },
    { loss: 'squared_error', class_weights: 'balanced', lr_schedule: 'step', learning_rate: 0.02 },
    { label_smoothing: 0.1, batch_size: 'full', learning_rate: 0.05 },
  ])('learns with %j', async (parameters: Parameters) => {
    const { reports } = await runTrial(rings(300, 2), { hidden: 32, ...parameters }, { epochs: 80 });
    expect(reports.at(-1)?.metrics.train_accuracy).toBeGreaterThan(0.97);
  });

  it('starts from the same weights on the same repeat whatever the rates, and from others on another', async () => {
    const startedWith = async (parameters: Parameters, repeat: number): Promise<Float64Array> => {
      let started = new Float64Array();
      const createEngine: EngineFactory = (options, parts) => {
        const engine = kernelEngines(compiledKernel())(options, parts);
        const start = engine.start.bind(engine);
        engine.start = (weights) => {
          started = weights.slice();
          start(weights);
        };
        return engine;
      };
      await runTrial(rings(60, 2), parameters, { epochs: 1, repeat, createEngine });
      return started;
    };
    const one = await startedWith(small, 1);
    expect(await startedWith({ ...small, dropout: 0.5, learning_rate: 0.1, optimizer: 'sgd' }, 1)).toEqual(
      one,
    );
    expect(await startedWith(small, 2)).not.toEqual(one);
  });

  it('gives equal reports for equal seeds and repeats, and others for others', async () => {
    const dataset = rings(90, 3);
    const parameters = { ...small, dropout: 0.3, input_dropout: 0.1 };
    const run = await runTrial(dataset, parameters, { epochs: 3 });
    expect((await runTrial(dataset, parameters, { epochs: 3 })).reports).toEqual(run.reports);
    expect((await runTrial(dataset, parameters, { epochs: 3, repeat: 2 })).reports).not.toEqual(run.reports);
    expect((await runTrial(dataset, parameters, { epochs: 3, seed: 8 })).reports).not.toEqual(run.reports);
  });

  it('gives what it gives whatever the same trainer ran before, or left half done', async () => {
    const dataset = rings(90, 3);
    const parameters = { ...small, dropout: 0.3, optimizer: 'adam' };
    const options = { epochs: 3, finish: { on: 'training', checkpoint: 'best' } } as const;
    const alone = await runTrial(dataset, parameters, options);
    const trainer = createMlpTrainer(dataset, compiledKernel());
    await runTrial(dataset, { hidden: 90, learning_rate: 900, optimizer: 'sgd' }, { epochs: 5, trainer });
    let asked = 0;
    await runTrial(dataset, parameters, { epochs: 99, trainer, shouldStop: () => ++asked > 9 });
    for (let repeat = 2; repeat < 20; repeat++)
      await runTrial(dataset, small, { epochs: 1, repeat, trainer });
    const afterwards = await runTrial(dataset, parameters, { ...options, trainer });
    expect(afterwards.reports).toEqual(alone.reports);
    expect(afterwards.network).toEqual(alone.network);
  });

  it('trains in single precision unless it is asked for double', async () => {
    const weightsIn = async (parameters: Parameters) => {
      const finish = { on: 'training', checkpoint: 'last' } as const;
      return readNetwork(networkOf(await runTrial(rings(90, 3), parameters, { epochs: 2, finish })).bytes);
    };
    const [single, double] = [await weightsIn(small), await weightsIn({ ...small, precision: 'f64' })];
    expect([single.precision, double.precision]).toEqual(['f32', 'f64']);
    expect(single.weights.every((weight) => Math.fround(weight) === weight)).toBe(true);
    expect(double.weights.every((weight) => Math.fround(weight) === weight)).toBe(false);
    single.weights.forEach((weight, k) => {
      expect(weight).toBeCloseTo(double.weights[k] ?? Number.NaN, 4);
    });
  });

  it('reports every so many epochs and after the last, with the same numbers', async () => {
    const every = await runTrial(rings(90, 3), small, { epochs: 7 });
    const some = await runTrial(rings(90, 3), { ...small, report_every: 3 }, { epochs: 7 });
    expect(some.reports).toEqual([2, 5, 6].map((k) => every.reports[k]));
  });

  it('ends after the report that meets the early end', async () => {
    const until = { metric: 'train_accuracy', goal: 'maximize', bound: 0.9 } as const;
    const { reports } = await runTrial(
      rings(300, 2),
      { hidden: 32, learning_rate: 0.02 },
      { epochs: 200, until },
    );
    expect(reports.length).toBeLessThan(200);
    const reached = reports.map(({ metrics }) => (metrics.train_accuracy ?? 0) >= 0.9);
    expect(reached.indexOf(true)).toBe(reports.length - 1);
  });

  it('ends when patience is over, so many epochs after the best one', async () => {
    const parameters = { hidden: 64, learning_rate: 0.1, patience: 4 };
    const { reports } = await runTrial(rings(60, 2), parameters, { epochs: 500 });
    const losses = reports.map(({ metrics }) => metrics.val_loss ?? Number.NaN);
    const best = losses.indexOf(Math.min(...losses));
    expect(reports.length).toBeLessThan(500);
    expect(reports.length - 1 - best).toBe(4);
  });

  it('returns without a network as soon as it is told to stop', async () => {
    let asked = 0;
    const { reports, network } = await runTrial(rings(90, 3), small, {
      epochs: 1000,
      finish: { on: 'training', checkpoint: 'last' },
      shouldStop: () => ++asked > 20,
    });
    expect(reports.length).toBeLessThan(20);
    expect(network).toBeNull();
  });

  it('says a number that is not finite where training diverges, and ends', async () => {
    const parameters = { hidden: 8, optimizer: 'sgd', learning_rate: 1000, loss: 'squared_error' };
    const { reports, network } = await runTrial(products(100), parameters, {
      epochs: 50,
      finish: { on: 'training', checkpoint: 'last' },
    });
    expect(reports.length).toBeLessThan(50);
    expect(Number.isFinite(reports.at(-1)?.metrics.train_loss)).toBe(false);
    expect(network).toBeNull();
  });

  it('says so at once even where reports are rare', async () => {
    const parameters = { hidden: 8, optimizer: 'sgd', learning_rate: 1000, report_every: 1000 };
    const { reports } = await runTrial(products(100), parameters, { epochs: 1000 });
    expect(reports).toHaveLength(1);
    expect(reports[0]?.epoch).toBeLessThan(1000);
  });

  it.each([
    [{ loss: 'cross_entropy' }, 'loss: cross_entropy needs classes'],
    [{ label_smoothing: 0.1 }, 'label_smoothing needs classes'],
    [{ class_weights: 'balanced' }, 'class_weights: balanced needs classes'],
    [{ hiden: 3 }, 'hiden'],
  ])('refuses %j for a target that is a number', async (parameters: Parameters, message) => {
    await expect(runTrial(products(50), parameters, { epochs: 1 })).rejects.toThrow(message);
  });

  it('reports the test part only where the metric of the campaign asks for it', async () => {
    const metric = { name: 'test_loss', goal: 'minimize' } as const;
    const asked = await runTrial(rings(90, 3), small, { epochs: 1, metric });
    const not = await runTrial(rings(90, 3), small, { epochs: 1 });
    expect(asked.reports[0]?.metrics.test_loss).toBeGreaterThan(0);
    expect(not.reports[0]?.metrics).not.toHaveProperty('test_loss');
  });
});

describe('a trial of the finish', () => {
  it('hands over the network of the epoch that is best by the metric', async () => {
    const parameters = { hidden: 64, learning_rate: 0.05 };
    const dataset = products(60);
    const run = await runTrial(dataset, parameters, {
      epochs: 40,
      finish: { on: 'training', checkpoint: 'best' },
    });
    const losses = run.reports.map(({ metrics }) => metrics.val_loss ?? Number.NaN);
    const best = losses.indexOf(Math.min(...losses)) + 1;
    expect(best).toBeLessThan(40);
    const upToBest = await runTrial(
      dataset,
      { ...parameters, epochs: 40 },
      {
        epochs: best,
        finish: { on: 'training', checkpoint: 'last' },
      },
    );
    expect(networkOf(run).bytes).toEqual(networkOf(upToBest).bytes);
    expect(readNetwork(networkOf(run).bytes).epoch).toBe(best);
  });

  it('is measured on the test part as the kernel measures it, loss by loss', async () => {
    for (const precision of ['f32', 'f64']) {
      const metric = { name: 'test_loss', goal: 'minimize' } as const;
      const run = await runTrial(
        rings(300, 3),
        { hidden: 80, learning_rate: 0.02, precision },
        { epochs: 9, metric, finish: { on: 'training', checkpoint: 'last' } },
      );
      const reported = run.reports.at(-1)?.metrics ?? {};
      const { test } = networkOf(run).evaluation;
      expect(test?.accuracy?.value).toBe(reported.test_accuracy);
      expect(test?.loss?.value).toBeCloseTo(reported.test_loss ?? Number.NaN, precision === 'f32' ? 6 : 12);
    }
  });

  it(
    'measures every score of classes on the test part, each with its interval, and the ' +
      'redundancy of units',
    async () => {
      const dataset = rings(300, 3);
      const run = await runTrial(
        dataset,
        { hidden: 32, learning_rate: 0.01 },
        {
          epochs: 30,
          repeat: 0,
          finish: { on: 'training', checkpoint: 'best' },
        },
      );
      const { bytes, evaluation } = networkOf(run);
      expect(Object.keys(evaluation.test ?? {})).toEqual([
        'accuracy',
        'loss',
        'balanced_accuracy',
        'f1',
        'roc_auc',
        'brier',
      ]);
      for (const { value, low, high } of Object.values(evaluation.test ?? {})) {
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
      }
      // Samples of rows that are all right show no spread, but Wilson's interval and losses do.
      for (const name of ['accuracy', 'loss']) {
        const { low, high } = evaluation.test?.[name] ?? { low: null, high: null };
        expect((high ?? 0) - (low ?? 0)).toBeGreaterThan(0);
      }
      expect(evaluation.redundancy).toBeGreaterThan(0);
      expect(evaluation.redundancy).toBeLessThan(1);

      const { test } = partsOf(dataset, 7, 0);
      const x = Float64Array.from([...test].flatMap((row) => [...dataset.x.slice(row * 2, row * 2 + 2)]));
      const answers = predictorOf(readNetwork(bytes))(x);
      const right = [...test].filter((row, k) => {
        const probabilities = [...answers.slice(k * 3, k * 3 + 3)];
        expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
        return probabilities.indexOf(Math.max(...probabilities)) === dataset.y[row];
      });
      expect(evaluation.test?.accuracy?.value).toBe(right.length / test.length);

      const { errors } = evaluation;
      if (errors?.kind !== 'confusion') throw new Error('classes have a confusion');
      const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
      expect(errors.rows).toEqual(
        [0, 1, 2].map((k) => [...test].filter((row) => dataset.y[row] === k).length),
      );
      expect(total(errors.right)).toBe(right.length);
      expect(total(errors.mistakes.map(([, , rows]) => rows))).toBe(test.length - right.length);
    },
  );

  it('measures loss, r2, rmse and mae where the target is a number, and predicts in its units', async () => {
    const dataset = products(300);
    const run = await runTrial(
      dataset,
      { hidden: 32, learning_rate: 0.01 },
      {
        epochs: 40,
        repeat: 0,
        finish: { on: 'training', checkpoint: 'best' },
      },
    );
    const { bytes, evaluation } = networkOf(run);
    const { test } = partsOf(dataset, 7, 0);
    const x = Float64Array.from([...test].flatMap((row) => [...dataset.x.slice(row * 3, row * 3 + 3)]));
    const answers = predictorOf(readNetwork(bytes))(x);
    const squares = [...test].map((row, k) => ((answers[k] ?? 0) - (dataset.y[row] ?? 0)) ** 2);
    const rmse = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / test.length);
    expect(Object.keys(evaluation.test ?? {})).toEqual(['loss', 'r2', 'rmse', 'mae']);
    expect(evaluation.test?.rmse?.value).toBeCloseTo(rmse, 9);
    expect(evaluation.test?.r2?.low).toBeLessThan(evaluation.test?.r2?.value ?? 0);

    const { errors } = evaluation;
    if (errors?.kind !== 'residuals') throw new Error('numbers have residuals');
    const pairs = [...test].map((row, k) => [dataset.y[row] ?? 0, answers[k] ?? 0] as const);
    expect(errors.points).toEqual(pairs.sort(([a, b], [c, d]) => a - c || b - d));
  });

  it('trains on training and validation rows together where it is asked to, and has no validation then', async () => {
    const run = await runTrial(rings(90, 3), small, {
      epochs: 2,
      repeat: 0,
      finish: { on: 'all', checkpoint: 'last' },
    });
    expect(Object.keys(run.reports[0]?.metrics ?? {})).toEqual(['train_loss', 'train_accuracy']);
    expect(networkOf(run).evaluation.test).not.toBeNull();
  });

  it('has one sigmoid output for two classes under squared error, and answers for both', async () => {
    const run = await runTrial(
      exclusiveOr(),
      { hidden: 8, loss: 'squared_error', learning_rate: 0.05, activation: 'tanh' },
      { epochs: 500, finish: { on: 'training', checkpoint: 'last' } },
    );
    const network = readNetwork(networkOf(run).bytes);
    expect(network.shape).toMatchObject({ outputs: 1, output: 'sigmoid' });
    const answers = predictorOf(network)(Float64Array.of(0, 1, 1, 1, 1, 1));
    expect(answers[1]).toBeGreaterThan(0.8);
    expect(answers[2]).toBeGreaterThan(0.8);
    expect((answers[0] ?? 0) + (answers[1] ?? 0)).toBe(1);
  });
});
