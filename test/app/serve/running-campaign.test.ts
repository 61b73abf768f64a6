import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LiveCampaigns } from '../../../src/app/serve/live-campaigns.js';
import { ownLockInfo } from '../../../src/journal/lock/lock-info.js';
import { campaignsPage } from '../../../src/views/pages/campaigns-page.js';
import { emptyFolder } from '../../support/command-line.js';
import { writeInventedJournal } from './invented-journal.js';
import { nextNews, runningCampaign, servedAddress } from './running-campaign.js';

test('an event of a running campaign has its progress, so that a page need not ask for it', async () => {
  const { path, write } = await runningCampaign();
  const address = await servedAddress(path);
  const page = await (await fetch(`${address}campaign?folder=live`)).text();
  expect(page).toMatch(/<p class="progress"[^>]*>running: \d+ of 40 trials have ended/);
  const news = await nextNews(`${address}events?folder=live`, () => write(60, 120));
  expect(news).toEqual({ progress: expect.stringMatching(/^running: \d+ of 40 trials/), isRunning: true });
  const after = await (await fetch(`${address}campaign?folder=live`)).text();
  expect(after).toContain(`>${news.progress}</p>`);
});

test('an event of a running campaign has its row for the list of all campaigns', async () => {
  const { path, write } = await runningCampaign();
  const address = await servedAddress(path);
  await fetch(address);
  const news = await nextNews(`${address}events`, () => write(60, 120));
  const list = await (await fetch(address)).text();
  expect(news.folder).toBe('live');
  expect(list).toContain(String(news.row).replace(/>just now<.*/s, ''));
});

test('a page of a running campaign says when it is drawn again: at once when its run has ended', async () => {
  const { path, write, end, count } = await runningCampaign();
  const address = await servedAddress(path);
  const page = () => fetch(`${address}campaign?folder=live`).then((answer) => answer.text());
  expect(await page()).toMatch(/<p class="age" data-live data-due="\d+">/);
  const news = await nextNews(`${address}events?folder=live`, () => write(60, count));
  expect(news).toMatchObject({ progress: expect.stringMatching(/^concluded: 40 trials/), isRunning: true });
  await end();
  let text = await page();
  // The drawing of before is shown until the next one is there.
  while (text.includes('data-old') || text.includes('data-due')) text = await page();
  expect(text).toContain('<p class="age" data-live></p>');
  expect(text).toContain('It has the best mean.');
});

test('a campaign is read when a page shows it or the list, and not before', async () => {
  const { path } = await runningCampaign();
  const campaigns = new LiveCampaigns(path);
  onTestFinished(() => campaigns.close());
  await campaigns.start();
  expect(['live', 'whole'].map((name) => campaigns.version(name))).toEqual(['0', '0']);
  await campaigns.read('live');
  expect(campaigns.version('live')).not.toBe('0');
  expect(campaigns.version('whole')).toBe('0');
  await campaigns.list();
  while ((await campaigns.list()).unread > 0);
  expect(campaigns.version('whole')).not.toBe('0');
});

test('a list that was sent before all campaigns were read says when to ask for it again', async () => {
  const { path } = await runningCampaign();
  const overviews = { version: '1', overviews: [], notes: new Map(), unread: 2 };
  expect(campaignsPage(path, overviews, 0)).toContain('<p class="method" data-due="1000" data-old="true">');
  const address = await servedAddress(path);
  let list = await (await fetch(address)).text();
  while (list.includes('being read')) list = await (await fetch(address)).text();
  expect(list).not.toContain('data-old');
});

test('a page shows the report that a run has written, although the screen of the run is still there', async () => {
  const folder = await emptyFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const live = join(folder.path, 'live');
  await writeInventedJournal(live, { trials: 40, epochs: 4, isRecorded: true, hasReport: true });
  await writeFile(join(live, 'lock'), JSON.stringify(ownLockInfo('host', new Date())));
  const address = await servedAddress(folder.path);
  const text = await (await fetch(`${address}campaign?folder=live`)).text();
  expect(text).toMatch(/data-seen="\d+">concluded: 40 trials/);
  const campaigns = new LiveCampaigns(folder.path);
  onTestFinished(() => campaigns.close());
  await campaigns.start();
  expect(await campaigns.read('live')).toMatchObject({ isRunning: false });
  expect(campaigns.followed('live')).toBeNull();
});

test('a page waits for the report of a run that still writes it', async () => {
  const { path, write, count } = await runningCampaign();
  const campaigns = new LiveCampaigns(path);
  onTestFinished(() => campaigns.close());
  await campaigns.start();
  await write(60, count);
  const read = await campaigns.read('live');
  expect(read?.campaign.conclusion).not.toBeNull();
  expect(read?.isRunning).toBe(true);
});
