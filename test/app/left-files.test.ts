import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { removeLeftFiles } from '../../src/app/left-files.js';
import { emptyFolder } from '../support/command-line.js';

it('removes the temporary files of atomic writes, and nothing else', async () => {
  await using folder = await emptyFolder();
  const kept = [
    'trials.csv',
    'trials.csv.old',
    'notes.csv.123',
    'journal.jsonl',
    'trials.csv.17a',
    'model.onnx',
  ];
  const left = ['trials.csv.1746351', 'report.html.2', 'model.onnx.2307', 'summary.json.99', 'config.yaml.5'];
  for (const name of [...kept, ...left]) await writeFile(join(folder.path, name), '');
  await mkdir(join(folder.path, 'weights'));
  const network = `${'a1b2'.repeat(8)}.network`;
  for (const name of [network, `${network}.123456`]) await writeFile(join(folder.path, 'weights', name), '');

  await removeLeftFiles(folder.path);

  expect((await readdir(folder.path)).sort()).toEqual([...kept, 'weights'].sort());
  expect(await readdir(join(folder.path, 'weights'))).toEqual([network]);
});

it('removes an empty list of programs, and keeps one that names some', async () => {
  await using folder = await emptyFolder();
  const list = join(folder.path, 'processes.jsonl');
  await writeFile(list, '{"pid":4000000,"started":"1"}\n');
  await removeLeftFiles(folder.path);
  expect(await readdir(folder.path)).toEqual(['processes.jsonl']);
  await writeFile(list, '');
  await removeLeftFiles(folder.path);
  expect(await readdir(folder.path)).toEqual([]);
});
