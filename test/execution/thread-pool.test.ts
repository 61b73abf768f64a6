import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { BroadcastChannel } from 'node:worker_threads';
import { expect, it } from 'vitest';
import type { Outcome } from '../../src/campaign/outcome.js';
import type { Executor } from '../../src/execution/executor.js';
import { SlotQueue } from '../../src/execution/slot-queue.js';
import { createThreadPool } from '../../src/execution/threads/thread-pool.js';
import { moduleTrainerModule } from '../../src/trainers/module/module-trainer-module.js';
import { describeExecutor, describeOwnTrainers, thrownInJavaScript } from './executor.contract.js';
import { Ear, scripted, scriptedSetup } from './scripted-setup.js';

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

/** Starts a trial that hears of nothing any more, and waits until it is that far. */
async function spinning(pool: Executor, ear: Ear): Promise<{ readonly outcome: Promise<Outcome> }> {
  const channel = new BroadcastChannel('a trial that spins');
  const begun = new Promise<void>((resolve) => {
    channel.onmessage = () => resolve();
  });
  const outcome = pool.run(scripted('spin', { channel: channel.name }), ear);
  await begun;
  channel.close();
  return { outcome };
}

const threadOf = async (pool: Executor): Promise<number | undefined> => {
  const ear = new Ear();
  await pool.run(scripted('thread'), ear);
  return ear.reports[0]?.metrics.thread;
};

it('keeps the thread of a trial that stops by itself', async () => {
  await using pool = createThreadPool({ slots: 1, setup: scriptedSetup, grace: endlessGrace });
  const before = await threadOf(pool);

  await pool.run(scripted('until-stopped', { epochs: 1_000_000 }), new Ear(1));

  expect(await threadOf(pool)).toBe(before);
});

it('ends the thread of a trial that does not stop within its grace, and goes on with another', async () => {
  await using pool = createThreadPool({ slots: 1, setup: scriptedSetup, grace: 0 });
  const before = await threadOf(pool);

  const ear = new Ear();
  const run = await spinning(pool, ear);
  ear.stop();
  expect(await run.outcome).toEqual({ kind: 'stopped' });

  expect(await threadOf(pool)).not.toBe(before);
});

it('never begins a trial that is stopped while its thread is being replaced', async () => {
  await using pool = createThreadPool({ slots: 1, setup: scriptedSetup, grace: endlessGrace });
  expect(await pool.run(scripted('exit'), new Ear())).toMatchObject({ kind: 'lost' });
  const ear = new Ear();
  const waiting = pool.run(scripted('reports'), ear);

  ear.stop();

  expect(await waiting).toEqual({ kind: 'stopped' });
  await threadOf(pool);
  expect(ear.reports).toEqual([]);
});

it('calls a trial lost when its thread exits under it, and replaces the thread', async () => {
  await using pool = createThreadPool({ slots: 1, setup: scriptedSetup });
  const ear = new Ear();

  expect(await pool.run(scripted('exit'), ear)).toEqual({
    kind: 'lost',
    message: 'The worker thread died under the trial: worker exited with code: 3',
  });

  expect(ear.reports).toHaveLength(1);
  expect(await pool.run(scripted('reports'), new Ear())).toMatchObject({ kind: 'finished' });
});

it('calls a trial lost when its thread runs out of memory', async () => {
  const resourceLimits = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };
  await using pool = createThreadPool({ slots: 1, setup: scriptedSetup, resourceLimits });

  expect(await pool.run(scripted('allocate'), new Ear())).toEqual({
    kind: 'lost',
    message: 'The worker thread ran out of memory.',
  });

  expect(await pool.run(scripted('reports'), new Ear())).toMatchObject({ kind: 'finished' });
});

it('loses only the trial whose thread dies', async () => {
  await using pool = createThreadPool({ slots: 2, setup: scriptedSetup, grace: endlessGrace });
  const bystander = new Ear();
  const run = pool.run(scripted('until-stopped', { epochs: 1_000_000 }), bystander);
  await bystander.firstReport();

  expect(await pool.run(scripted('exit'), new Ear())).toMatchObject({ kind: 'lost' });

  bystander.stop();
  expect(await run).toEqual({ kind: 'stopped' });
});

it('calls a trial failed when it throws where nobody catches it', async () => {
  await using pool = createThreadPool({ slots: 1, setup: scriptedSetup });
  const ear = new Ear();

  expect(await pool.run(scripted('throw-later'), ear)).toEqual({
    kind: 'failed',
    code: 'error',
    message: 'nobody catches this',
  });

  expect(ear.reports).toHaveLength(1);
  expect(await pool.run(scripted('reports'), new Ear())).toMatchObject({ kind: 'finished' });
});

it.each(['throw-after-the-end', 'reject-after-the-end'])(
  'spares the next trial on the thread what goes wrong after a trial: %s',
  async (script) => {
    await using pool = createThreadPool({ slots: 1, setup: scriptedSetup });
    const before = await threadOf(pool);

    expect(await pool.run(scripted(script), new Ear())).toMatchObject({ kind: 'finished' });

    expect(await pool.run(scripted('turns'), new Ear())).toMatchObject({ kind: 'finished' });
    expect(await threadOf(pool)).toBe(before);
  },
);

it('gives each trial its own reports when many report at once', async () => {
  await using pool = createThreadPool({ slots: 2, setup: scriptedSetup });
  using queue = new SlotQueue(pool);
  const ears = Array.from({ length: 200 }, () => new Ear());

  await Promise.all(
    ears.map((ear, n) => queue.add(() => pool.run(scripted('reports', { epochs: 2, repeat: n }), ear))),
  );

  expect(ears.map((ear) => ear.values('repeat'))).toEqual(ears.map((_, n) => [n, n]));
});

it('says what is wrong with a module that is no trainer', async () => {
  const path = fileURLToPath(new URL('fixtures/no-trainer.js', import.meta.url));
  await using pool = createThreadPool({
    slots: 1,
    setup: { ...scriptedSetup, trainer: moduleTrainerModule({ path }) },
  });

  expect(await pool.run(scripted('reports'), new Ear())).toMatchObject({
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
  const runs = [pool.run(scripted('reports'), new Ear()), pool.run(scripted('reports'), new Ear())];

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
  const run = await spinning(pool, new Ear());
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
