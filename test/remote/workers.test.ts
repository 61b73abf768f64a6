import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunListener } from '../../src/contracts/executor/run-listener.js';
import { COMPLETE, STOPPED, scripted } from '../../src/contracts/executor/scripted-trials.js';
import type { Executor } from '../../src/execution/executor.js';
import { hasRedis, type RedisServer, startRedis } from '../support/redis-server.js';
import { newQueue, startDriver, startWorker } from '../support/remote-setup.js';

const endless = scripted('until-stopped', { epochs: 1_000_000 });

describe.skipIf(!hasRedis)('workers of a queue (skipped without redis-server)', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis[Symbol.asyncDispose]());

  it('join and leave while a campaign runs, and the slots follow', async () => {
    const names = newQueue();
    await using driver = await startDriver(redis.url, names);
    expect(driver.executor.slots).toBe(0);
    await using _ = await startWorker(redis.url, names, { slots: 1 });
    await driver.until(({ slots }) => slots === 1);
    await using second = await startWorker(redis.url, names, { slots: 2 });
    await driver.until(({ slots }) => slots === 3);

    await second.drain();

    await driver.until(({ slots }) => slots === 1);
    expect(driver.status().workers.map(({ state }) => state)).toEqual(['working', 'left']);
  });

  it('get the networks of its members with the trial of a committee', async () => {
    const names = newQueue();
    const received: Uint8Array[] = [];
    const executor: Executor = {
      slots: 1,
      async run(_, { members = [], onReport }) {
        received.push(...members);
        onReport({ epoch: 1, metrics: { val_loss: 1 } });
        return COMPLETE;
      },
      async [Symbol.asyncDispose]() {},
    };
    await using driver = await startDriver(redis.url, names);
    await using _ = await startWorker(redis.url, names, { executor });
    await driver.until(({ slots }) => slots === 1);
    const members = [Uint8Array.of(0, 255), Uint8Array.of(10)];
    const { signal } = new AbortController();
    await driver.executor.run(scripted('reports', { epochs: 1 }), { signal, onReport: () => {}, members });

    expect(received).toEqual(members);
  });

  it('finish their trials when they drain', async () => {
    const names = newQueue();
    await using driver = await startDriver(redis.url, names);
    await using worker = await startWorker(redis.url, names, { slots: 1 });
    await driver.until(({ slots }) => slots === 1);
    const listener = new RunListener();
    const run = driver.executor.run(scripted('until-stopped', { epochs: 300 }), listener);
    await listener.firstReport();

    await worker.drain();

    expect(await run).toEqual(COMPLETE);
  });

  it('give a trial back when they have to stop, and another one starts it over in the same attempt', async () => {
    const names = newQueue();
    await using driver = await startDriver(redis.url, names);
    await using first = await startWorker(redis.url, names, { slots: 1 });
    await driver.until(({ slots }) => slots === 1);
    const listener = new RunListener();
    const run = driver.executor.run(endless, listener);
    await listener.firstReport();
    await using _ = await startWorker(redis.url, names, { slots: 1 });
    await driver.until(({ slots }) => slots === 2);

    await first.stop();
    await driver.until(({ workers }) =>
      workers.some(({ state, trials }) => state === 'working' && trials.length === 1),
    );
    listener.stop();

    expect(await run).toEqual(STOPPED);
    expect(listener.reports.map(({ epoch }) => epoch)).toEqual(listener.reports.map((_, n) => n + 1));
  });
});
