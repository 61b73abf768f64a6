import assert from 'node:assert/strict';
import type { Executor } from '../../execution/executor.js';
import type { ExecutorSubject } from './executor-subject.js';
import { RunListener } from './run-listener.js';
import { giving, scripted } from './scripted-trials.js';

export async function failsWhenThrown(executor: Executor, { checkThrown }: ExecutorSubject): Promise<void> {
  const listener = new RunListener();
  const outcome = await executor.run(scripted('throw'), listener);
  assert.equal(listener.reports.length, 1);
  if (checkThrown !== undefined) return checkThrown(outcome);
  assert.ok(outcome.kind === 'failed', `the outcome is ${outcome.kind}`);
  assert.match(outcome.message, /the loss went away/);
}

export async function failsWithoutReport(
  executor: Executor,
  { withoutReport }: ExecutorSubject,
): Promise<void> {
  const outcome = await executor.run(giving([]), new RunListener());
  assert.ok(outcome.kind === 'failed', `the outcome is ${outcome.kind}`);
  assert.equal(outcome.code, 'no-metric');
  if (withoutReport !== undefined) assert.equal(outcome.message, withoutReport);
}

export async function failsWithoutMetric(executor: Executor): Promise<void> {
  const message = 'The trainer ended without having reported "val_loss". It reported "train_loss", "lr".';
  const outcome = await executor.run(giving([{ train_loss: 1, lr: 0.1 }]), new RunListener());
  assert.deepEqual(outcome, { kind: 'failed', code: 'no-metric', message });
}

export async function failsWithoutTargetMetric(executor: Executor): Promise<void> {
  const until = { metric: 'train_accuracy', goal: 'maximize', bound: 1 } as const;
  const outcome = await executor.run(giving([{ val_loss: 1 }], { until }), new RunListener());
  assert.ok(outcome.kind === 'failed' && outcome.code === 'no-metric', JSON.stringify(outcome));
}
