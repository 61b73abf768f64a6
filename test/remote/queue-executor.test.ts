import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Executor } from '../../src/execution/executor.js';
import { describeExecutor } from '../execution/executor.contract.js';
import { hasRedis, type RedisServer, startRedis } from '../support/redis-server.js';
import { newQueue, startDriver, startWorker } from '../support/remote-setup.js';

describe.skipIf(!hasRedis)('trials over Redis (skipped without redis-server)', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis[Symbol.asyncDispose]());

  const create = async (slots: number): Promise<Executor> => {
    const names = newQueue();
    const worker = await startWorker(redis.url, names, { slots });
    const driver = await startDriver(redis.url, names);
    await driver.until((status) => status.slots === slots);
    const { executor } = driver;
    return {
      get slots() {
        return executor.slots;
      },
      onSlotsChange: (listener) => executor.onSlotsChange?.(listener) ?? (() => {}),
      run: (spec, options) => executor.run(spec, options),
      async [Symbol.asyncDispose]() {
        await executor[Symbol.asyncDispose]();
        await worker[Symbol.asyncDispose]();
      },
    };
  };

  describeExecutor('a queue with a worker', {
    create,
    seedOn: () => 7,
    thrown: {
      kind: 'failed',
      code: 'error',
      message: expect.stringMatching(/^the loss went away \(scripted-trainer\.(js|ts):\d+:\d+\)$/),
    },
    withoutReport: 'The trainer ended without a report.',
  });
});
