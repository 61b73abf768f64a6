import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, fitfirst } from '../support/command-line.js';

/** Flowers of two kinds with an identifier; the second measure tells them apart. */
const flowers = `id,length,width,kind\n${Array.from({ length: 60 }, (_, i) => {
  const isTall = i % 2 === 0;
  return `${i + 1},${(i * 7919) % 13},${isTall ? 5 + (i % 5) / 4 : 2 + (i % 7) / 5},${isTall ? 'tall' : 'low'}`;
}).join('\n')}\n`;

describe('fitfirst init', () => {
  it('writes a config that says what was guessed and why, and that runs without an edit', async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'flowers.csv'), flowers);
    const written = await fitfirst(folder.path, 'init', 'flowers.csv');
    expect(written).toMatchObject({ code: 0, stderr: '' });
    expect(written.stdout).toBe(
      'flowers.yaml: written. The target is kind (a guess: it is the last column, and it is the only one of texts; --target NAME takes another).\n' +
        'Next: fitfirst run flowers.yaml\n',
    );
    const text = await readFile(join(folder.path, 'flowers.yaml'), 'utf8');
    expect(text).toContain('  # id: each row has a number of its own, as identifiers have.\n  drop: [id]\n');
    expect(text).toContain('  # A guess: it is the last column, and it is the only one of texts.');
    expect(text).toContain('# Fit ceiling: a training accuracy of 1 is possible');
    expect((await fitfirst(folder.path, 'validate', 'flowers.yaml')).code).toBe(0);
    const ran = await fitfirst(folder.path, 'run', 'flowers.yaml', '--view', 'none');
    expect(ran).toMatchObject({ code: 0, stderr: '' });
  });

  it('prints the config where that is asked for', async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'flowers.csv'), flowers);
    const { code, stdout } = await fitfirst(folder.path, 'init', 'flowers.csv', '-o', '-', '-t', 'width');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# For flowers\.csv: 60 rows of 4 columns, names in the first line\.\n/);
    expect(stdout).toContain('\n  target: width\n');
    expect(stdout).toContain('task: regression');
  });

  it('overwrites nothing', async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'flowers.csv'), flowers);
    await writeFile(join(folder.path, 'mine.yaml'), 'name: mine\n');
    const { code, stderr } = await fitfirst(folder.path, 'init', 'flowers.csv', '-o', 'mine.yaml');
    expect(code).toBe(2);
    expect(stderr).toBe(
      'mine.yaml: there is such a file already, and nothing is overwritten. Name another with -o FILE, or print the config with -o -.\n',
    );
    expect(await readFile(join(folder.path, 'mine.yaml'), 'utf8')).toBe('name: mine\n');
  });

  it('takes a file beside the table that is named as its test part', async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'train.csv'), flowers);
    await writeFile(join(folder.path, 'test.csv'), flowers);
    const { stdout } = await fitfirst(folder.path, 'init', 'train.csv', '-o', '-');
    expect(stdout).toContain('\n  test: test.csv\n');
    expect(stdout).toContain('split: {validation: 0.2}');
  });

  it('refuses what run would refuse, in the same words', async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 'ragged.csv'), 'a,b\n1,2\n3\n');
    const ragged = await fitfirst(folder.path, 'init', 'ragged.csv');
    expect(ragged).toMatchObject({ code: 2, stdout: '' });
    expect(ragged.stderr).toMatch(/ragged\.csv:3:1 {2}found 1 cell, expected 2/);
    await writeFile(join(folder.path, 'flowers.csv'), flowers);
    const unknown = await fitfirst(folder.path, 'init', 'flowers.csv', '--target', 'knid');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('Did you mean "kind"?');
  });
});
