import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { BroadcastChannel } from 'node:worker_threads';
import { expect, it } from 'vitest';
import type { Outcome } from '../../src/campaign/outcome.js';
import { RunListener } from '../../src/contracts/executor/run-listener.js';
import { scripted } from '../../src/contracts/executor/scripted-trials.js';
import type { Executor } from '../../src/execution/executor.js';
import { SlotQueue } from '../../src/execution/slot-queue.js';
import { createThreadPool } from '../../src/execution/threads/thread-pool.js';
import { moduleTrainerModule } from '../../src/trainers/module/module-trainer-module.js';
import { describeExecutor, describeOwnTrainers, thrownInJavaScript } from './executor.contract.js';
import { scriptedSetup } from './scripted-setup.js';

/** Longer than any test: nothing is ended that ends by itself. */
const endlessGrace = 1_000_000;

const create = async (slots: number): Promise<Executor> =>
  createThreadPool({ slots, setup: scriptedSetup, grace: endlessGrace });

describeExecutor('a pool of threads', {
  create,
  seedOn: () => scriptedSetup.seed,
  thrown: thrownInJavaScript,
  withoutReport: 'The trainer ended without a report.',
});
describeOwnTrainers('a pool of threads', create);

/** Starts a trial that hlisteners of nothing any more, and waits until it is that far. */
async function spinning(
  pool: Executor,
  listener: RunListener,
): Promise<{ readonly outcome: Promise<Outcome> }> {
  const channel = new BroadcastChannel('a trial that spins');
  const begun = new Promise<void>((resolve) => {
    channel.onmessage = () => resolve();
  });
  const outcome = pool.run(scripted('spin', { channel: channel.name }), listener);
  await begun;
  channel.close();
  return { outcome };
}

const threadOf = async (pool: Executor): Promise<number | undefined> => {
  const listener = new RunListener();
  await pool.run(scripted('thread'), listener);
  return listener.reports[0]?.metrics.thread;
};

it('keeps the thread of a trial that stops by itself', async () => {
  await using pool = createThreadPool({ slots: 1, setup: scriptedSetup, grace: endlessGrace });
  const before = await threadOf(pool);

  await pool.run(scripted('until-stopped', { epochs: 1_000_000 }), new RunListener(1));

  expect(await threadOf(pool)).toBe(before);
});

it('ends the thread of a trial that does not stop within its grace, and goes on with another', async () => {
  await using pool = createThreadPool({ slots: 1, setup: scriptedSetup, grace: 0 });
  const before = await threadOf(pool);

  const listener = new RunListener();
  const run = await spinning(pool, listener);
  listener.stop();
  expect(await run.outcome).toEqual({ kind: 'stopped' });

  expect(await threadOf(pool)).not.toBe(before);
});

it('never begins a trial that is stopped while its thread is being replaced', async () => {
  await using pool = createThreadPool({ slots: 1, setup: scriptedSetup, grace: endlessGrace });
  expect(await pool.run(scripted('exit'), new RunListener())).toMatchObject({ kind: 'lost' });
  const listener = new RunListener();
  const waiting = pool.run(scripted('reports'), listener);

  listener.stop();

  expect(await waiting).toEqual({ kind: 'stopped' });
  await threadOf(pool);
  expect(listener.reports).toEqual([]);
});

it('calls a trial lost when its thread exits under it, and replaces the thread', async () => {
  await using pool = createThreadPool({ slots: 1, setup: scriptedSetup });
  const listener = new RunListener();

  expect(await pool.run(scripted('exit'), listener)).toEqual({
    kind: 'lost',
    message: 'The worker thread died under the trial: worker exited with code: 3',
  });

  expect(listener.reports).toHaveLength(1);
  expect(await pool.run(scripted('reports'), new RunListener())).toMatchObject({ kind: 'finished' });
});

it('calls a trial lost when its thread runs out of memory', async () => {
  const resourceLimits = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };
  await using pool = createThreadPool({ slots: 1, setup: scriptedSetup, resourceLimits });

  expect(await pool.run(scripted('allocate'), new RunListener())).toEqual({
    kind: 'lost',
    message: 'The worker thread ran out of memory.',
  });

  expect(await pool.run(scripted('reports'), new RunListener())).toMatchObject({ kind: 'finished' });
});

it('loses only the trial whose thread dies', async () => {
  await using pool = createThreadPool({ slots: 2, setup: scriptedSetup, grace: endlessGrace });
  const bystander = new RunListener();
  const run = pool.run(scripted('until-stopped', { epochs: 1_000_000 }), bystander);
  await bystander.firstReport();

  expect(await pool.run(scripted('exit'), new RunListener())).toMatchObject({ kind: 'lost' });

  bystander.stop();
  expect(await run).toEqual({ kind: 'stopped' });
});

it('calls a trial failed when it throws where nobody catches it', async () => {
  await using pool = createThreadPool({ slots: 1, setup: scriptedSetup });
  const listener = new RunListener();

  expect(await pool.run(scripted('throw-later'), listener)).toEqual({
    kind: 'failed',
    code: 'error',
    message: 'nobody catches this',
  });

  expect(listener.reports).toHaveLength(1);
  expect(await pool.run(scripted('reports'), new RunListener())).toMatchObject({ kind: 'finished' });
});

it.each(['throw-after-the-end', 'reject-after-the-end'])(
  'spares the next trial on the thread what goes wrong after a trial: %s',
  async (script) => {
    await using pool = createThreadPool({ slots: 1, setup: scriptedSetup });
    const before = await threadOf(pool);

    expect(await pool.run(scripted(script), new RunListener())).toMatchObject({ kind: 'finished' });

    expect(await pool.run(scripted('turns'), new RunListener())).toMatchObject({ kind: 'finished' });
    expect(await threadOf(pool)).toBe(before);
  },
);

it('gives each trial its own reports when many report at once', async () => {
  await using pool = createThreadPool({ slots: 2, setup: scriptedSetup });
  using queue = new SlotQueue(pool);
  const listeners = Array.from({ length: 200 }, () => new RunListener());

  await Promise.all(
    listeners.map((listener, n) =>
      queue.add(() => pool.run(scripted('reports', { epochs: 2, repeat: n }), listener)),
    ),
  );

  expect(listeners.map((listener) => listener.values('repeat'))).toEqual(listeners.map((_, n) => [n, n]));
});

it('says what is wrong with a module that is no trainer', async () => {
  const path = fileURLToPath(new URL('fixtures/no-trainer.js', import.meta.url));
  await using pool = createThreadPool({
    slots: 1,
    setup: { ...scriptedSetup, trainer: moduleTrainerModule({ path }) },
  });

  expect(await pool.run(scripted('reports'), new RunListener())).toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('has 42 as its default export'),
  });
});

it('rejects when no thread can start', async () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const damaged = await mkdtemp(join(tmpdir(), 'fitfirst-damaged-'));
  await cp(join(root, 'src'), join(damaged, 'src'), { recursive: true });
  await cp(join(root, 'package.json'), join(damaged, 'package.json'));
  await symlink(join(root, 'node_modules'), join(damaged, 'node_modules'));
  await rm(join(damaged, 'src/execution/threads/trial-worker.ts'));
  const installation: typeof import('../../src/execution/threads/thread-pool.js') = await import(
    join(damaged, 'src/execution/threads/thread-pool.ts')
  );
  await using pool = installation.createThreadPool({ slots: 2, setup: scriptedSetup });
  const runs = [
    pool.run(scripted('reports'), new RunListener()),
    pool.run(scripted('reports'), new RunListener()),
  ];

  for (const run of await Promise.allSettled(runs)) {
    expect(run).toMatchObject({
      status: 'rejected',
      reason: { code: 'EXECUTOR_BROKEN', message: expect.stringMatching(/cannot start: .*trial-worker/) },
    });
  }
  await rm(damaged, { recursive: true });
});

it('has ended every thread once it is closed, a busy one too', async () => {
  const workers = (): number => {
    const report: { readonly workers?: readonly unknown[] } = Object(process.report?.getReport());
    return report.workers?.length ?? 0;
  };
  const before = workers();
  const pool = createThreadPool({ slots: 3, setup: scriptedSetup });
  const run = await spinning(pool, new RunListener());
  expect(workers()).toBe(before + 3);

  await pool[Symbol.asyncDispose]();

  expect(workers()).toBe(before);
  expect(await run.outcome).toEqual({ kind: 'stopped' });
});

it('lets its threads load before it ends them', async () => {
  let [begun, loaded] = [0, 0];
  const onWorker = (worker: Worker): void => {
    begun += 1;
    worker.once('message', () => {
      loaded += 1;
    });
  };
  process.on('worker', onWorker);
  const pool = createThreadPool({ slots: 3, setup: scriptedSetup });
  await pool[Symbol.asyncDispose]();
  process.off('worker', onWorker);
  expect(begun).toBe(3);
  expect(loaded).toBe(3);
});

it('keeps Node running for its trials, and only for them', () => {
  const program = fileURLToPath(new URL('fixtures/unclosed-pool.ts', import.meta.url));

  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', program], { encoding: 'utf8' });

  expect(stdout).toBe('finished\n');
  expect(status).toBe(0);
});
