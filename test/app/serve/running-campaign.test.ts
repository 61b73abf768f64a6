import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LiveCampaigns } from '../../../src/app/serve/live-campaigns.js';
import { serveCampaigns } from '../../../src/app/serve/serve-campaigns.js';
import { ownLockInfo } from '../../../src/journal/lock/lock-info.js';
import { campaignsPage } from '../../../src/views/pages/campaigns-page.js';
import { emptyFolder } from '../../support/command-line.js';
import { writeInventedJournal } from './invented-journal.js';

/** A campaign that this process seems to run: the first lines of its journal, and what writes more of them. */
async function running() {
  const folder = await emptyFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  await writeInventedJournal(join(folder.path, 'whole'), { trials: 40, epochs: 4 });
  const lines = (await readFile(join(folder.path, 'whole/journal.jsonl'), 'latin1')).split(/(?<=\n)/);
  await mkdir(join(folder.path, 'live'));
  const journal = join(folder.path, 'live/journal.jsonl');
  await writeFile(journal, lines.slice(0, 60).join(''), 'latin1');
  await writeFile(join(folder.path, 'live/lock'), JSON.stringify(ownLockInfo('host', new Date())));
  const write = (first: number, end: number) =>
    appendFile(journal, lines.slice(first, end).join(''), 'latin1');
  return { path: folder.path, journal, write, count: lines.length };
}

async function served(path: string): Promise<string> {
  const serving = await serveCampaigns(path, 0);
  onTestFinished(() => serving.close());
  return serving.address;
}

/** The data of the next event that a reader of events gets, once it has done something. */
async function nextNews(address: string, act: () => Promise<void>): Promise<Record<string, unknown>> {
  const left = new AbortController();
  const { body } = await fetch(address, { signal: left.signal });
  if (body === null) throw new Error('no events');
  let text = '';
  let hasActed = false;
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (!hasActed) await act();
    hasActed = true;
    const [, data] = /event: change\ndata: (.+)\n\n/.exec(text) ?? [];
    if (data !== undefined) return JSON.parse(data);
  }
  throw new Error(`no event with data: ${text}`);
}

test('an event of a running campaign has its progress, so that a page need not ask for it', async () => {
  const { path, write } = await running();
  const address = await served(path);
  const page = await (await fetch(`${address}campaign?folder=live`)).text();
  expect(page).toMatch(/<p class="progress" data-live>running: \d+ of 40 trials have ended/);
  const news = await nextNews(`${address}events?folder=live`, () => write(60, 120));
  expect(news).toEqual({ progress: expect.stringMatching(/^running: \d+ of 40 trials/), isRunning: true });
  const after = await (await fetch(`${address}campaign?folder=live`)).text();
  expect(after).toContain(`<p class="progress" data-live>${news.progress}</p>`);
});

test('an event of a running campaign has its row for the list of all campaigns', async () => {
  const { path, write } = await running();
  const address = await served(path);
  await fetch(address);
  const news = await nextNews(`${address}events`, () => write(60, 120));
  const list = await (await fetch(address)).text();
  expect(news.folder).toBe('live');
  expect(list).toContain(String(news.row).replace(/>just now<.*/s, ''));
});

test('a page of a running campaign says when it is drawn again: at once when the campaign ends', async () => {
  const { path, write, count } = await running();
  const address = await served(path);
  const page = () => fetch(`${address}campaign?folder=live`).then((answer) => answer.text());
  expect(await page()).toMatch(/<p class="age" data-live data-due="\d+">/);
  const news = await nextNews(`${address}events?folder=live`, () => write(60, count));
  expect(news).toMatchObject({ progress: expect.stringMatching(/^concluded: 40 trials/), isRunning: false });
  let text = await page();
  // The drawing of before is shown until the next one is there.
  while (text.includes('data-old')) text = await page();
  expect(text).toContain('<p class="age" data-live></p>');
  expect(text).toContain('It has the best mean.');
});

test('a campaign is read when a page shows it or the list, and not before', async () => {
  const { path } = await running();
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
  const { path } = await running();
  const overviews = { overviews: [], notes: new Map(), unread: 2 };
  expect(campaignsPage(path, overviews, 0)).toContain('<p class="method" data-due="1000" data-old="true">');
  const address = await served(path);
  let list = await (await fetch(address)).text();
  while (list.includes('are being read')) list = await (await fetch(address)).text();
  expect(list).not.toContain('data-old');
});
