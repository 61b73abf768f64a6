import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrialCheckpoint } from '../../src/campaign/outcome.js';
import type { TrialSpec } from '../../src/campaign/trial.js';
import { goingOnChecks } from '../../src/contracts/executor/going-on-checks.js';
import { checkpointName, checkpointsFolder } from '../../src/execution/checkpoint-path.js';
import type { CommandOptions } from '../../src/execution/command-options.js';
import type { Executor } from '../../src/execution/executor.js';
import { packDirectory, unpackDirectory } from '../../src/remote/directory-archive.js';
import { withTravellingCheckpoints } from '../../src/remote/travelling-checkpoints.js';
import { createCommandExecutor } from '../../src/trainers/command/command-executor.js';
import { scriptedSetup } from '../execution/scripted-setup.js';

const identity = 'ab'.repeat(32);
const short: TrialSpec = { parameters: { rate: 1 }, repeat: 1, epochs: 3, until: null, finish: null };
const long: TrialSpec = { ...short, epochs: 6 };
const programOptions: CommandOptions = {
  command: [
    process.execPath,
    fileURLToPath(new URL('../trainers/command/fixtures/scripted-program.js', import.meta.url)),
    'file',
  ],
  program: null,
  report: { kind: 'file' },
  cwd: '/',
  env: {},
  timeout: null,
  maxRss: null,
  grace: 10_000,
  resources: {},
};
const options = { signal: new AbortController().signal, onReport: () => {} };

describe('checkpoint directories that travel between workers', () => {
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'fitfirst-travel-'));
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  const messages: string[] = [];
  const directory = (folder: string, spec: TrialSpec): string =>
    join(checkpointsFolder(folder), checkpointName(identity, spec));

  /** A worker whose programs leave a directory, as the executor of commands does. */
  const worker = (
    name: string,
    leave: (path: string) => Promise<void>,
  ): { executor: Executor; folder: string } => {
    const folder = join(home, name);
    const executor: Executor = {
      slots: 1,
      async run(spec) {
        await mkdir(directory(folder, spec), { recursive: true });
        await leave(directory(folder, spec));
        const checkpoint = { epochs: spec.epochs, reportsUpTo: spec.epochs, state: Uint8Array.of(1) };
        return { kind: 'finished', reason: 'complete', network: null, checkpoint };
      },
      async [Symbol.asyncDispose]() {},
    };
    const places = { folder, identity, onMessage: (message: string) => messages.push(message) };
    return { executor: withTravellingCheckpoints(executor, places), folder };
  };

  const checkpointOf = async (executor: Executor, spec: TrialSpec, from: TrialCheckpoint | null = null) => {
    const outcome = await executor.run(spec, { ...options, from });
    return (outcome.kind === 'finished' && outcome.checkpoint) || null;
  };

  it('arrive with their files, and with the state of the executor', async () => {
    const first = worker('first', async (path) => {
      await mkdir(join(path, 'deep'), { recursive: true });
      await writeFile(join(path, 'deep/weights.bin'), Uint8Array.of(0, 255, 10));
      await writeFile(join(path, 'resume.sh'), 'exit 0\n', { mode: 0o755 });
    });
    const second = worker('second', (path) => writeFile(join(path, 'weights.bin'), 'longer'));
    const checkpoint = await checkpointOf(first.executor, short);
    expect(checkpoint?.state[0]).toBe(1);

    await checkpointOf(second.executor, long, checkpoint);

    const arrived = directory(second.folder, short);
    expect(await readFile(join(arrived, 'deep/weights.bin'))).toEqual(Buffer.of(0, 255, 10));
    expect(await readFile(join(arrived, 'resume.sh'), 'utf8')).toBe('exit 0\n');
  });

  it('stay where they are if they hold something else than files, and the worker says so', async () => {
    const { executor } = worker('links', (path) => symlink('/etc/hostname', join(path, 'link')));
    expect(await checkpointOf(executor, short)).toBeNull();
    expect(messages.at(-1)).toContain('"link", which is not a file');
  });

  it('are refused above a size, with both sizes', async () => {
    const path = join(home, 'large');
    await mkdir(path);
    await writeFile(join(path, 'weights'), new Uint8Array(300_000));
    await expect(packDirectory(path, 200_000)).rejects.toThrow(
      /it has 0\.\d MB, and at most 0\.\d MB can be sent/,
    );
  });

  it.each(['../evil', '/evil', 'a/../../evil', 'a//b', '..'])('never leave their place: %s', async (path) => {
    const head = Buffer.from(JSON.stringify({ files: [{ path, bytes: 0, isExecutable: false }] }));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(head.length);
    const forged = new Uint8Array(Buffer.concat([length, head]));
    await expect(unpackDirectory(forged, join(home, 'forged'))).rejects.toThrow(TypeError);
  });

  it('are left out if they are damaged: the trial trains from the start', async () => {
    const { executor } = worker('damaged', (path) => writeFile(join(path, 'weights'), 'x'));
    const damaged = { epochs: 3, reportsUpTo: 3, state: Uint8Array.of(1, 9, 9) };
    expect(await checkpointOf(executor, long, damaged)).not.toBeNull();
    expect(messages.at(-1)).toContain('trains from the start, because its checkpoint cannot be used');
  });

  it('let programs go on at two workers in turns, as the contract of executors asks', {
    timeout: 60_000,
  }, async () => {
    const create = async (name: string): Promise<Executor> => {
      const folder = await mkdtemp(join(home, name));
      const executor = await createCommandExecutor({
        slots: 2,
        options: programOptions,
        places: { folder, identity, varied: [] },
        seed: scriptedSetup.seed,
        metric: scriptedSetup.metric,
      });
      return withTravellingCheckpoints(executor, { folder, identity, onMessage: () => {} });
    };
    await using first = await create('first-');
    await using second = await create('second-');
    let turn = 0;
    const inTurns: Executor = {
      slots: 2,
      run: (spec, given) => (turn++ % 2 === 0 ? first : second).run(spec, given),
      async [Symbol.asyncDispose]() {},
    };

    for (const { run } of goingOnChecks) await run(inTurns, true);
  });
});
