import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder, fitfirst, program } from '../../support/command-line.js';

/** What a shell made of a line: the exit code of its first command, and what went to standard error. */
interface Piped {
  readonly code: string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `fitfirst WORDS | READER` in a shell with real pipes. */
function piped(folder: string, words: string, reader: string): Promise<Piped> {
  const line = `{ "$NODE" "$PROGRAM" ${words}; echo $? >&3; } | ${reader}`;
  const env = { ...process.env, NODE: process.execPath, PROGRAM: program };
  const child = spawn('sh', ['-c', line], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  const read = { stdout: '', stderr: '', code: '' };
  child.stdout?.on('data', (bytes) => {
    read.stdout += String(bytes);
  });
  child.stderr?.on('data', (bytes) => {
    read.stderr += String(bytes);
  });
  child.stdio[3]?.on('data', (bytes) => {
    read.code += String(bytes).trim();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(read));
  });
}

const config = `data: {generate: spirals, rows: 200}
parameters: {hidden: {values: [4, 8]}, dropout: {values: [0, 0.5]}, epochs: 60}
fit_first: {grow: hidden, dropout: [dropout], if_nothing_fits: continue}
repeats: 3
`;

describe('a command whose reader goes away', () => {
  let folder: Awaited<ReturnType<typeof emptyFolder>>;
  beforeAll(async () => {
    folder = await emptyFolder();
    await mkdir(join(folder.path, 'logs'));
    await writeFile(join(folder.path, 'c.yaml'), config);
    const lines = Array.from({ length: 5000 }, (_, epoch) => `{"epoch":${epoch + 1},"val_loss":1}\n`);
    await writeFile(join(folder.path, 'logs/program.log'), lines.join(''));
    const ran = await fitfirst(folder.path, 'run', 'c.yaml', '--out', 'done', '--view', 'none');
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    return () => folder[Symbol.asyncDispose]();
  });

  it.each([
    '--help',
    'run --help',
    'validate c.yaml',
    'status done',
    'status done --json',
    'export done --table epochs',
    'export done --table epochs --format jsonl',
    'watch done --view json',
    'report done',
    'test-report logs/program.log',
  ])('ends quietly with code 0: %s', async (words) => {
    expect(await piped(folder.path, words, 'true')).toEqual({ code: '0', stdout: '', stderr: '' });
    const head = await piped(folder.path, words, 'head -n 1');
    expect(head).toMatchObject({ code: '0', stderr: '' });
    expect(head.stdout.split('\n')).toHaveLength(2);
  });

  it('carries on with its campaign', async () => {
    const ended = await piped(folder.path, 'run c.yaml --out again --view plain', 'true');
    expect(ended).toEqual({ code: '0', stdout: '', stderr: '' });
    const status = await fitfirst(folder.path, 'status', 'again');
    expect(status.stdout).toMatch(/^concluded\n/);
  });

  it('keeps the exit code of a refusal when nobody reads standard error', async () => {
    const ended = await piped(folder.path, 'validate missing.yaml 2>&1', 'true');
    expect(ended).toEqual({ code: '2', stdout: '', stderr: '' });
  });

  it('says so with code 2 when its output cannot be written for another reason', async () => {
    const ended = await piped(folder.path, 'status done --json >/dev/full', 'cat');
    expect(ended.code).toBe('2');
    expect(ended.stderr).toBe(
      'standard output: the operating system refused: no space left on device (ENOSPC). Free ' +
        'some space on that disk, then run the same command again.\n',
    );
  });
});
