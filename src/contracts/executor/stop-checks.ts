import assert from 'node:assert/strict';
import type { Executor } from '../../execution/executor.js';
import type { ExecutorSubject } from './executor-subject.js';
import { RunListener } from './run-listener.js';
import { COMPLETE, STOPPED, scripted } from './scripted-trials.js';

export async function stopsBySignal(executor: Executor): Promise<void> {
  const spec = scripted('until-stopped', { epochs: 1_000_000 });
  assert.deepEqual(await executor.run(spec, new RunListener(5)), STOPPED);
}

export async function stopsWaiting(executor: Executor): Promise<void> {
  assert.deepEqual(await executor.run(scripted('wait-for-signal'), new RunListener(1)), STOPPED);
}

export async function doesNotBegin(executor: Executor): Promise<void> {
  const listener = new RunListener();
  listener.stop();
  assert.deepEqual(await executor.run(scripted('reports'), listener), STOPPED);
  assert.deepEqual(listener.reports, []);
}

export async function finishesLastEpoch(executor: Executor): Promise<void> {
  assert.deepEqual(await executor.run(scripted('reports', { epochs: 3 }), new RunListener(3)), COMPLETE);
}

export async function survivesListener(executor: Executor): Promise<void> {
  const onReport = (): never => {
    throw new RangeError('the disk is full');
  };
  const run = executor.run(scripted('reports'), { signal: new AbortController().signal, onReport });
  await assert.rejects(run, /the disk is full/);
  assert.deepEqual(await executor.run(scripted('reports'), new RunListener()), COMPLETE);
}

export async function closes({ create }: ExecutorSubject): Promise<void> {
  const executor = await create(1);
  const listener = new RunListener();
  const run = executor.run(scripted('until-stopped', { epochs: 1_000_000 }), listener);
  await listener.firstReport();
  await executor[Symbol.asyncDispose]();
  assert.deepEqual(await run, STOPPED);
  await assert.rejects(executor.run(scripted('reports'), new RunListener()), { code: 'EXECUTOR_BROKEN' });
  await executor[Symbol.asyncDispose]();
}
