import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/campaign/outcome.js';
import { executorContract } from '../../src/contracts/executor/executor-contract.js';
import { RunListener } from '../../src/contracts/executor/run-listener.js';
import { giving, scripted } from '../../src/contracts/executor/scripted-trials.js';
import type { Executor } from '../../src/execution/executor.js';

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

/** What every executor has to do, wherever it runs trials: the suite that is shipped. */
export function describeExecutor(name: string, { thrown, ...subject }: ExecutorUnderTest): void {
  const checkThrown = (outcome: Outcome): void => expect(outcome).toEqual(thrown);
  describe(`${name}, as an executor`, () => {
    for (const { name, run } of executorContract({ ...subject, checkThrown, keepsCheckpoints: true }))
      it(name, run);
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
      await expect(executor.run(scripted('reports'), new RunListener())).rejects.toThrow(RangeError);

      resize(2);
      const listeners = [new RunListener(), new RunListener()];
      const runs = listeners.map((listener, repeat) =>
        executor.run(scripted('until-stopped', { epochs: 1_000_000, repeat }), listener),
      );
      await Promise.all(listeners.map((listener) => listener.firstReport()));
      for (const listener of listeners) listener.stop();
      expect(await Promise.all(runs)).toEqual([{ kind: 'stopped' }, { kind: 'stopped' }]);
    });

    it(
      'lets trials run on when there are fewer slots, or loses them, and takes no other until ' +
        'there is room',
      async () => {
        const { executor, resize } = await create(2);
        await using _ = executor;
        const listeners = [new RunListener(), new RunListener()];
        const runs = listeners.map((listener, repeat) =>
          executor.run(scripted('until-stopped', { epochs: 1_000_000, repeat }), listener),
        );
        await Promise.all(listeners.map((listener) => listener.firstReport()));

        resize(1);

        await expect(executor.run(scripted('reports'), new RunListener())).rejects.toThrow(RangeError);
        for (const listener of listeners) listener.stop();
        for (const { kind } of await Promise.all(runs)) expect(['stopped', 'lost']).toContain(kind);
        expect(await executor.run(scripted('reports'), new RunListener())).toEqual(complete);
      },
    );
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
      expect(await executor.run(scripted('throw-nothing'), new RunListener())).toEqual({
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
      const outcome = await executor.run(giving(reports), new RunListener());

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
