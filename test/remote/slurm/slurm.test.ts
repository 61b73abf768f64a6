import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasSlurm, type Slurm, startSlurm } from '../../support/slurm.js';

const NODES = ['n1', 'n2'];
const CORES = 2;
const program = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
const files = ['trials.csv', 'epochs.csv', 'summary.json'];

const config = `name: cluster
trainer: {module: ./train.js}
metric: {name: val_loss, goal: minimize}
parameters: {rate: {min: 0.1, max: 0.9}, epochs: 5}
repeats: {first: 1, most: 1}
method: {random: {trials: 12}}
`;

/**
 * Writes to standard output, which must not disturb what a step says to the driver. While the file \`hold\` is there, a
 * trial does not end.
 */
const train = `
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
const hold = new URL('./hold', import.meta.url);
export default async function* train({ rate }, { epochs }) {
  console.log('a line of the trainer');
  for (let epoch = 1; epoch <= epochs; epoch++) {
    await setTimeout(40);
    while (epoch === 3 && existsSync(hold)) await setTimeout(20);
    yield { val_loss: rate / epoch };
  }
}
`;

describe.skipIf(!hasSlurm)('a campaign in a job of Slurm (skipped without slurm-wlm and munge)', () => {
  let slurm: Slurm;
  let folder: string;
  beforeAll(async () => {
    slurm = await startSlurm(CORES, ...NODES);
    folder = join(slurm.folder, 'campaign');
    await mkdir(folder);
    await chmod(folder, 0o777);
    await writeFile(join(folder, 'train.js'), train);
    await writeFile(join(folder, 'local.yaml'), config);
    await writeFile(join(folder, 'c.yaml'), `${config}executor: {slurm: {options: [--quiet]}}\n`);
    const words = ['run', 'local.yaml', '--out', 'local', '--workers', '4', '--view', 'none'];
    const local = spawn(process.execPath, [program, ...words], { cwd: folder, stdio: 'ignore' });
    expect(await once(local, 'exit')).toEqual([0, null]);
  }, 60_000);
  afterAll(async () => {
    await slurm[Symbol.asyncDispose]();
  });

  /** Runs the campaign inside a job, calls the listener with each report, and resolves with the exit code. */
  const runInJob = async (
    out: string,
    onReport: (count: number, driver: number) => unknown = () => {},
  ): Promise<{ code: number | null; stderr: string }> => {
    const words = ['run', 'c.yaml', '--out', out, '--view', 'json'];
    // The shell prints the process id of the driver that replaces it.
    const command = `cd ${folder}; echo "pid $$"; exec ${process.execPath} ${program} ${words.join(' ')}`;
    const request = ['--quiet', '--no-kill', `--ntasks=${NODES.length * CORES}`];
    const job = slurm.start('salloc', [...request, 'sh', '-c', command]);
    const exit = once(job, 'exit');
    const errors: string[] = [];
    job.stderr?.on('data', (chunk) => errors.push(String(chunk)));
    let driver = 0;
    let reports = 0;
    for await (const line of createInterface({ input: job.stdout ?? process.stdin })) {
      if (line.startsWith('pid ')) driver = Number(line.slice(4));
      if (line.includes('"trial-reported"')) await onReport(++reports, driver);
    }
    const [code] = await exit;
    return { code, stderr: errors.join('') };
  };

  const expectSameFiles = async (out: string): Promise<void> => {
    for (const name of files)
      expect(await readFile(join(folder, out, name), 'utf8'), name).toBe(
        await readFile(join(folder, 'local', name), 'utf8'),
      );
  };

  it('gives the files of the local run although Slurm cancels a step, whose trial is lost and not failed', async () => {
    await writeFile(join(folder, 'hold'), '');
    const { code, stderr } = await runInJob('cancelled', async (count) => {
      if (count !== 6) return;
      const steps = (await slurm.output('squeue', '--steps', '--noheader', '--format=%i')).split('\n');
      const step = steps.find((one) => /\.\d+$/.test(one.trim()));
      await slurm.output('scancel', '--signal=KILL', step?.trim() ?? '');
      await rm(join(folder, 'hold'));
    });

    expect(stderr).toBe('');
    expect(code).toBe(0);
    await expectSameFiles('cancelled');
    const journal = await readFile(join(folder, 'cancelled', 'journal.jsonl'), 'utf8');
    expect(journal).toContain('attempt-lost');
    expect(journal).not.toContain('attempt-failed');
  }, 90_000);

  it('goes on with the other node if one fails, whose trials are lost and not failed', async () => {
    const { code } = await runInJob('failed-node', async (count) => {
      if (count !== 6) return;
      // It returns by itself, as it is sound.
      await slurm.output('scontrol', 'update', 'nodename=n2', 'state=down', 'reason=test');
    });

    expect(code).toBe(0);
    await expectSameFiles('failed-node');
    const journal = await readFile(join(folder, 'failed-node', 'journal.jsonl'), 'utf8');
    expect(journal).toContain('attempt-lost');
    expect(journal).not.toContain('attempt-failed');
  }, 90_000);

  it('drains at the SIGTERM before the time limit, and the next job goes on', async () => {
    const first = await runInJob('drained', (count, driver) => {
      if (count === 8) process.kill(driver, 'SIGTERM');
    });
    expect(first.code).toBe(130);
    const second = await runInJob('drained');

    expect(second).toEqual({ code: 0, stderr: '' });
    await expectSameFiles('drained');
    expect(await slurm.output('squeue', '--noheader')).toBe('');
  }, 90_000);
});

describe('a campaign for Slurm outside a job', () => {
  it('says how to get one, and prints a script for sbatch', async () => {
    const { allocatedTasks } = await import('../../../src/remote/slurm/slurm-allocation.js');
    const request = {
      name: 'digits 1',
      config: 'my config.yaml',
      folder: '/shared/results',
      options: ['--cpus-per-task=2', '--gres=gpu:1'],
      atOnce: 40,
    };
    let message = '';
    try {
      allocatedTasks({}, request);
    } catch (error) {
      message = String(error);
    }

    expect(message).toContain("salloc --ntasks=40 --cpus-per-task=2 --no-kill fitfirst run 'my config.yaml'");
    expect(message).toContain(
      '#SBATCH --job-name=digits_1\n#SBATCH --ntasks=40\n#SBATCH --cpus-per-task=2\n',
    );
    expect(message).toContain("exec fitfirst run 'my config.yaml' --out /shared/results --view plain");
    expect(allocatedTasks({ SLURM_JOB_ID: '7', SLURM_NTASKS: '40' }, request)).toBe(40);
  });
});
