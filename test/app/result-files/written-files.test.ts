import { cp, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readOverview } from '../../../src/app/campaigns/list-campaigns.js';
import { readCampaign } from '../../../src/app/read-campaign.js';
import { runConfig } from '../../../src/app/run-config.js';
import { emptyFolder } from '../../support/command-line.js';

const config = (values: string): string => `
name: lines
trainer: {command: [sh, -c, 'echo "{\\"val_loss\\": 0.5}" >> "$FITFIRST_REPORT"']}
parameters: {x: {values: [${values}]}}
method: grid
`;
const NAMES = ['summary.json', 'trials.csv', 'timings.csv', 'epochs.csv', 'report.html'];
const RECORD = 'written-files.json';
const LONG_AGO = new Date('2001-01-01');

/** A concluded campaign: its config, its results folder, and what runs it again. */
async function concluded() {
  const folder = await emptyFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const path = join(folder.path, 'lines.yaml');
  await writeFile(path, config('1, 2, 3'));
  const out = join(folder.path, 'results');
  const run = (from = path, extend = false) => runConfig(from, { out, extend });
  await run();
  return { path, out, run };
}

/** The files that the action writes, of those that are there afterwards. */
async function written(out: string, action: () => Promise<unknown>): Promise<string[]> {
  for (const name of [...NAMES, RECORD]) await utimes(join(out, name), LONG_AGO, LONG_AGO).catch(() => {});
  await action();
  const isNew = async (name: string) => (await stat(join(out, name))).mtimeMs !== LONG_AGO.getTime();
  const found = await Promise.all(
    [...NAMES, RECORD].map(async (name) => ((await isNew(name)) ? [name] : [])),
  );
  return found.flat();
}

test('a second run of a concluded campaign writes no result file again', async () => {
  const { out, run } = await concluded();
  expect(await written(out, run)).toEqual([]);
});

test('a second run writes the files again that were deleted, changed or damaged, and no others', async () => {
  const { out, run } = await concluded();
  const contents = async () => Promise.all(NAMES.map((name) => readFile(join(out, name), 'utf8')));
  const before = await contents();
  await rm(join(out, 'summary.json'));
  const table = await readFile(join(out, 'trials.csv'), 'utf8');
  await writeFile(join(out, 'trials.csv'), table.replace('finished', 'FINISHED'));
  await truncate(join(out, 'epochs.csv'), 3);
  expect(await written(out, run)).toEqual(['summary.json', 'trials.csv', 'epochs.csv']);
  expect(await contents()).toEqual(before);
  expect(await written(out, run)).toEqual([]);
});

test('files that were written from another journal are written again', async () => {
  const { path, out, run } = await concluded();
  await writeFile(path, config('1, 2, 3, 4'));
  expect(await written(out, () => run(path, true))).toEqual([...NAMES, RECORD]);
  expect(await readFile(join(out, 'trials.csv'), 'utf8')).toContain('\n5,');
  expect(await written(out, run)).toEqual([]);
});

test('a journal of the same length with other times counts as another journal', async () => {
  const { path, out, run } = await concluded();
  const other = join(dirname(out), 'other');
  await runConfig(path, { out: other });
  const [own, foreign] = await Promise.all(
    [out, other].map(async (folder) => JSON.parse(await readFile(join(folder, RECORD), 'utf8'))),
  );
  const record = { ...foreign, journal: { ...foreign.journal, bytes: own.journal.bytes } };
  await writeFile(join(out, RECORD), JSON.stringify(record));
  expect(await written(out, run)).toEqual([...NAMES, RECORD]);
});

test('a run that was killed before it recorded its files, or left half a record, writes them again', async () => {
  const { out, run } = await concluded();
  await rm(join(out, RECORD));
  expect(await written(out, run)).toEqual([...NAMES, RECORD]);
  await truncate(join(out, RECORD), 100);
  expect(await written(out, run)).toEqual([...NAMES, RECORD]);
  expect(await written(out, run)).toEqual([]);
});

test('files of another version of fitfirst, or of a config in another place, are written again', async () => {
  const { path, out, run } = await concluded();
  const record = JSON.parse(await readFile(join(out, RECORD), 'utf8'));
  await writeFile(join(out, RECORD), JSON.stringify({ ...record, version: '0.0.1' }));
  expect(await written(out, run)).toEqual([...NAMES, RECORD]);
  await cp(path, join(dirname(path), 'moved.yaml'));
  expect(await written(out, () => run(join(dirname(path), 'moved.yaml')))).toEqual([...NAMES, RECORD]);
  expect(await readFile(join(out, 'report.html'), 'utf8')).toContain('moved.yaml');
});

/** The overview of the campaign, and whether its journal was read for it. */
async function listed(out: string) {
  let isRead = false;
  const overview = await readOverview(out, 'lines', () => {
    isRead = true;
    return readCampaign(out);
  });
  return { overview, isRead };
}

test('a list shows of a concluded campaign what its last run recorded, which is what the journal says', async () => {
  const { out } = await concluded();
  const recorded = await listed(out);
  await rm(join(out, RECORD));
  const read = await listed(out);
  expect([recorded.isRead, read.isRead]).toEqual([false, true]);
  expect(recorded.overview).toEqual(read.overview);
  expect(recorded.overview).toMatchObject({ state: 'concluded', trials: { asked: 4, settled: 4 } });
});

test('a list never shows what was recorded of another journal or by another version', async () => {
  const { out, run } = await concluded();
  const [path, journal] = [join(out, RECORD), join(out, 'journal.jsonl')];
  const [record, bytes] = [await readFile(path, 'utf8'), await readFile(journal)];
  await writeFile(path, JSON.stringify({ ...JSON.parse(record), version: '0.0.1' }));
  expect((await listed(out)).isRead).toBe(true);
  await writeFile(path, record);
  const { mtime } = await stat(journal);
  const place = bytes.indexOf('0.5');
  bytes[place] = '9'.charCodeAt(0);
  await writeFile(journal, bytes);
  await utimes(journal, mtime, mtime);
  expect((await listed(out)).overview).toMatchObject({ state: 'unreadable' });
  bytes[place] = '0'.charCodeAt(0);
  await writeFile(journal, bytes.subarray(0, bytes.lastIndexOf('\n', bytes.length - 2) + 1));
  expect(await listed(out)).toMatchObject({ isRead: true, overview: { state: 'interrupted' } });
  await run();
  expect(await listed(out)).toMatchObject({ isRead: false, overview: { state: 'concluded' } });
});
