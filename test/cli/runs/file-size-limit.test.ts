import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder, fitfirst, start, writeCampaign } from '../../support/command-line.js';

const campaign = `
name: small
data: {generate: spirals, rows: 100}
parameters: {hidden: {values: [4, 8, 12, 16]}, epochs: 40, batch_size: 16}
method: grid
repeats: 2
`;

/** Starts the program under a limit on the size of each file; the system then writes files in part, up to the limit. */
const startLimited = (folder: string, words: string[]): Promise<{ code: number | null; stderr: string }> =>
  start(folder, words, 'sh', ['-c', 'ulimit -f 16; exec "$0" "$@"', process.execPath]).ended;

it('stops at a limit on the size of files with what to do, and resumes without the limit', async () => {
  await using folder = await emptyFolder();
  await writeCampaign(folder.path, campaign);
  const words = ['run', 'campaign.yaml', '--view', 'none'];

  const { code, stderr } = await startLimited(folder.path, words);

  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining(
      'file too large (EFBIG). Everything that was reported as done is on disk, and nothing more is written. Raise ' +
        'the limit on the size of files (ulimit -f), then give the same command again.',
    ),
  });
  expect(stderr).toContain(join('results/small/journal.jsonl'));
  expect((await fitfirst(folder.path, ...words)).code).toBe(0);
});

it.each([
  ['a report', 'report.html', ['report', 'results/small']],
  [
    'a table',
    'epochs.txt',
    ['export', 'results/small', '--table', 'epochs', '--output', 'results/small/epochs.txt'],
  ],
  [
    'a study of Optuna',
    'study.log',
    ['export', 'results/small', '--format', 'optuna', '--output', 'results/small/study.log'],
  ],
] as const)('says that %s cannot be written whole', async (_, name, words) => {
  await using folder = await emptyFolder();
  await writeCampaign(folder.path, campaign);
  await fitfirst(folder.path, 'run', 'campaign.yaml', '--view', 'none');

  const { code, stderr } = await startLimited(folder.path, [...words]);

  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining(`${name}: cannot be written: file too large (EFBIG)`),
  });
});

it('keeps the report that it cannot replace', async () => {
  await using folder = await emptyFolder();
  await writeCampaign(folder.path, campaign);
  await fitfirst(folder.path, 'run', 'campaign.yaml', '--view', 'none');
  const report = join(folder.path, 'results/small/report.html');
  const before = await readFile(report, 'utf8');

  await startLimited(folder.path, ['report', 'results/small']);

  expect(await readFile(report, 'utf8')).toBe(before);
});
