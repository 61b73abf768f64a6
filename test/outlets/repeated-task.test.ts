import { expect, test } from 'vitest';
import { RepeatedTask } from '../../src/outlets/repeated-task.js';

/** A task that each run holds open until it is let go. */
class HeldTask {
  runs = 0;
  #release: (() => void) | null = null;
  readonly #begun: (() => void)[] = [];

  readonly run = async (): Promise<void> => {
    this.runs += 1;
    for (const resolve of this.#begun.splice(0)) resolve();
    await new Promise<void>((resolve) => {
      this.#release = resolve;
    });
  };

  begin(): Promise<void> {
    return new Promise((resolve) => this.#begun.push(resolve));
  }

  release(): void {
    this.#release?.();
  }
}

const atOnce = (): number => 0;

test('what is asked for while the task runs makes one more run, however often it is asked for', async () => {
  const held = new HeldTask();
  const task = new RepeatedTask(held.run, atOnce, null);
  const first = held.begin();
  task.ask();
  await first;
  for (let i = 0; i < 1000; i++) task.ask();
  // A timer that one of them had set would fire before this one.
  await new Promise((resolve) => setTimeout(resolve));
  expect(held.runs).toBe(1);
  const second = held.begin();
  held.release();
  await second;
  expect(held.runs).toBe(2);
  held.release();
  await task.cancel();
  expect(held.runs).toBe(2);
});

test('cancelling waits for the run under way and drops the one that waits', async () => {
  const held = new HeldTask();
  const task = new RepeatedTask(held.run, atOnce, null);
  const first = held.begin();
  task.ask();
  await first;
  task.ask();
  let isCancelled = false;
  const cancelled = task.cancel().then(() => {
    isCancelled = true;
  });
  await Promise.resolve();
  expect(isCancelled).toBe(false);
  held.release();
  await cancelled;
  expect(held.runs).toBe(1);
});

test('what is asked for while or after it is cancelled does not run', async () => {
  const held = new HeldTask();
  const task = new RepeatedTask(held.run, atOnce, null);
  const first = held.begin();
  task.ask();
  await first;
  const cancelled = task.cancel();
  task.ask();
  held.release();
  await cancelled;
  task.ask();
  // A timer that one of them had set would fire before this one.
  await new Promise((resolve) => setTimeout(resolve));
  expect(held.runs).toBe(1);
});

test('what waits when its end comes does not run', async () => {
  const held = new HeldTask();
  const end = new AbortController();
  const task = new RepeatedTask(held.run, atOnce, end.signal);
  task.ask();
  end.abort();
  task.ask();
  // A timer that one of them had set would fire before this one.
  await new Promise((resolve) => setTimeout(resolve));
  expect(held.runs).toBe(0);
});

test('a run that fails is followed by the next one', async () => {
  let runs = 0;
  let onSecond = (): void => {};
  const second = new Promise<void>((resolve) => {
    onSecond = resolve;
  });
  const task = new RepeatedTask(
    async () => {
      runs += 1;
      if (runs === 1) {
        task.ask();
        throw new Error('the disk is full');
      }
      onSecond();
    },
    atOnce,
    null,
  );
  task.ask();
  await second;
  await task.cancel();
  expect(runs).toBe(2);
});

test('the pause grows with what a run takes', async () => {
  const took: number[] = [];
  const held = new HeldTask();
  const task = new RepeatedTask(
    held.run,
    (milliseconds) => {
      took.push(milliseconds);
      return 0;
    },
    null,
  );
  const first = held.begin();
  task.ask();
  await first;
  held.release();
  await task.cancel();
  expect(took[0]).toBe(0);
  expect(took).toHaveLength(2);
  expect(took[1]).toBeGreaterThan(0);
});
