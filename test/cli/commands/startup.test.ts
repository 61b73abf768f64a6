import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, program } from '../../support/command-line.js';
import { loadedFiles, loadedPackages } from '../../support/loaded-packages.js';

const table = Array.from({ length: 40 }, (_, row) => `${row},${row % 2 ? 'y' : 'x'}\n`).join('');
const config =
  'data: {path: t.csv, target: kind}\nparameters: {hidden: {values: [4, 8]}, dropout: ' +
  '{values: [0, 0.5]}, epochs: 2}\nfit_first: {grow: hidden, dropout: [dropout]}\n';

/** What only some commands need, and takes its time to load. */
const heavy = [
  'echarts',
  'hyparquet',
  'hyparquet-compressors',
  'ink',
  'piscina',
  'protobufjs',
  'react',
] as const;

describe('a command', () => {
  it.each(['--version', '--help', 'run --help', 'no-such-command'])(
    'loads nothing but the parser of the command line: %s',
    async (words) => {
      await using folder = await emptyFolder();
      expect(await loadedPackages(folder.path, ...words.split(' '))).toEqual(['commander']);
    },
  );

  it('loads few files, with the libraries of many files in them, whose licences are kept', async () => {
    await using folder = await emptyFolder();
    await writeFile(join(folder.path, 't.csv'), `a,kind\n${table}`);
    await writeFile(join(folder.path, 'c.yaml'), config);
    const files = await loadedFiles(folder.path, program, 'validate', 'c.yaml');
    const bundled = ['commander', 'yaml', 'zod'];
    expect(files.length).toBeLessThan(60);
    for (const name of bundled)
      expect(files.filter((file) => file.includes(`/node_modules/${name}/`))).toEqual([]);
    const others = ['echarts', 'ink', 'protobufjs', 'react', 'react-reconciler', 'yoga-layout', 'zrender'];
    for (const place of ['bundled', 'program']) {
      const file = new URL(`../../../dist/${place}/LICENSES.txt`, import.meta.url);
      const licences = await readFile(file, 'utf8');
      for (const name of [...bundled, ...others]) expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'));
    }
  });

  it.each(['validate c.yaml', 'init t.csv', 'status .', 'export .', 'predict . t.csv'])(
    'loads none of the heavy libraries: %s',
    async (words) => {
      await using folder = await emptyFolder();
      await writeFile(join(folder.path, 't.csv'), `a,kind\n${table}`);
      await writeFile(join(folder.path, 'c.yaml'), config);
      const loaded = await loadedPackages(folder.path, ...words.split(' '));
      expect(loaded).toContain('commander');
      expect(loaded.filter((name) => heavy.some((library) => library === name))).toEqual([]);
    },
  );
});
