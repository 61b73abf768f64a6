import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { emptyFolder, fitfirst, promisedFiles, start } from '../../support/command-line.js';

const example = fileURLToPath(new URL('../../../examples/resume', import.meta.url));
const python = ['python3', 'python'].find((name) => spawnSync(name, ['-c', '']).status === 0) ?? null;

/** Copies the example into a folder; the program can be changed. */
function copyExample(folder: string, name: string, edit = (program: string): string => program): string {
  const place = join(folder, name);
  cpSync(example, place, { recursive: true });
  const program = join(place, 'moons.py');
  writeFileSync(program, edit(readFileSync(program, 'utf8')));
  const config = join(place, 'moons.yaml');
  const text = readFileSync(config, 'utf8');
  // biome-ignore lint/suspicious/noTemplateCurlyInString: macros are written so
  writeFileSync(config, text.replace('${interpreter}', python ?? ''));
  return config;
}

const run = (folder: string, config: string, out: string) =>
  fitfirst(folder, 'run', config, '--out', join(folder, out), '--view', 'none', '--workers', '2');

const logsWith = (folder: string, text: string): string[] =>
  (existsSync(join(folder, 'logs')) ? readdirSync(join(folder, 'logs')) : []).filter((name) =>
    readFileSync(join(folder, 'logs', name), 'utf8').includes(text),
  );

describe.skipIf(python === null)('the example of a program that goes on', () => {
  it('gives the same results as one that trains every trial from the start, killed or not', async () => {
    await using folder = await emptyFolder();
    const config = copyExample(folder.path, 'resumes');
    expect(await run(folder.path, config, 'one')).toMatchObject({ code: 0, stderr: '' });
    const want = await promisedFiles(join(folder.path, 'one'));
    expect(logsWith(join(folder.path, 'one'), 'goes on from epoch 20').length).toBeGreaterThan(0);
    expect(logsWith(join(folder.path, 'one'), 'goes on from epoch 40').length).toBeGreaterThan(0);
    expect(existsSync(join(folder.path, 'one/checkpoints'))).toBe(false);

    const ignoring = copyExample(folder.path, 'ignores', (program) =>
      program.replace('if checkpoint and os.path.exists(checkpoint):', 'if False:'),
    );
    expect((await run(folder.path, ignoring, 'two')).code).toBe(0);
    expect(logsWith(join(folder.path, 'two'), 'goes on')).toEqual([]);
    expect(await promisedFiles(join(folder.path, 'two'))).toEqual(want);

    for (const lines of [70, 130]) {
      const words = ['run', config, '--out', join(folder.path, 'killed'), '--view', 'json'];
      const { child, ended, says } = start(folder.path, words);
      await Promise.race([says(new RegExp(`(?:[^\\n]*\\n){${lines}}`)).catch(() => {}), ended]);
      child.kill('SIGKILL');
      await ended;
    }
    expect((await run(folder.path, config, 'killed')).code).toBe(0);
    expect(await promisedFiles(join(folder.path, 'killed'))).toEqual(want);
  }, 300_000);

  it('trains from the start where its checkpoint cannot be read', async () => {
    await using folder = await emptyFolder();
    const config = copyExample(folder.path, 'resumes');
    expect((await run(folder.path, config, 'one')).code).toBe(0);
    const failing = copyExample(folder.path, 'fails', (program) =>
      program.replace('chance.setstate(state)', 'raise ValueError("damaged")'),
    );
    expect((await run(folder.path, failing, 'two')).code).toBe(0);
    expect(await promisedFiles(join(folder.path, 'two'))).toEqual(
      await promisedFiles(join(folder.path, 'one')),
    );
  }, 300_000);
});
