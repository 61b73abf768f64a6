import { describe, expect, it } from 'vitest';
import type { Parameters } from '../../src/campaign/parameters.js';
import { exclusiveOr, products, rings } from './data-set-of.js';
import { runTrial } from './trial-runs.js';

type Options = Parameters[string];

const dataset = rings(90, 3);
const base: Parameters = {
  hidden: [8, 6],
  dropout: 0.3,
  input_dropout: 0.1,
  learning_rate: 0.02,
  batch_size: 16,
};
const finish = { on: 'training', checkpoint: 'best' } as const;

const optimizers: readonly Readonly<Record<string, Options>>[] = [
  { optimizer: 'adam' },
  { optimizer: 'adamw', weight_decay: 0.01 },
  { optimizer: 'sgd' },
  { optimizer: 'sgd', momentum: 0.9 },
  { optimizer: 'sgd', momentum: 0.9, nesterov: true },
];
const cases = optimizers.flatMap((optimizer) =>
  ['f32', 'f64'].map((precision) => ({ ...optimizer, precision })),
);

describe('a trial that goes on from the checkpoint of a shorter one', () => {
  it.each(cases)('gives the bits of a trial that was trained in one go, with %j', async (parameters) => {
    const setting = { ...base, ...parameters };
    const whole = await runTrial(dataset, setting, { epochs: 12, finish });
    for (const epochs of [1, 7, 11]) {
      const { checkpoint: from } = await runTrial(dataset, setting, { epochs, finish });
      const rest = await runTrial(dataset, setting, { epochs: 12, finish, from });
      expect(rest.reports).toEqual(whole.reports.slice(epochs));
      expect(rest.network).toEqual(whole.network);
      expect(rest.checkpoint).toEqual(whole.checkpoint);
    }
  });

  it.each(['cosine', 'step', 'one_cycle'])(
    'follows the schedule %s if it runs over the same epochs',
    async (schedule) => {
      const setting = { ...base, lr_schedule: schedule, epochs: 12 };
      const whole = await runTrial(dataset, setting, { epochs: 12, finish });
      for (const epochs of [1, 5, 11]) {
        const { checkpoint: from } = await runTrial(dataset, setting, { epochs, finish });
        const rest = await runTrial(dataset, setting, { epochs: 12, finish, from });
        expect(rest.reports).toEqual(whole.reports.slice(epochs));
        expect(rest.network).toEqual(whole.network);
      }
    },
  );

  it('trains from the start if its schedule runs over more epochs', async () => {
    const setting = { ...base, lr_schedule: 'cosine', epochs: 6 };
    const { checkpoint: from } = await runTrial(dataset, setting, { epochs: 6 });
    const whole = await runTrial(dataset, setting, { epochs: 12 });
    expect(await runTrial(dataset, setting, { epochs: 12, from })).toEqual(whole);
  });

  it('can go on again and again', async () => {
    const whole = await runTrial(dataset, base, { epochs: 16 });
    const reports = [];
    let from = null;
    for (const epochs of [2, 4, 8, 16]) {
      const run = await runTrial(dataset, base, { epochs, from });
      reports.push(...run.reports);
      from = run.checkpoint;
    }
    expect(reports).toEqual(whole.reports);
    expect(from).toEqual(whole.checkpoint);
  });

  it('remembers how long patience has lasted', async () => {
    const impatient = { hidden: 64, learning_rate: 0.1, patience: 4 };
    const whole = await runTrial(rings(60, 2), impatient, { epochs: 500 });
    const last = whole.reports.length;
    expect(last).toBeGreaterThan(4);
    expect(last).toBeLessThan(500);
    for (let epochs = 1; epochs < last; epochs++) {
      const { checkpoint: from } = await runTrial(rings(60, 2), impatient, { epochs });
      const rest = await runTrial(rings(60, 2), impatient, { epochs: 500, from });
      expect(rest.reports).toEqual(whole.reports.slice(epochs));
    }
  });

  it('reports when a report is due, whatever the shorter trial reported at its end', async () => {
    const setting = { ...base, report_every: 3, patience: 6 };
    const whole = await runTrial(dataset, setting, { epochs: 30 });
    for (let epochs = 1; epochs < (whole.reports.at(-1)?.epoch ?? 0); epochs++) {
      const before = await runTrial(dataset, setting, { epochs });
      const from = before.checkpoint;
      const rest = await runTrial(dataset, setting, { epochs: 30, from });
      const kept = before.reports.filter(({ epoch }) => epoch <= (from?.reportsUpTo ?? 0));
      expect([...kept, ...rest.reports]).toEqual(whole.reports);
    }
  });

  it('ends at the epoch at which it reaches its target', async () => {
    const until = { metric: 'train_accuracy', goal: 'maximize', bound: 1 } as const;
    const setting = { hidden: 16, learning_rate: 0.05 };
    const whole = await runTrial(exclusiveOr(), setting, { epochs: 500, until });
    const last = whole.reports.length;
    expect(last).toBeGreaterThan(2);
    for (const epochs of [1, last - 1]) {
      const { checkpoint: from } = await runTrial(exclusiveOr(), setting, { epochs, until });
      const rest = await runTrial(exclusiveOr(), setting, { epochs: 500, until, from });
      expect(rest.reports).toEqual(whole.reports.slice(epochs));
    }
  });

  it('goes on where the target is a number', async () => {
    const setting = { ...base, max_norm: 2, weight_decay: 0.001 };
    const whole = await runTrial(products(80), setting, { epochs: 8, finish });
    const { checkpoint: from } = await runTrial(products(80), setting, { epochs: 5, finish });
    const rest = await runTrial(products(80), setting, { epochs: 8, finish, from });
    expect(rest.reports).toEqual(whole.reports.slice(5));
    expect(rest.network).toEqual(whole.network);
  });

  it('refuses what is no checkpoint', async () => {
    const from = { epochs: 1, reportsUpTo: 1, state: new Uint8Array(100) };
    await expect(runTrial(dataset, base, { epochs: 2, from })).rejects.toThrow('no checkpoint');
  });

  it('refuses the checkpoint of another network', async () => {
    const { checkpoint: from } = await runTrial(dataset, { ...base, hidden: 5 }, { epochs: 1 });
    await expect(runTrial(dataset, base, { epochs: 2, from })).rejects.toThrow(RangeError);
  });
});

describe('a trial that ends before its last epoch', () => {
  it('leaves no checkpoint, for a longer one would end there too', async () => {
    const impatient = { hidden: 64, learning_rate: 0.1, patience: 4 };
    expect((await runTrial(rings(60, 2), impatient, { epochs: 500 })).checkpoint).toBeNull();
  });
});
