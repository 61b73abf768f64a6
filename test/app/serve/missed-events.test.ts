import { expect, test } from 'vitest';
import { noBrowser, startBrowser } from '../../views/report/browser.js';
import { nextNews, runningCampaign, servedAddress } from './running-campaign.js';

const textOf = async (address: string): Promise<string> => (await fetch(address)).text();

/** The address of the events that a page asks for: it names what the page shows. */
function eventsOf(page: string): string {
  const [, events = ''] = /data-events="([^"]+)"/.exec(page) ?? [];
  const [, seen = ''] = /data-seen="([^"]+)"/.exec(page) ?? [];
  return `${events}${events.includes('?') ? '&' : '?'}seen=${seen}`;
}

/** What a stream of events begins with. */
async function beginningOf(address: string): Promise<string> {
  const left = new AbortController();
  const { body } = await fetch(address, { signal: left.signal });
  const read = await body?.getReader().read();
  left.abort();
  return new TextDecoder().decode(read?.value);
}

/** Reads a stream of events until it has a text. */
async function awaitEvent(address: string, wanted: string): Promise<void> {
  const left = new AbortController();
  const { body } = await fetch(address, { signal: left.signal });
  if (body === null) throw new Error('no events');
  let text = '';
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.includes(wanted)) break;
  }
  left.abort();
}

/** Asks for a page until it has a text. */
async function awaitText(address: string, wanted: string): Promise<void> {
  while (!(await textOf(address)).includes(wanted));
}

test.each(['campaign?folder=live', 'history?folder=live', 'trial?folder=live&number=3'])(
  'the stream of %s begins with the conclusion if the page was made before it',
  async (path) => {
    const { path: folder, write, count } = await runningCampaign();
    const address = await servedAddress(folder);
    const page = await textOf(address + path);
    await write(60, count);
    await awaitText(`${address}campaign?folder=live`, '>concluded: ');
    const news = await nextNews(address + eventsOf(page), async () => {});
    expect(news).toMatchObject({ progress: expect.stringMatching(/^concluded: 40/), isRunning: true });
  },
);

test('the stream of a page begins with a change if its run has ended meanwhile without a further entry', async () => {
  const { path, end } = await runningCampaign();
  const address = await servedAddress(path);
  const page = await textOf(`${address}campaign?folder=live`);
  expect(page).toContain('>running: ');
  // Somebody else looks, so that the server finds out before this page asks for its events.
  const other = await fetch(`${address}events?folder=live`);
  await end();
  await awaitText(`${address}campaign?folder=live`, '>not running: ');
  await other.body?.cancel();
  expect(await beginningOf(address + eventsOf(page))).toContain('event: change\ndata:\n\n');
});

test('the stream of the list begins with a change if a campaign has changed since the list was made', async () => {
  const { path, write, count } = await runningCampaign();
  const address = await servedAddress(path);
  await awaitText(address, 'class="state-running"');
  const list = await textOf(address);
  await write(60, count);
  await awaitText(`${address}campaign?folder=live`, '>concluded: ');
  // A page may show a state a moment before its change is counted, so the event may come a moment later.
  await awaitEvent(address + eventsOf(list), 'event: change\n');
});

test('the stream of a page that shows everything begins with no change', async () => {
  const { path } = await runningCampaign();
  const address = await servedAddress(path);
  for (const name of ['campaign?folder=whole', 'trial?folder=whole&number=3', 'campaign?folder=live']) {
    const page = await textOf(address + name);
    expect(await beginningOf(address + eventsOf(page)), name).not.toContain('event: change');
  }
});

test.skipIf(noBrowser !== null)(
  'a page in a browser shows a conclusion that came between the page and its events',
  async () => {
    const { path, write, end, count } = await runningCampaign();
    const address = await servedAddress(path);
    await using browser = await startBrowser();
    const { page } = await browser.visit(address);
    await page.route(/events\?folder/, async (route) => {
      await write(60, count);
      await awaitText(`${address}campaign?folder=live`, '>concluded: ');
      await end();
      await route.continue();
    });
    await page.goto(`${address}campaign?folder=live`);
    await page.getByText('concluded: 40 trials have ended').waitFor();
    // The report is drawn again, too.
    await page.getByText('It has the best mean.').first().waitFor();
  },
);
