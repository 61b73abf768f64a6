import { appendFile, readFile, rename, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitfirstHere } from '../../support/command-here.js';
import {
  emptyFolder,
  promisedFiles,
  smallCampaign,
  start,
  writeCampaign,
} from '../../support/command-line.js';

const longCampaign = smallCampaign.replace('epochs: {value: 30}', 'epochs: {value: 20000}');

/** Starts a campaign that takes long, changes its results folder after the first trial has begun, and lets it end. */
async function runAndDisturb(work: string, change: (results: string) => Promise<void>) {
  const config = await writeCampaign(work, longCampaign);
  const { ended, says } = start(work, ['run', config, '--view', 'json']);
  await says('"trial-started"');
  await change(join(work, 'results/small'));
  return ended;
}

describe('a run whose results are taken away', () => {
  it.each([
    [
      'the folder is deleted',
      'results/small: was deleted',
      (results: string) => rm(results, { recursive: true }),
    ],
    [
      'the folder is moved',
      'results/small: was deleted',
      (results: string) => rename(results, `${results}-moved`),
    ],
    [
      'the journal is deleted',
      'results/small/journal.jsonl: was deleted',
      (results: string) => rm(join(results, 'journal.jsonl')),
    ],
    [
      'the lock is deleted',
      'results/small/lock: was deleted',
      (results: string) => rm(join(results, 'lock')),
    ],
    [
      'another program writes to the journal',
      'another program changed it',
      (results: string) => appendFile(join(results, 'journal.jsonl'), '\n'),
    ],
    [
      'the journal is cut short',
      'another program changed it',
      (results: string) => truncate(join(results, 'journal.jsonl'), 10),
    ],
  ])('stops with exit code 2 and says so when %s', async (_, message, change) => {
    await using folder = await emptyFolder();
    const end = await runAndDisturb(folder.path, change);
    expect(end.stderr).toContain(message);
    expect(end.stderr).toMatch(/run the same command again/i);
    expect(end.stderr).not.toMatch(/ {4}at /);
    expect(end.code).toBe(2);
  });

  it('leaves no folder behind that would pass for results', async () => {
    await using folder = await emptyFolder();
    const results = join(folder.path, 'results/small');
    await runAndDisturb(folder.path, () => rename(results, `${results}-moved`));
    await expect(readFile(join(results, 'trials.csv'))).rejects.toThrow('ENOENT');
    expect(await readFile(join(`${results}-moved`, 'journal.jsonl'), 'utf8')).toContain('trial-started');
  });

  it('resumes to the same results after its lock was deleted', async () => {
    await using folder = await emptyFolder();
    const config = await writeCampaign(folder.path);
    const { ended, says } = start(folder.path, ['run', config, '--view', 'json']);
    await says('"trial-started"');
    await rm(join(folder.path, 'results/small/lock'));
    expect((await ended).code).toBe(2);
    expect((await fitfirstHere(folder.path, 'run', config)).code).toBe(0);
    await fitfirstHere(folder.path, 'run', config, '--out', 'whole');
    expect(await promisedFiles(join(folder.path, 'results/small'))).toEqual(
      await promisedFiles(join(folder.path, 'whole')),
    );
  });
});
