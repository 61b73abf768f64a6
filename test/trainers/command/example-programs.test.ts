import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { emptyFolder, fitfirst } from '../../support/command-line.js';

const examples = fileURLToPath(new URL('../../../examples/programs', import.meta.url));
const packages = fileURLToPath(new URL('fixtures/packages', import.meta.url));

const isFound = (program: string, ...words: readonly string[]): boolean =>
  spawnSync(program, words).status === 0;

// That of the system needs no look for a version first.
const python = ['/usr/bin/python3', 'python3'].find((name) => isFound(name, '-c', ''));
const hasCompiler = isFound('cc', '--version');

/** Runs an example with few epochs, and returns its summary and the header of its table of trials. */
async function run(folder: string, name: string): Promise<{ summary: unknown; header: string[] }> {
  const config = join(folder, `${name}.yaml`);
  const text = readFileSync(config, 'utf8').replace('epochs: 15', 'epochs: 3');
  writeFileSync(config, text.replace(`\${interpreter}`, python ?? ''));
  const ended = await fitfirst(folder, 'run', config, '--out', join(folder, 'out'), '--view', 'none');
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  const [header = ''] = readFileSync(join(folder, 'out/trials.csv'), 'utf8').split('\n');
  const summary: unknown = JSON.parse(readFileSync(join(folder, 'out/summary.json'), 'utf8'));
  return { summary, header: header.split(',') };
}

const chosen = (...names: readonly string[]): object => ({
  chosen: Object.fromEntries(names.map((name) => [name, expect.any(Number)])),
  warnings: [],
});

describe('the examples of programs', () => {
  it.skipIf(python === undefined).each([
    ['flags', 'argparse'],
    ['positional', 'arguments by their places'],
  ])('%s: %s', async (name) => {
    await using folder = await emptyFolder();
    cpSync(examples, folder.path, { recursive: true });
    const { summary, header } = await run(folder.path, name);
    expect(summary).toMatchObject(chosen('sines', 'decay'));
    expect(header).toEqual(expect.arrayContaining(['train_loss', 'val_loss']));
  });

  it.skipIf(python === undefined)('options_file: a JSON config', async () => {
    await using folder = await emptyFolder();
    cpSync(examples, folder.path, { recursive: true });
    const { summary, header } = await run(folder.path, 'options_file');
    expect(summary).toMatchObject(chosen('sines', 'decay'));
    expect(header).toEqual(expect.arrayContaining(['train_loss', 'val_loss', 'weights']));
  });

  it.skipIf(python === undefined).each([
    ['hydra', 'hydra', ['model.sines', 'optimizer.decay']],
    ['events', 'tensorboardX', ['sines', 'decay']],
  ])(
    '%s, with a package in the place of %s where that is not installed',
    async (name, module, parameters) => {
      await using folder = await emptyFolder();
      cpSync(examples, folder.path, { recursive: true });
      if (!isFound(python ?? '', '-c', `import ${module}`))
        cpSync(packages, folder.path, { recursive: true });
      const { summary, header } = await run(folder.path, name);
      expect(summary).toMatchObject(chosen(...parameters));
      expect(header).toEqual(expect.arrayContaining(['val_loss']));
    },
  );

  it.skipIf(!hasCompiler)('compiled: a program in C', async () => {
    await using folder = await emptyFolder();
    cpSync(examples, folder.path, { recursive: true });
    const compiled = spawnSync('cc', ['-O2', '-o', 'compiled', 'compiled.c', '-lm'], { cwd: folder.path });
    expect(compiled).toMatchObject({ status: 0 });
    expect((await run(folder.path, 'compiled')).summary).toMatchObject(chosen('sines', 'decay'));
  });
});
