import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { foldJournal } from '../../../src/app/read-campaign.js';
import { FollowedCampaign } from '../../../src/app/serve/followed-campaign.js';
import { countProgress } from '../../../src/views/model/progress.js';
import { trialsCsv } from '../../../src/views/tables/trials-table.js';
import { emptyFolder } from '../../support/command-line.js';
import { writeInventedJournal } from './invented-journal.js';

test('a campaign that nobody looks at is not read, and goes on where it was when somebody looks again', async () => {
  await using folder = await emptyFolder();
  const whole = join(folder.path, 'whole');
  await writeInventedJournal(whole, { trials: 60, epochs: 4 });
  const lines = (await readFile(join(whole, 'journal.jsonl'), 'latin1')).split(/(?<=\n)/);
  const part = join(folder.path, 'part');
  await mkdir(part);
  const journal = join(part, 'journal.jsonl');
  await writeFile(journal, lines.slice(0, 50).join(''), 'latin1');
  const followed = new FollowedCampaign(part, 'part', () => {});
  onTestFinished(() => followed.stop());
  await followed.ready();
  for (let first = 50; first < lines.length; first += 40) {
    await followed.pause();
    const before = followed.state();
    await appendFile(journal, lines.slice(first, first + 40).join(''), 'latin1');
    expect(followed.state()).toEqual(before);
    await followed.ready();
    const { campaign } = await foldJournal(journal);
    const state = followed.state();
    expect(state && trialsCsv(state.campaign)).toBe(trialsCsv(campaign));
    expect(state?.progress).toEqual(countProgress(campaign));
  }
});

test('a journal that was replaced while nobody looked is read from its start', async () => {
  await using folder = await emptyFolder();
  const path = join(folder.path, 'campaign');
  await writeInventedJournal(path, { trials: 20, epochs: 4 });
  const followed = new FollowedCampaign(path, 'campaign', () => {});
  onTestFinished(() => followed.stop());
  await followed.ready();
  await followed.pause();
  await rm(path, { recursive: true });
  await writeInventedJournal(path, { trials: 30, epochs: 4 });
  await followed.ready();
  expect(followed.state()?.campaign.asked.size).toBe(30);
});
