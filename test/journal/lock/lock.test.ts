import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FitfirstError } from '../../../src/campaign/fitfirst-error.js';
import { lockByProgram, lockBySocket } from '../../../src/journal/lock/file-lock.js';
import { FolderLock } from '../../../src/journal/lock/lock.js';
import { type LockInfo, outOfReach, ownLockInfo } from '../../../src/journal/lock/lock-info.js';
import { now } from '../example-event.js';
import { temporaryFolder } from '../temporary-folder.js';

interface Holder {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  readonly exited: Promise<unknown>;
  /** What it printed before `held`, or instead of it. */
  readonly printed: readonly string[];
}

/** Starts a program that takes the folder's lock; resolves when it has it, or has ended without. */
async function startHolder(folder: string, behaviour: string, env = process.env): Promise<Holder> {
  const program = fileURLToPath(new URL('hold-lock.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, folder, behaviour], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env,
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const exited = once(child, 'exit');
  const printed: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'held') return { process: child, exited, printed };
    printed.push(line);
  }
  throw new Error(`the lock was not taken: ${printed.join()}`);
}

async function acquire(folder: string): Promise<FolderLock> {
  const lock = await FolderLock.acquire(folder, now);
  onTestFinished(() => lock[Symbol.asyncDispose]());
  return lock;
}

async function refusal(folder: string): Promise<FitfirstError> {
  try {
    await acquire(folder);
  } catch (error) {
    if (error instanceof FitfirstError) return error;
    throw error;
  }
  throw new Error('the lock was expected to be refused');
}

describe('the lock of a folder', () => {
  test('is refused while another process has it, with who, where, since when, and what to do', async () => {
    const folder = temporaryFolder();
    const holder = await startHolder(folder, 'idle');
    const error = await refusal(folder);
    expect(error.code).toBe('CAMPAIGN_LOCKED');
    expect(error.message).toContain(
      `${folder}: another run (process ${holder.process.pid} on ${hostname()}, since 20`,
    );
    expect(error.message).toContain(`fitfirst watch ${folder}`);
    expect(error.message).not.toContain('delete');
  });

  test('is free again when its holder ends in order, and leaves no file', async () => {
    const folder = temporaryFolder();
    const holder = await startHolder(folder, 'idle');
    holder.process.stdin.end();
    await holder.exited;
    expect(existsSync(join(folder, 'lock'))).toBe(false);
    await acquire(folder);
  });

  test.each(['idle', 'blocked', 'with-thread'])(
    'dies with its holder on SIGKILL (%s), not before',
    async (behaviour) => {
      const folder = temporaryFolder();
      const holder = await startHolder(folder, behaviour);
      expect((await refusal(folder)).code).toBe('CAMPAIGN_LOCKED');
      holder.process.kill('SIGKILL');
      await holder.exited;
      expect(existsSync(join(folder, 'lock'))).toBe(true);
      await acquire(folder);
      expect(JSON.parse(readFileSync(join(folder, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    },
  );

  test.runIf(process.platform === 'linux')('does so where there is no flock program, too', async () => {
    const folder = temporaryFolder();
    const holder = await startHolder(folder, 'idle', { ...process.env, PATH: '/nonexistent' });
    expect(JSON.parse(readFileSync(join(folder, 'lock'), 'utf8'))).toMatchObject({ reach: 'host' });
    expect((await refusal(folder)).message).toContain(`process ${holder.process.pid} `);
    holder.process.kill('SIGKILL');
    await holder.exited;
    await acquire(folder);
    expect(JSON.parse(readFileSync(join(folder, 'lock'), 'utf8'))).toMatchObject({ reach: 'kernel' });
  });

  test('is not inherited by a program that its holder started and that outlives it', async () => {
    const folder = temporaryFolder();
    const holder = await startHolder(folder, 'with-child');
    const heir = Number(holder.printed[0]);
    onTestFinished(() => {
      process.kill(heir, 'SIGKILL');
    });
    holder.process.kill('SIGKILL');
    await holder.exited;
    expect(process.kill(heir, 0)).toBe(true);
    await acquire(folder);
  });

  test('is had by one only when several processes want it at once', async () => {
    const folder = temporaryFolder();
    const contenders = await Promise.allSettled(Array.from({ length: 3 }, () => startHolder(folder, 'idle')));
    const refused = contenders.filter((contender) => contender.status === 'rejected');
    expect(refused.map(({ reason }) => String(reason))).toEqual(
      Array(2).fill('Error: the lock was not taken: CAMPAIGN_LOCKED'),
    );
  });

  test('is never had twice, however often it changes hands', async () => {
    const folder = temporaryFolder();
    let holders = 0;
    let turns = 0;
    const contend = async (): Promise<void> => {
      for (let attempt = 0; attempt < 20; attempt += 1) {
        try {
          await using _lock = await FolderLock.acquire(folder, now);
          holders += 1;
          turns += 1;
          expect(holders).toBe(1);
          await new Promise(setImmediate);
          holders -= 1;
        } catch (error) {
          if (!(error instanceof FitfirstError) || error.code !== 'CAMPAIGN_LOCKED') throw error;
        }
      }
    };
    await Promise.all([contend(), contend(), contend()]);
    expect(turns).toBeGreaterThan(5);
  });

  test('is refused to a second process after its file was deleted', async () => {
    const folder = temporaryFolder();
    await startHolder(folder, 'idle');
    rmSync(join(folder, 'lock'));
    expect((await refusal(folder)).code).toBe('CAMPAIGN_LOCKED');
  });

  test("leaves another run's lock alone when its folder was moved away meanwhile", async () => {
    const folder = join(temporaryFolder(), 'digits');
    const moved = `${folder}-old`;
    mkdirSync(folder);
    const first = await acquire(folder);
    renameSync(folder, moved);
    mkdirSync(folder);
    await acquire(folder);
    await first[Symbol.asyncDispose]();
    expect(existsSync(join(folder, 'lock'))).toBe(true);
    expect((await refusal(folder)).code).toBe('CAMPAIGN_LOCKED');
  });
});

describe('the note of a holder that is gone', () => {
  const ours = ownLockInfo('kernel', now());
  const elsewhere: LockInfo = {
    ...ours,
    host: 'node-17',
    boot: '00000000-0000-4000-8000-000000000000',
    pid: 4242,
  };

  function folderWithNote(note: string): string {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'lock'), note);
    return folder;
  }

  test('keeps a second host out until the file is deleted', async () => {
    const folder = folderWithNote(JSON.stringify(elsewhere));
    const error = await refusal(folder);
    expect(error.code).toBe('CAMPAIGN_LOCKED');
    expect(error.message).toContain('process 4242 on node-17, since 2024-01-01T00:00:01.000Z');
    expect(error.message).toContain(`delete ${join(folder, 'lock')}`);
    // The refused run has not made the note its own, nor kept the lock.
    expect((await refusal(folder)).message).toBe(error.message);
  });

  test('of the same host, from before it was started again, keeps nobody out', async () => {
    await acquire(folderWithNote(JSON.stringify({ ...elsewhere, host: hostname() })));
  });

  test.each(['', '{"host":"node-17","bo', '{"host":"node-17"}'])(
    'keeps nobody out where it says nothing: %j',
    async (text) => {
      await acquire(folderWithNote(text));
    },
  );

  test('of another container under the same kernel counts only where a lock could not have seen it', () => {
    const container: LockInfo = { ...ours, host: 'c0ntainer' };
    expect(outOfReach(container, ours)).toBe(false);
    expect(outOfReach({ ...container, reach: 'host' }, ours)).toBe(true);
    expect(outOfReach(container, { ...ours, reach: 'host' })).toBe(true);
    expect(outOfReach({ ...container, boot: null }, { ...ours, boot: null })).toBe(true);
  });
});

describe.runIf(process.platform === 'linux')('each kind of lock by itself', () => {
  function openTwice(): readonly [number, number] {
    const path = join(temporaryFolder(), 'lock');
    const first = openSync(path, 'a+');
    const second = openSync(path, 'a+');
    onTestFinished(() => closeSync(second));
    return [first, second];
  }

  test('the flock program keeps a second opening out until the first is closed', () => {
    const [first, second] = openTwice();
    expect(lockByProgram(first)).toBe('held');
    expect(lockByProgram(second)).toBe('busy');
    closeSync(first);
    expect(lockByProgram(second)).toBe('held');
  });

  test('the flock program is unavailable, not busy, for what cannot be locked', () => {
    const onlyNamesAFile = 0o10000000; // O_PATH of Linux
    const descriptor = openSync(temporaryFolder(), onlyNamesAFile);
    expect(lockByProgram(descriptor)).toBe('unavailable');
    closeSync(descriptor);
  });

  test('the socket keeps a second opening of the same file out until it is closed', async () => {
    const [first, second] = openTwice();
    const server = await lockBySocket(first);
    if (typeof server === 'string') throw new Error(`a socket was expected, found ${server}`);
    closeSync(first);
    expect(await lockBySocket(second)).toBe('busy');
    await new Promise((resolve) => server.close(resolve));
    const again = await lockBySocket(second);
    if (typeof again === 'string') throw new Error(`a socket was expected, found ${again}`);
    await new Promise((resolve) => again.close(resolve));
  });
});
