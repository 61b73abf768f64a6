import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/campaign/outcome.js';
import type { Executor } from '../../src/execution/executor.js';
import { SlotQueue } from '../../src/execution/slot-queue.js';
import { Ear, giving, scripted } from './scripted-setup.js';

const complete: Outcome = { kind: 'finished', reason: 'complete', network: null };

/** An executor for the scripted trainer, and how that trainer's errors come out of it. */
export interface ExecutorUnderTest {
  readonly create: (slots: number) => Promise<Executor>;
  /** The seed that a trainer is told on a repeat. */
  readonly seedOn: (repeat: number) => number;
  /** The outcome of a trial whose trainer throws `the loss went away`. */
  readonly thrown: Outcome;
  /** The message of a trial that ends without a report. */
  readonly withoutReport: string;
}

/** What every executor has to do, wherever it runs trials. */
export function describeExecutor(
  name: string,
  { create, seedOn, thrown, withoutReport }: ExecutorUnderTest,
): void {
  describe(`${name}, as an executor`, () => {
    // One for all, as in a campaign: no trial, however it ends, may spoil the next.
    let executor: Executor;
    beforeAll(async () => {
      executor = await create(2);
    });
    afterAll(() => executor[Symbol.asyncDispose]());

    it('passes on every report, in order and before the run settles', async () => {
      const ear = new Ear();

      expect(await executor.run(scripted('reports', { epochs: 2_000, repeat: 4 }), ear)).toEqual(complete);

      expect(ear.reports.map((report) => report.epoch)).toEqual(
        Array.from({ length: 2_000 }, (_, i) => i + 1),
      );
      expect(ear.reports.at(-1)).toEqual({
        epoch: 2_000,
        metrics: { val_loss: 1 / 2_000, repeat: 4, seed: seedOn(4) },
      });
    });

    it('ends a trial with the first report that reaches its bound, and drops what would come after', async () => {
      const ear = new Ear();
      const until = { metric: 'val_loss', goal: 'minimize', bound: 0.25 } as const;

      const outcome = await executor.run(scripted('reports', { epochs: 100, until }), ear);

      expect(outcome).toEqual({ kind: 'finished', reason: 'fit', network: null });
      expect(ear.values('val_loss')).toEqual([1, 1 / 2, 1 / 3, 1 / 4]);
    });

    it.each(['nan', 'infinity'])('ends a trial as diverged at a metric of %s', async (value) => {
      const ear = new Ear();

      const outcome = await executor.run(scripted('diverge', { epochs: 4, value }), ear);

      expect(outcome).toEqual({ kind: 'diverged', epoch: 3 });
      expect(ear.values('val_loss')).toEqual([1, 0.5]);
    });

    it('calls a trial that throws failed, after its reports', async () => {
      const ear = new Ear();

      expect(await executor.run(scripted('throw'), ear)).toEqual(thrown);

      expect(ear.reports).toHaveLength(1);
    });

    it('calls a trial without a report failed', async () => {
      const outcome = await executor.run(giving([]), new Ear());

      expect(outcome).toEqual({ kind: 'failed', code: 'no-metric', message: withoutReport });
    });

    it('calls a trial without the metric failed', async () => {
      const message = 'The trainer ended without having reported "val_loss". It reported "train_loss", "lr".';
      const outcome = await executor.run(giving([{ train_loss: 1, lr: 0.1 }]), new Ear());

      expect(outcome).toEqual({ kind: 'failed', code: 'no-metric', message });
    });

    it('misses the metric of the early end too', async () => {
      const until = { metric: 'train_accuracy', goal: 'maximize', bound: 1 } as const;

      const outcome = await executor.run(giving([{ val_loss: 1 }], { until }), new Ear());

      expect(outcome).toMatchObject({ kind: 'failed', code: 'no-metric' });
    });

    it.each([
      [
        [
          { epoch: 2, val_loss: 1 },
          { epoch: 2, val_loss: 1 },
        ],
        'epoch 2 after epoch 2, but epochs only rise',
      ],
      [
        [
          { epoch: 3, val_loss: 1 },
          { epoch: 1, val_loss: 1 },
        ],
        'epoch 1 after epoch 3, but epochs only rise',
      ],
      [[{ epoch: 1.5, val_loss: 1 }], 'the epoch 1.5, but epochs are whole numbers from 1'],
      [[{ epoch: -1, val_loss: 1 }], 'the epoch -1, but epochs are whole numbers from 1'],
      [
        [
          { epoch: 1, val_loss: 1 },
          { epoch: 0, val_loss: 1 },
        ],
        'the epoch 0, but epochs are whole numbers from 1',
      ],
      [[{}], 'no metric at epoch 1'],
    ])('calls a trial with a report that is none failed: %j', async (reports, found) => {
      const outcome = await executor.run(giving(reports), new Ear());

      const message = `The trainer reported ${found}.`;
      expect(outcome).toEqual({ kind: 'failed', code: 'bad-report', message });
    });

    it('counts the epochs of a program from 1 that counts them from 0', async () => {
      const ear = new Ear();

      await executor.run(
        giving([
          { epoch: 0, val_loss: 1 },
          { epoch: 1, val_loss: 0.5 },
        ]),
        ear,
      );

      expect(ear.reports.map((report) => report.epoch)).toEqual([1, 2]);
    });

    it('stops a trial when the signal says so', async () => {
      const ear = new Ear(5);

      const outcome = await executor.run(scripted('until-stopped', { epochs: 1_000_000 }), ear);

      expect(outcome).toEqual({ kind: 'stopped' });
    });

    it('stops a trial that waits for something else by its own signal', async () => {
      expect(await executor.run(scripted('wait-for-signal'), new Ear(1))).toEqual({ kind: 'stopped' });
    });

    it('does not begin a trial that is stopped already', async () => {
      const ear = new Ear();
      ear.stop();

      expect(await executor.run(scripted('reports'), ear)).toEqual({ kind: 'stopped' });
      expect(ear.reports).toEqual([]);
    });

    it('lets a trial that has had all of its epochs finish, stopped or not', async () => {
      expect(await executor.run(scripted('reports', { epochs: 3 }), new Ear(3))).toEqual(complete);
    });

    it('runs as many trials at once as it has slots, refuses another, and takes it when one has ended', async () => {
      const ears = Array.from({ length: 4 }, () => new Ear());
      const begin = (repeat: number): Promise<Outcome> =>
        executor.run(scripted('until-stopped', { epochs: 1_000_000, repeat }), ears[repeat] ?? new Ear());
      const running = (): number =>
        ears.filter((ear) => ear.reports.length > 0 && !ear.signal.aborted).length;

      expect(executor.slots).toBe(2);
      const runs = [begin(0), begin(1)];
      for (let stopped = 0; stopped < ears.length; stopped++) {
        const begun = ears.slice(0, Math.min(stopped + 2, ears.length));
        await Promise.all(begun.map((ear) => ear.firstReport()));
        expect(running()).toBe(Math.min(2, ears.length - stopped));
        if (runs.length < ears.length) {
          const refused = new Ear();
          const run = executor.run(scripted('reports'), refused);
          await expect(run).rejects.toThrow(RangeError);
          await expect(run).rejects.toThrow('2 slots');
          expect(refused.reports).toEqual([]);
        }
        ears[stopped]?.stop();
        expect(await runs[stopped]).toEqual({ kind: 'stopped' });
        if (runs.length < ears.length) runs.push(begin(runs.length));
      }
    });

    it('gives the same results with one slot and with three', async () => {
      const runAll = async (slots: number): Promise<unknown> => {
        await using own = await create(slots);
        const specs = [
          ...Array.from({ length: 12 }, (_, n) =>
            scripted('reports', { repeat: n, epochs: 1 + ((n * 7) % 5) }),
          ),
          scripted('diverge', { epochs: 4, value: 'nan' }),
          scripted('throw'),
        ];
        using queue = new SlotQueue(own);
        return await Promise.all(
          specs.map(async (spec) => {
            const ear = new Ear();
            const ended = await queue.add(() => own.run(spec, ear));
            // The message of a failure is for people: it may name a folder of this executor's.
            const { message: _, ...outcome } = { message: '', ...ended };
            return { outcome, reports: ear.reports };
          }),
        );
      };

      const alone = await runAll(1);
      expect(alone).toContainEqual({ outcome: { kind: 'diverged', epoch: 3 }, reports: expect.anything() });
      expect(await runAll(3)).toEqual(alone);
    });

    it('keeps the spec from a trainer that changes its parameters', async () => {
      const spec = scripted('mutate');

      expect(await executor.run(spec, new Ear())).toEqual(complete);
      expect(spec.parameters.script).toBe('mutate');
    });

    it('rejects with what its listener throws, and goes on with other trials', async () => {
      const onReport = (): never => {
        throw new RangeError('the disk is full');
      };

      const run = executor.run(scripted('reports'), { signal: new Ear().signal, onReport });

      await expect(run).rejects.toThrow('the disk is full');
      expect(await executor.run(scripted('reports'), new Ear())).toEqual(complete);
    });

    it('stops what runs when it is closed, and takes nothing more', async () => {
      const closing = await create(1);
      const ear = new Ear();
      const run = closing.run(scripted('until-stopped', { epochs: 1_000_000 }), ear);
      await ear.firstReport();

      await closing[Symbol.asyncDispose]();

      expect(await run).toEqual({ kind: 'stopped' });
      await expect(closing.run(scripted('reports'), new Ear())).rejects.toMatchObject({
        code: 'EXECUTOR_BROKEN',
      });
      await closing[Symbol.asyncDispose]();
    });
  });
}

/** An executor whose number of slots the test can change. */
export interface ResizableExecutor {
  readonly executor: Executor;
  readonly resize: (slots: number) => void;
}

/** What an executor has to do beyond that if its slots change while it runs. */
export function describeChangingSlots(
  name: string,
  create: (slots: number) => Promise<ResizableExecutor>,
): void {
  describe(`${name}, whose slots change`, () => {
    it('says so each time, with the new number, until the listener is taken off', async () => {
      const { executor, resize } = await create(1);
      await using _ = executor;
      const heard: number[] = [];
      const release = executor.onSlotsChange?.(() => heard.push(executor.slots));

      for (const slots of [3, 0, 2]) resize(slots);
      release?.();
      resize(4);

      expect(heard).toEqual([3, 0, 2]);
      expect(executor.slots).toBe(4);
    });

    it('runs more trials at once when there are more slots, and none while there are none', async () => {
      const { executor, resize } = await create(0);
      await using _ = executor;
      await expect(executor.run(scripted('reports'), new Ear())).rejects.toThrow(RangeError);

      resize(2);
      const ears = [new Ear(), new Ear()];
      const runs = ears.map((ear, repeat) =>
        executor.run(scripted('until-stopped', { epochs: 1_000_000, repeat }), ear),
      );
      await Promise.all(ears.map((ear) => ear.firstReport()));
      for (const ear of ears) ear.stop();
      expect(await Promise.all(runs)).toEqual([{ kind: 'stopped' }, { kind: 'stopped' }]);
    });

    it('lets trials run on when there are fewer slots, or loses them, and takes no other until there is room', async () => {
      const { executor, resize } = await create(2);
      await using _ = executor;
      const ears = [new Ear(), new Ear()];
      const runs = ears.map((ear, repeat) =>
        executor.run(scripted('until-stopped', { epochs: 1_000_000, repeat }), ear),
      );
      await Promise.all(ears.map((ear) => ear.firstReport()));

      resize(1);

      await expect(executor.run(scripted('reports'), new Ear())).rejects.toThrow(RangeError);
      for (const ear of ears) ear.stop();
      for (const { kind } of await Promise.all(runs)) expect(['stopped', 'lost']).toContain(kind);
      expect(await executor.run(scripted('reports'), new Ear())).toEqual(complete);
    });
  });
}

/** What an executor has to do beyond that where it runs trainers in JavaScript. */
export function describeOwnTrainers(name: string, create: (slots: number) => Promise<Executor>): void {
  describe(`${name}, with trainers in JavaScript`, () => {
    let executor: Executor;
    beforeAll(async () => {
      executor = await create(1);
    });
    afterAll(() => executor[Symbol.asyncDispose]());

    it('has words for what is thrown without being an error', async () => {
      expect(await executor.run(scripted('throw-nothing'), new Ear())).toEqual({
        kind: 'failed',
        code: 'error',
        message: 'something other than an Error was thrown: {}',
      });
    });

    it.each([
      [[{ epoch: '4', val_loss: 1 }], "the epoch '4', but epochs are whole numbers from 1"],
      [[{ epoch: 11, val_loss: 1 }], 'epoch 11, but this trial ends with epoch 10'],
      [[{ val_loss: '0.5' }], `'0.5' as "val_loss" at epoch 1, but a metric is a number`],
      [[{ val_loss: null }], 'null as "val_loss" at epoch 1, but a metric is a number'],
      [[0.5], '0.5 instead of metrics by name at epoch 1'],
      [[null], 'null instead of metrics by name at epoch 1'],
    ])('calls a trial with a report that is none failed: %j', async (reports, found) => {
      const outcome = await executor.run(giving(reports), new Ear());

      const message = `The trainer reported ${found}.`;
      expect(outcome).toEqual({ kind: 'failed', code: 'bad-report', message });
    });
  });
}

/** The outcome of a trainer in JavaScript that throws: the message and its line, but no stack. */
export const thrownInJavaScript: Outcome = {
  kind: 'failed',
  code: 'error',
  message: expect.stringMatching(/^the loss went away \(scripted-trainer\.js:\d+:\d+\)$/),
};
