// biome-ignore-all lint/suspicious/noTemplateCurlyInString: macros are written so
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { trainingIdentity } from '../../src/config/identity/training-identity.js';
import { readConfig } from '../../src/config/load-config.js';
import { emptyFolder } from '../support/command-line.js';

const configWith = (trainer: string): string =>
  `trainer: ${trainer}\nmetric: {name: val_loss}\nparameters: {x: {values: [1, 2]}}\nmethod: grid\n`;

/** A folder with a program of several files, and an interpreter that only looks as if it were in it. */
async function programFolder() {
  const folder = await emptyFolder();
  mkdirSync(join(folder.path, 'lib/__pycache__'), { recursive: true });
  mkdirSync(join(folder.path, '.venv'));
  symlinkSync(process.execPath, join(folder.path, '.venv/python'));
  for (const name of ['train.py', 'train.js', 'lib/a.py', 'lib/b.py', 'lib/__pycache__/a.py', 'setup.json'])
    writeFileSync(join(folder.path, name), name);
  return folder;
}

async function codeOf(trainer: string) {
  await using folder = await programFolder();
  const { config } = readConfig(configWith(trainer), join(folder.path, 'own.yaml'));
  if (config.trainer.kind === 'mlp') throw new TypeError('expected a trainer of its own');
  const { version, files } = config.trainer.code;
  return { version, files: Object.keys(files), identity: trainingIdentity(config, null) };
}

async function mistakesIn(trainer: string): Promise<string> {
  await using folder = await programFolder();
  try {
    readConfig(configWith(trainer), join(folder.path, 'own.yaml'));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return '';
}

describe('the files by which a trainer is distinguished from another one', () => {
  it.each([
    ['{module: train.js}', ['train.js']],
    ['{command: [python3, train.py, "${args}"]}', ['train.py']],
    ['{command: [.venv/python, ./train.py, --setup, setup.json]}', ['train.py', 'setup.json']],
    ['{command: ["${interpreter}", "${program}"], program: train.py}', ['train.py']],
    ['{command: [python3, a.py], cwd: lib}', ['lib/a.py']],
    [`{command: [${JSON.stringify(process.execPath)}, no-such-file.js, lib]}`, []],
    [
      '{command: [python3, -m, lib.a], files: ["lib/**/*.py", train.py]}',
      ['lib/a.py', 'lib/b.py', 'train.py'],
    ],
    ['{module: train.js, files: [train.js, lib/b.py]}', ['train.js', 'lib/b.py']],
  ])('are those of its folder that %s names', async (trainer, files) => {
    expect(await codeOf(trainer)).toMatchObject({ version: null, files });
  });

  it('do not count where the user gives it a version, which changes its identity', async () => {
    const one = await codeOf('{command: [python3, train.py], version: 1}');
    const two = await codeOf('{command: [python3, train.py], version: 2}');
    const none = await codeOf('{command: [python3, train.py]}');
    expect(one).toMatchObject({ version: '1', files: [] });
    expect(new Set([one, two, none].map(({ identity }) => identity)).size).toBe(3);
  });

  it.each([
    ['{command: [x], files: ["src/*.py"]}', 'no file matches "src/*.py" in '],
    ['{command: [x], files: [train.py], version: 1}', 'Leave one of them out'],
  ])('are refused in %s', async (trainer, words) => {
    expect(await mistakesIn(trainer)).toContain(words);
  });
});
