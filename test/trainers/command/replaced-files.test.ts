import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { ReportFile } from '../../../src/trainers/command/reading/report-file.js';
import { emptyFolder, fitfirst, writeCampaign } from '../../support/command-line.js';

const program = fileURLToPath(new URL('fixtures/replaces-files.js', import.meta.url));

/** What a program puts in the place of a file that it shares with fitfirst, and what becomes of its trial. */
const ends: Readonly<Record<string, string>> = {
  good: 'finished complete',
  'report fifo': 'failed bad-report',
  'report folder': 'failed bad-report',
  'report device': 'failed bad-report',
  'report link': 'failed bad-report',
  'stop fifo': 'finished complete',
  'stop folder': 'finished complete',
  'stop device': 'finished complete',
  'log fifo': 'finished complete',
  'log folder': 'finished complete',
  endless: 'failed bad-report',
  directory: 'failed bad-report',
  'again fifo': 'finished complete',
  'again folder': 'finished complete',
  'again device': 'finished complete',
};

it('fails only the trial whose program puts something else in the place of a shared file', async () => {
  await using folder = await emptyFolder();
  await writeCampaign(
    folder.path,
    `
name: replaced
trainer:
  command: [${JSON.stringify(process.execPath)}, ${JSON.stringify(program)}]
  report: file
  grace: 300ms
max_failures: 50
method: grid
parameters: {act: {values: ${JSON.stringify(Object.keys(ends))}}, epochs: 4}
`,
  );

  const end = await fitfirst(folder.path, 'run', 'campaign.yaml', '--workers', '2', '--view', 'none');

  expect(end).toMatchObject({ code: 0, stderr: '' });
  const results = join(folder.path, 'results/replaced');
  const rows: Record<string, string>[] = parse(await readFile(join(results, 'trials.csv'), 'utf8'), {
    columns: true,
  });
  const search = rows.filter((row) => row.stage === 'search');
  const found = Object.fromEntries(search.map(({ act, state, reason }) => [act, `${state} ${reason}`]));
  expect(found).toEqual(ends);
  const journal = await readFile(join(results, 'journal.jsonl'), 'utf8');
  expect(journal).toContain(
    'The command put a FIFO in the place of its report file. Append to the file $FITFIRST_REPORT instead.',
  );
  expect(journal).not.toMatch(/\bE(ISDIR|LOOP|NXIO|EXIST|NOTDIR)\b/);
});

it('starts with an empty report file where an earlier attempt left something else', async () => {
  await using folder = await emptyFolder();
  const path = join(folder.path, 'report.jsonl');
  execFileSync('mkfifo', [path]);
  const read: string[] = [];

  const file = new ReportFile(path, {
    onBytes: (bytes) => read.push(bytes.toString()),
    onFault: (message) => read.push(message),
    mayRead: () => true,
  });
  appendFileSync(path, 'line\n');
  file.read();
  file.close();

  expect(read).toEqual(['line\n']);
});
