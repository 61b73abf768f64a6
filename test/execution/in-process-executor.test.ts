import { expect, it } from 'vitest';
import { RunListener } from '../../src/contracts/executor/run-listener.js';
import { scripted } from '../../src/contracts/executor/scripted-trials.js';
import type { Executor } from '../../src/execution/executor.js';
import { createInProcessExecutor } from '../../src/execution/in-process-executor.js';
import { Slots } from '../../src/execution/slots.js';
import { buildTrainer } from '../../src/execution/trainer-module.js';
import {
  describeChangingSlots,
  describeExecutor,
  describeOwnTrainers,
  thrownInJavaScript,
} from './executor.contract.js';
import { scriptedSetup } from './scripted-setup.js';

const { trainer, ...setup } = scriptedSetup;

const create = async (slots: number): Promise<Executor> =>
  createInProcessExecutor({ ...setup, slots, trainer: await buildTrainer(trainer) });

describeExecutor('the calling thread', {
  create,
  seedOn: () => scriptedSetup.seed,
  thrown: thrownInJavaScript,
  withoutReport: 'The trainer ended without a report.',
});
describeOwnTrainers('the calling thread', create);
describeChangingSlots('the calling thread', async (count) => {
  const slots = new Slots(count);
  const executor = createInProcessExecutor({ ...setup, slots, trainer: await buildTrainer(trainer) });
  return {
    executor,
    resize: (changed) => {
      slots.count = changed;
    },
  };
});

it('lets timers of the process have their turn while a trainer computes without a pause', async () => {
  await using executor = createInProcessExecutor({
    ...setup,
    slots: 1,
    trainer: await buildTrainer(trainer),
  });
  const listener = new RunListener();
  setTimeout(() => listener.stop(), 1);

  expect(await executor.run(scripted('reports', { epochs: 100_000_000 }), listener)).toEqual({
    kind: 'stopped',
  });
});
