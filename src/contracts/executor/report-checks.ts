import assert from 'node:assert/strict';
import type { EpochBound } from '../../campaign/early-end/epoch-bounds.js';
import type { Executor } from '../../execution/executor.js';
import type { ExecutorSubject } from './executor-subject.js';
import { RunListener } from './run-listener.js';
import { COMPLETE, giving, scripted } from './scripted-trials.js';

export async function passesOnReports(executor: Executor, { seedOn }: ExecutorSubject): Promise<void> {
  const listener = new RunListener();
  assert.deepEqual(await executor.run(scripted('reports', { epochs: 2_000, repeat: 4 }), listener), COMPLETE);
  assert.deepEqual(
    listener.reports.map(({ epoch }) => epoch),
    Array.from({ length: 2_000 }, (_, i) => i + 1),
  );
  const last = listener.reports.at(-1)?.metrics;
  assert.equal(last?.val_loss, 1 / 2_000);
  assert.equal(last?.repeat, 4);
  if (seedOn !== undefined) assert.equal(last?.seed, seedOn(4));
}

export async function endsAtTarget(executor: Executor): Promise<void> {
  const listener = new RunListener();
  const until = { metric: 'val_loss', goal: 'minimize', bound: 0.25 } as const;
  const outcome = await executor.run(scripted('reports', { epochs: 100, until }), listener);
  assert.deepEqual(outcome, { kind: 'finished', reason: 'fit', network: null });
  assert.deepEqual(listener.values('val_loss'), [1, 1 / 2, 1 / 3, 1 / 4]);
}

export async function endsBehindBounds(executor: Executor): Promise<void> {
  const run = async (bounds: readonly EpochBound[]): Promise<unknown[]> => {
    const listener = new RunListener();
    const outcome = await executor.run({ ...scripted('reports', { epochs: 6 }), bounds }, listener);
    return [outcome, listener.reports.length];
  };
  const early = { kind: 'finished', reason: 'stopped-early', network: null };
  assert.deepEqual(
    await run([
      { epoch: 2, value: 0.5 },
      { epoch: 3, value: 0.3 },
    ]),
    [early, 3],
  );
  assert.deepEqual(await run([{ epoch: 3, value: 0.34 }]), [COMPLETE, 6]);
}

export async function endsByPatience(executor: Executor): Promise<void> {
  const run = async (patience: number, losses: readonly number[]): Promise<unknown[]> => {
    const listener = new RunListener();
    const reports = losses.map((val_loss, i) => ({ epoch: i + 1, val_loss }));
    const outcome = await executor.run({ ...giving(reports), patience }, listener);
    return [outcome, listener.reports.length];
  };
  const over = { kind: 'finished', reason: 'patience', network: null };
  assert.deepEqual(await run(3, [5, 4, 4, 6, 6, 3, 3, 3, 3, 3]), [over, 5]);
  // The best value took longer than the patience, so the trial is given as long again.
  assert.deepEqual(await run(1, [5, 6, 4, 6, 6, 6, 6, 3, 3, 3]), [over, 2]);
  assert.deepEqual(await run(1, [6, 5, 4, 6, 6, 6, 6, 3, 3, 3]), [over, 6]);
  assert.deepEqual(await run(4, [6, 5, 4, 3, 2, 6, 6, 6, 6, 6]), [COMPLETE, 10]);
}

export async function diverges(executor: Executor, value: string): Promise<void> {
  const listener = new RunListener();
  const outcome = await executor.run(scripted('diverge', { epochs: 4, value }), listener);
  assert.deepEqual(outcome, { kind: 'diverged', epoch: 3 });
  assert.deepEqual(listener.values('val_loss'), [1, 0.5]);
}

const at = (...epochs: readonly number[]): unknown[] => epochs.map((epoch) => ({ epoch, val_loss: 1 }));

export const badReports: readonly { readonly reports: readonly unknown[]; readonly found: string }[] = [
  { reports: at(2, 2), found: 'epoch 2 after epoch 2, but epochs only rise' },
  { reports: at(3, 1), found: 'epoch 1 after epoch 3, but epochs only rise' },
  { reports: at(1.5), found: 'the epoch 1.5, but epochs are whole numbers from 1' },
  { reports: at(-1), found: 'the epoch -1, but epochs are whole numbers from 1' },
  { reports: at(1, 0), found: 'the epoch 0, but epochs are whole numbers from 1' },
  { reports: [{}], found: 'no metric at epoch 1' },
];

export async function failsOnReport(
  executor: Executor,
  reports: readonly unknown[],
  found: string,
): Promise<void> {
  const outcome = await executor.run(giving(reports), new RunListener());
  assert.deepEqual(outcome, {
    kind: 'failed',
    code: 'bad-report',
    message: `The trainer reported ${found}.`,
  });
}

export async function countsFromZero(executor: Executor): Promise<void> {
  const listener = new RunListener();
  await executor.run(giving(at(0, 1)), listener);
  assert.deepEqual(
    listener.reports.map(({ epoch }) => epoch),
    [1, 2],
  );
}

export async function keepsSpec(executor: Executor): Promise<void> {
  const spec = scripted('mutate');
  assert.deepEqual(await executor.run(spec, new RunListener()), COMPLETE);
  assert.equal(spec.parameters.script, 'mutate');
}
