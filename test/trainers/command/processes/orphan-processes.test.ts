import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { campaignVariable } from '../../../../src/trainers/command/processes/marked-processes.js';
import { endOrphanProcesses } from '../../../../src/trainers/command/processes/orphan-processes.js';
import { PidFile } from '../../../../src/trainers/command/processes/pid-file.js';
import { processEntry } from '../../../../src/trainers/command/processes/process-table.js';
import { emptyFolder } from '../../../support/command-line.js';

const started: number[] = [];
afterEach(() => {
  for (const pid of started.splice(0)) {
    if (processEntry(pid)?.ended === false) process.kill(pid, 'SIGKILL');
  }
});

/** A process that runs until it is ended, the leader of a group. */
async function sleeper(env: Record<string, string> = {}): Promise<number> {
  const script = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')";
  const child = spawn(process.execPath, ['-e', script], {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  const pid = child.pid ?? 0;
  started.push(pid);
  return pid;
}

const lives = (pid: number): boolean => processEntry(pid)?.ended === false;

describe('leftovers of a run that was killed', () => {
  it('are found by their record and ended, though they ignore the request and others have ended', async () => {
    await using folder = await emptyFolder();
    const [early, pid] = [await sleeper(), await sleeper()];
    const record = new PidFile(folder.path);
    for (const one of [early, pid]) record.add(one);
    record.remove(early);
    await appendFile(join(folder.path, 'processes.jsonl'), '{"pid":');
    process.kill(early, 'SIGKILL');
    await vi.waitFor(() => expect(lives(early)).toBe(false));

    expect(await endOrphanProcesses(folder.path)).toBe(1);

    expect(lives(pid)).toBe(false);
  });

  it('are not looked for among processes whose end was seen', async () => {
    await using folder = await emptyFolder();
    const pid = await sleeper();
    const record = new PidFile(folder.path);
    record.add(pid);
    record.remove(pid);

    expect(await endOrphanProcesses(folder.path)).toBe(0);

    expect(lives(pid)).toBe(true);
  });

  it.runIf(process.platform === 'linux')(
    'are found by their environment where no record was written',
    async () => {
      await using folder = await emptyFolder();
      const pid = await sleeper({ [campaignVariable]: await realpath(folder.path) });
      const other = await sleeper({ [campaignVariable]: `${await realpath(folder.path)}-2` });

      expect(await endOrphanProcesses(folder.path)).toBe(1);

      expect(lives(pid)).toBe(false);
      expect(lives(other)).toBe(true);
    },
  );

  it.runIf(process.platform === 'linux')(
    'are followed to their end once they were found, though they clear their environment',
    async () => {
      await using folder = await emptyFolder();
      const script = 'trap "exec env -i sleep 1000" TERM; echo up; while :; do sleep 0.05; done';
      const child = spawn('sh', ['-c', script], {
        detached: true,
        env: { ...process.env, [campaignVariable]: await realpath(folder.path) },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      await once(child.stdout, 'data');
      const pid = child.pid ?? 0;
      started.push(pid);

      await endOrphanProcesses(folder.path);

      expect(lives(pid)).toBe(false);
    },
  );

  it('are never somebody else who has got the number since', async () => {
    await using folder = await emptyFolder();
    const pid = await sleeper();
    const record = JSON.stringify({ pid, started: 'another boot/123' });
    await writeFile(join(folder.path, 'processes.jsonl'), `${record}\n`);

    expect(await endOrphanProcesses(folder.path)).toBe(0);

    expect(lives(pid)).toBe(true);
  });
});
