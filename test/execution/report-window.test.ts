import { describe, expect, it } from 'vitest';
import { RunListener } from '../../src/contracts/executor/run-listener.js';
import { COMPLETE, scripted } from '../../src/contracts/executor/scripted-trials.js';
import type { Executor } from '../../src/execution/executor.js';
import { createInProcessExecutor } from '../../src/execution/in-process-executor.js';
import { MAX_OPEN_REPORTS } from '../../src/execution/reports/report-listener.js';
import { createThreadPool } from '../../src/execution/threads/thread-pool.js';
import { buildTrainer } from '../../src/execution/trainer-module.js';
import { scriptedSetup } from './scripted-setup.js';

const { trainer, ...setup } = scriptedSetup;

/** The last batch may go over the limit. */
const LIMIT = MAX_OPEN_REPORTS + 256;
const EPOCHS = 5 * LIMIT;

/** Deals with no report until it is released. */
function slowListener() {
  const epochs: number[] = [];
  const stop = new AbortController();
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let fill = (): void => {};
  const full = new Promise<void>((resolve) => {
    fill = resolve;
  });
  const onReport = ({ epoch }: { epoch: number }): Promise<void> => {
    epochs.push(epoch);
    if (epochs.length === MAX_OPEN_REPORTS) fill();
    return released;
  };
  return { epochs, stop, release, full, options: { signal: stop.signal, onReport } };
}

describe.each<[string, () => Promise<Executor>]>([
  [
    'the calling thread',
    async () => createInProcessExecutor({ ...setup, slots: 2, trainer: await buildTrainer(trainer) }),
  ],
  ['a pool of threads', async () => createThreadPool({ slots: 2, setup: scriptedSetup })],
])('a trainer in %s that reports more quickly than its reports are dealt with', (_, create) => {
  it('waits, and then goes on', async () => {
    await using executor = await create();
    const slow = slowListener();
    const run = executor.run(scripted('reports', { epochs: EPOCHS }), slow.options);
    await slow.full;

    // Meanwhile another trial trains to its end.
    await executor.run(scripted('reports', { epochs: 2 * EPOCHS, repeat: 2 }), new RunListener());
    expect(slow.epochs.length).toBeLessThanOrEqual(LIMIT);

    slow.release();
    expect(await run).toEqual(COMPLETE);
    expect(slow.epochs).toEqual(Array.from({ length: EPOCHS }, (_, i) => i + 1));
  });

  it('stops although they never are', async () => {
    await using executor = await create();
    const slow = slowListener();
    const run = executor.run(scripted('reports', { epochs: EPOCHS }), slow.options);
    await slow.full;

    slow.stop.abort();
    expect(await run).toEqual({ kind: 'stopped' });
  });

  it('ends with what the listener rejects with', async () => {
    await using executor = await create();
    const onReport = (): Promise<void> => Promise.reject(new Error('the disk is full'));
    const run = executor.run(scripted('reports', { epochs: EPOCHS }), {
      signal: new AbortController().signal,
      onReport,
    });
    await expect(run).rejects.toThrow('the disk is full');
  });
});
