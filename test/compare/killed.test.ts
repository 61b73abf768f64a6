import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fitfirstHere } from '../support/command-here.js';
import { emptyFolder, promisedFiles, start } from '../support/command-line.js';
import { killAfter } from '../support/kill-after.js';

const CONFIG = `
name: small
seed: 5
data: {generate: moons, rows: 60, noise: 0.3, split: {validation: 0.3, test: 0.2}}
parameters:
  hidden: {values: [2, 6]}
  dropout: {values: [0, 0.3]}
  learning_rate: {value: 0.1}
  batch_size: {value: 16}
  epochs: {value: 4}
repeats: {first: 1, most: 2}
method: fit_first
fit_first: {grow: hidden, dropout: [dropout], fit: {reach: 0.9, repeats: 2}}
`;
const WORDS = ['compare', 'small.yaml', '--repeats', '4', '--draws', '4'];
const COMPARED = ['compare.csv', 'compare-replays.csv', 'compare.json'];

async function filesIn(folder: string): Promise<unknown> {
  const compared = await Promise.all(COMPARED.map((name) => readFile(join(folder, name), 'utf8')));
  return [await promisedFiles(folder), compared];
}

it('a comparison that is killed again and again gives the same bytes in the end', async () => {
  await using folder = await emptyFolder();
  await writeFile(join(folder.path, 'small.yaml'), CONFIG);
  expect(await fitfirstHere(folder.path, ...WORDS, '--out', 'whole')).toMatchObject({ code: 0, stderr: '' });
  const want = await filesIn(join(folder.path, 'whole'));

  for (const lines of [5, 40, 90]) {
    await killAfter(start(folder.path, [...WORDS, '--out', 'killed', '--view', 'json']), lines);
  }
  const resumed = await fitfirstHere(folder.path, ...WORDS, '--out', 'killed');
  expect(resumed).toMatchObject({ code: 0, stderr: '' });
  expect(await filesIn(join(folder.path, 'killed'))).toEqual(want);
}, 120_000);
