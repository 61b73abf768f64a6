import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createDeadline } from '../../src/platform/deadline.js';

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Resolves when the signal is aborted; keeps no reference to it but the listener's. */
const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve()));

it('a deadline comes, whatever the garbage collector does meanwhile', async () => {
  const never = new AbortController();
  const come = aborted(createDeadline(never.signal, 300).signal);
  for (let i = 0; i < 10; i++) {
    await turn();
    collectGarbage();
  }
  await come;
});

it('a deadline passes on the signal that comes before it, and one that came already', () => {
  const stop = new AbortController();
  using deadline = createDeadline(stop.signal, null);
  expect(deadline.signal.aborted).toBe(false);
  stop.abort('stopped');
  expect(deadline.signal.reason).toBe('stopped');
  using late = createDeadline(stop.signal, 1000);
  expect(late.signal.reason).toBe('stopped');
});
