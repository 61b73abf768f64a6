import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { StartedCommand } from '../../../../src/trainers/command/launcher/launched-command.js';
import { Launcher } from '../../../../src/trainers/command/launcher/launcher.js';
import { campaignVariable } from '../../../../src/trainers/command/processes/marked-processes.js';
import {
  processEntry,
  processesWithEnvironment,
} from '../../../../src/trainers/command/processes/process-table.js';
import { emptyFolder } from '../../../support/command-line.js';
import { launcherOf } from '../launcher-of.js';

/** The launcher of this folder before it has a title. */
function launcherAt(folder: string): number {
  const [entry] = processesWithEnvironment(campaignVariable, folder);
  if (entry === undefined) throw new Error('it does not run yet');
  return entry.pid;
}

/** A command of this script of Node's, which has to start. */
async function started(launcher: Launcher, folder: string, script: string): Promise<StartedCommand> {
  const argv = [process.execPath, '-e', script];
  const environment = { ...process.env, [campaignVariable]: folder };
  const command = await launcher.start({ argv, cwd: folder, environment, grace: 0 });
  if (command.kind !== 'started') throw new Error(command.message);
  return command;
}

const lives = (pid: number): boolean => processEntry(pid)?.ended === false;
const untilStopped = 'setInterval(() => {}, 1000); console.log(1)';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a launcher', () => {
  it('gives every command an output of its own, and starts more at once than it was told of', async () => {
    await using folder = await emptyFolder();
    await using launcher = new Launcher({ folder: folder.path, atOnce: 1 });
    const numbers = Array.from({ length: 8 }, (_, n) => n);

    const printed = await Promise.all(
      numbers.map(async (n) => {
        const script = `console.log(${n}); console.error(-${n}); process.exitCode = ${n}`;
        const { stdout, stderr, ended } = await started(launcher, folder.path, script);
        return [await text(stdout), await text(stderr), await ended];
      }),
    );

    expect(printed).toEqual(numbers.map((code) => [`${code}\n`, `-${code}\n`, { kind: 'exit', code }]));
  });

  it('makes a command wait that prints more quickly than it is read', async () => {
    await using folder = await emptyFolder();
    await using launcher = new Launcher({ folder: folder.path, atOnce: 1 });
    const bytes = 3_000_000;
    const script =
      `require('node:fs').writeSync(1, '\\n'); for (let n = 1; n < ${bytes};) n += ` +
      `require('node:fs').writeSync(1, Buffer.alloc(${bytes} - n))`;

    const { stdout, ended } = await started(launcher, folder.path, script);
    await once(stdout.resume(), 'data');
    stdout.pause();

    expect((await text(stdout)).length).toBeGreaterThan(bytes / 2);
    expect(await ended).toEqual({ kind: 'exit', code: 0 });
  });

  it.each([
    ['a program that is not there', ['/no/such/program'], 'ENOENT'],
    ['an argument that no program can be given', [process.execPath, 'a\0b'], 'null bytes'],
  ])('says why it did not start %s', async (_, argv, reason) => {
    await using folder = await emptyFolder();
    await using launcher = new Launcher({ folder: folder.path, atOnce: 1 });

    const command = await launcher.start({ argv, cwd: folder.path, environment: {}, grace: 0 });

    expect(command).toEqual({ kind: 'not-started', message: expect.stringContaining(reason) });
  });

  it('keeps nothing open for commands that have ended, or never began', async () => {
    await using folder = await emptyFolder();
    await using launcher = new Launcher({ folder: folder.path, atOnce: 1 });
    const open = (): number => readdirSync('/proc/self/fd').length;
    await launcher.ready();
    const before = open();
    const many = 60;

    for (let n = 0; n < many; n++) {
      const argv = [n % 2 === 0 ? '/no/such/program' : '/bin/true'];
      const command = await launcher.start({ argv, cwd: folder.path, environment: {}, grace: 0 });
      if (command.kind !== 'started') continue;
      const closed = [command.stdout, command.stderr].map((output) => once(output.resume(), 'close'));
      await Promise.all(closed);
    }

    expect(open() - before).toBeLessThan(many / 2);
  });

  it('tells by which signal a command was ended', async () => {
    await using folder = await emptyFolder();
    await using launcher = new Launcher({ folder: folder.path, atOnce: 1 });

    const { ended } = await started(launcher, folder.path, "process.kill(process.pid, 'SIGKILL')");

    expect(await ended).toEqual({ kind: 'signal', signal: 'SIGKILL' });
  });

  it('ends what still runs when it is closed, and leaves no file', async () => {
    await using folder = await emptyFolder();
    vi.stubEnv('TMPDIR', folder.path);
    const launcher = new Launcher({ folder: folder.path, atOnce: 1 });
    const { pid } = await started(launcher, folder.path, untilStopped);
    const sockets = (): string[] => readdirSync(folder.path).filter((name) => name.startsWith('fitfirst-'));
    expect(sockets()).toHaveLength(1);

    await launcher[Symbol.asyncDispose]();

    expect(lives(pid)).toBe(false);
    expect(sockets()).toEqual([]);
  });

  it('ends what has left its group and its session when fitfirst is gone', async () => {
    await using folder = await emptyFolder();
    const launcher = new Launcher({ folder: folder.path, atOnce: 1 });
    const script =
      "const { spawn } = require('node:child_process');" +
      "const child = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' });" +
      'console.log(child.pid); setInterval(() => {}, 1000)';
    const { stdout } = await started(launcher, folder.path, script);
    const [bytes] = await once(stdout.resume(), 'data');
    const pid = Number(String(bytes));
    expect(lives(pid)).toBe(true);

    await launcher[Symbol.asyncDispose]();

    expect(lives(pid)).toBe(false);
  });

  it('lets Node end when it has nothing to do, and ends then itself', async () => {
    await using folder = await emptyFolder();
    const program = fileURLToPath(new URL('fixtures/idle-launcher.ts', import.meta.url));

    const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', program, folder.path], {
      encoding: 'utf8',
    });

    expect(status).toBe(0);
    expect(stdout.split('\n').sort()).toEqual(['', 'exit', 'from the command']);
    await vi.waitFor(() => expect(processesWithEnvironment(campaignVariable, folder.path)).toEqual([]));
  });
});

describe('a launcher that was stopped', () => {
  it('is ended and replaced, and its commands are lost', async () => {
    await using folder = await emptyFolder();
    await using launcher = new Launcher({ folder: folder.path, atOnce: 1, patience: 500 });
    const lost = await started(launcher, folder.path, untilStopped);

    process.kill(launcherOf(folder.path), 'SIGSTOP');

    expect(await lost.ended).toEqual({
      kind: 'lost',
      message: 'The process that starts commands has ended (it did not answer).',
    });
    const { stdout } = await started(launcher, folder.path, 'console.log(1)');
    expect(lives(lost.pid)).toBe(false);
    expect(await text(stdout)).toBe('1\n');
  });

  it('does not hold up the end', async () => {
    await using folder = await emptyFolder();
    const launcher = new Launcher({ folder: folder.path, atOnce: 1, patience: 500 });
    await launcher.ready();
    process.kill(launcherOf(folder.path), 'SIGSTOP');

    await launcher[Symbol.asyncDispose]();

    expect(processesWithEnvironment(campaignVariable, folder.path)).toEqual([]);
  });
});

describe('a launcher that was killed', () => {
  it('has lost its commands, which are ended before another one starts anything', async () => {
    await using folder = await emptyFolder();
    await using launcher = new Launcher({ folder: folder.path, atOnce: 1 });
    const lost = await started(launcher, folder.path, untilStopped);

    process.kill(launcherOf(folder.path), 'SIGKILL');

    expect(await lost.ended).toEqual({
      kind: 'lost',
      message: 'The process that starts commands has ended (SIGKILL).',
    });
    const { stdout } = await started(launcher, folder.path, 'console.log(1)');
    expect(lives(lost.pid)).toBe(false);
    expect(await text(stdout)).toBe('1\n');
  });

  it('starts another one where one is killed while it starts', async () => {
    await using folder = await emptyFolder();
    await using launcher = new Launcher({ folder: folder.path, atOnce: 1 });
    const ready = launcher.ready();
    await vi.waitFor(() => process.kill(launcherAt(folder.path), 'SIGKILL'), { interval: 1 });

    await ready;

    const { stdout } = await started(launcher, folder.path, 'console.log(1)');
    expect(await text(stdout)).toBe('1\n');
  });

  it('cannot be replaced where no process can be started, which is said', async () => {
    await using folder = await emptyFolder();
    vi.stubEnv('TMPDIR', join(folder.path, 'no-such-folder'));
    await using launcher = new Launcher({ folder: folder.path, atOnce: 1 });

    await expect(launcher.ready()).rejects.toMatchObject({
      code: 'EXECUTOR_BROKEN',
      message: expect.stringMatching(/^Commands cannot be started: .*no-such-folder/),
    });
  });
});
