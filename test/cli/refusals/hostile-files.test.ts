import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startFresh } from '../../../src/app/fresh-folder.js';
import { readCampaign } from '../../../src/app/read-campaign.js';
import { predictionHeader, predictionText } from '../../../src/cli/output/prediction-text.js';
import { loadConfig, loadWithData } from '../../../src/config/load-config.js';
import { FileJournal } from '../../../src/journal/file-journal.js';
import { FolderLock } from '../../../src/journal/lock/lock.js';
import { lockHolder } from '../../../src/journal/lock/lock-holder.js';
import { escapeControls } from '../../../src/text/quote.js';
import { whyNotStarted } from '../../../src/trainers/command/why-not-started.js';
import { identity, now, parseExampleEvent } from '../../journal/example-event.js';
import { temporaryFolder } from '../../journal/temporary-folder.js';

/** A FIFO that nobody writes to: opened as a file it never answers. */
function fifoAt(path: string): string {
  execFileSync('mkfifo', [path]);
  return path;
}

describe.skipIf(process.platform === 'win32')('a FIFO or a device does not hang a command', () => {
  test('as config', async () => {
    const path = fifoAt(join(temporaryFolder(), 'c.yaml'));
    await expect(loadConfig(path)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: `${path}  found a FIFO, expected a regular file: a campaign reads its config again when it resumes.`,
    });
    await expect(loadConfig('/dev/zero')).rejects.toThrow('found a device, expected a regular file');
    await expect(loadConfig('.')).rejects.toThrow('this is a folder');
  });

  test('as data', async () => {
    const folder = temporaryFolder();
    fifoAt(join(folder, 'x.csv'));
    const config = join(folder, 'c.yaml');
    writeFileSync(
      config,
      'data: {path: x.csv, target: y}\nparameters: {hidden: {values: [2]}}\nmethod: grid\n',
    );
    await expect(loadWithData(config)).rejects.toMatchObject({
      code: 'DATA_INVALID',
      message: expect.stringContaining('found a device or pipe, expected a regular file'),
    });
  });

  test('as journal', async () => {
    const folder = temporaryFolder();
    fifoAt(join(folder, 'journal.jsonl'));
    await expect(readCampaign(folder)).rejects.toMatchObject({
      code: 'CAMPAIGN_MISSING',
      message: expect.stringContaining('this is a FIFO'),
    });
    await expect(
      FileJournal.open({ folder, identity, parseEvent: parseExampleEvent, now }),
    ).rejects.toMatchObject({
      code: 'RESULTS_UNWRITABLE',
      message: expect.stringContaining('journal.jsonl: found a FIFO, expected a regular file. Move it away'),
    });
  });

  test('as lock', async () => {
    const folder = temporaryFolder();
    fifoAt(join(folder, 'lock'));
    expect(lockHolder(folder)).toBe('unknown');
    await expect(FolderLock.acquire(folder, now)).rejects.toThrow(
      'lock: found a FIFO, expected a regular file',
    );
  });
});

test('a lock that is a symbolic link does not overwrite what it points to', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'precious'), 'mine');
  symlinkSync('precious', join(folder, 'lock'));
  await expect(FolderLock.acquire(folder, now)).rejects.toThrow('lock: found a symbolic link');
  expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('mine');
});

test('a results folder that is moved aside has no lock in it', async () => {
  const folder = join(temporaryFolder(), 'results');
  mkdirSync(folder);
  writeFileSync(join(folder, 'journal.jsonl'), '');
  await startFresh(folder);
  expect(existsSync(folder)).toBe(false);
  expect(existsSync(`${folder}.1/journal.jsonl`)).toBe(true);
  expect(existsSync(`${folder}.1/lock`)).toBe(false);
});

test('predictions have no formula for a spreadsheet and no escape sequence for a terminal', () => {
  const classes = ['=cmd()', '-1', '\u001b[2Jx'];
  const target = { kind: 'class', name: 'kind', classes } as const;
  const rows = { rows: 3, predicted: classes, probabilities: new Float64Array(9) };
  const names = (text: string): string[] => text.split('\n').map((line) => line.split(',')[0] ?? '');
  expect(names(predictionText(target, rows)).slice(0, 3)).toEqual(["'=cmd()", '-1', '\u001b[2Jx']);
  expect(names(predictionText(target, rows, escapeControls))[2]).toBe('\\u001b[2Jx');
  expect(predictionHeader(target, escapeControls)).toContain('probability_\\u001b[2Jx');
});

test('a command that cannot be started says what is missing', () => {
  const cwd = temporaryFolder();
  const course = (program: string, folder = cwd) => ({ argv: [program], options: { cwd: folder, env: {} } });
  writeFileSync(join(cwd, 'train.sh'), '#!/no/such/interpreter -x\n');
  chmodSync(join(cwd, 'train.sh'), 0o755);
  expect(whyNotStarted('spawn ./train.sh ENOENT', course('./train.sh'))).toBe(
    'the first line of "./train.sh" names "/no/such/interpreter", which is not there',
  );
  expect(whyNotStarted('spawn nothing-here ENOENT', course('nothing-here'))).toBe(
    'there is no program "nothing-here"',
  );
  const gone = join(cwd, 'gone');
  expect(whyNotStarted('spawn sh ENOENT', course('sh', gone))).toContain('is not there');
  expect(whyNotStarted('spawn sh E2BIG', course('sh'))).toBe('argument list too long (E2BIG)');
});
