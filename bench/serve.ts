/**
 * What `fitfirst serve` takes: a folder with one campaign of 100,000 trials and 500 small ones. Prints how long the
 * first view of each page takes in a browser, how soon a page shows an event of a running campaign, the memory of the
 * server and of the page, and the share of trials a second that the running campaign loses to being served.
 *
 *     npm run bench:serve
 *     npm run bench:serve -- 1000 20     (trials of the large campaign, and small campaigns)
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { writeInventedJournal } from '../test/app/serve/invented-journal.js';

const program = fileURLToPath(new URL('../dist/program/main.js', import.meta.url));
const [trials = 100_000, campaigns = 500] = process.argv.slice(2).map(Number);
/** Runs with and without a page, in turn. */
const ROUNDS = 3;
const VIEWS = ['campaign', 'history', 'parallel', 'slices', 'curves', 'timeline', 'settings', 'trials'];

const folder = await mkdtemp(join(tmpdir(), 'fitfirst-bench-serve-'));
const browser = await chromium.launch({
  executablePath: process.env.FITFIRST_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--enable-precise-memory-info'],
});
try {
  await mkdir(join(folder, 'results'));
  const large = { trials, repeats: 1, epochs: 3, hasSnapshot: true };
  await writeInventedJournal(join(folder, 'results/large'), large);
  for (let number = 1; number <= campaigns; number++)
    await writeInventedJournal(join(folder, `results/small-${number}`), { trials: 30, epochs: 10 });
  console.log(`one campaign of ${trials} trials and ${campaigns} of 30 trials`);
  await firstViews();
  await liveCampaign();
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}

/** Times of pages that nobody has opened before, and then of the same pages once more: their frame, and the whole. */
async function firstViews(): Promise<void> {
  const started = performance.now();
  const server = await startServer();
  const page = await browser.newPage();
  await page.goto(server.address);
  console.log(`start of the server and the list: ${seconds(performance.now() - started)}`);
  const rows = [];
  for (const view of VIEWS) {
    const [first, again] = [await timed(page, view, server), await timed(page, view, server)];
    const bytes = (await page.content()).length;
    rows.push({
      view,
      'frame s': first.frame,
      'whole s': first.whole,
      'frame again s': again.frame,
      'whole again s': again.whole,
      'page kB': Math.round(bytes / 1000),
    });
  }
  console.table(rows);
  const heap = await page.evaluate('performance.memory.usedJSHeapSize / 2 ** 20');
  console.log(
    `memory: server ${mebibytes(server.child)} MiB, page ${Math.round(Number(heap))} MiB of script objects`,
  );
  await page.close();
  await server.stop();
}

async function timed(
  page: Page,
  view: string,
  { address }: Server,
): Promise<{ readonly frame: string; readonly whole: string }> {
  const started = performance.now();
  await page.goto(`${address}${view}?folder=large`, { waitUntil: 'commit', timeout: 120_000 });
  await page.waitForSelector('.progress', { timeout: 120_000 });
  const frame = seconds(performance.now() - started);
  await page.waitForLoadState('load', { timeout: 120_000 });
  return { frame, whole: seconds(performance.now() - started) };
}

/** How late a page is, and what the campaign loses. */
async function liveCampaign(): Promise<void> {
  const rates: { alone: number[]; served: number[] } = { alone: [], served: [] };
  for (let round = 1; round <= ROUNDS; round++) {
    rates.alone.push(await rateOf(`alone-${round}`));
    const server = await startServer();
    const page = await browser.newPage();
    await page.goto(server.address);
    // What it takes once to read the list has no part in what a campaign loses afterwards.
    await page.getByText('are being read').waitFor({ state: 'detached', timeout: 120_000 });
    const read = processorSeconds(server.child);
    const started = performance.now();
    const lag = { worst: 0 };
    rates.served.push(await rateOf(`served-${round}`, () => watchLag(page, server, `served-${round}`, lag)));
    const share = (1e5 * (processorSeconds(server.child) - read)) / (performance.now() - started);
    console.log(
      `round ${round}: the page was at most ${seconds(lag.worst)} s behind an event; the server took ` +
        `${read.toFixed(2)} s of processor time to start and read the list, then ${share.toFixed(2)} % of a core`,
    );
    await page.close();
    await server.stop();
  }
  const [alone, served] = [median(rates.alone), median(rates.served)];
  console.log(`trials a second: ${alone.toFixed(1)} alone, ${served.toFixed(1)} while a page shows it`);
  console.log(`lost: ${(100 * (1 - served / alone)).toFixed(2)} %`);
}

/** Runs a campaign and returns its trials a second, by the times in its journal. */
async function rateOf(name: string, meanwhile?: () => Promise<void>): Promise<number> {
  await writeFile(
    join(folder, `${name}.yaml`),
    `name: ${name}
seed: 1
data: {generate: moons, rows: 2000, noise: 0.2}
parameters: {hidden: 32, dropout: {min: 0.0, max: 0.5}, epochs: 30}
repeats: {first: 1, most: 1}
method: {random: {trials: 150}}
`,
  );
  const run = spawn(process.execPath, [program, 'run', `${name}.yaml`, '--view', 'none'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(run, 'exit');
  await Promise.race([ended, meanwhile?.() ?? ended]);
  await ended;
  const lines = (await readFile(join(folder, 'results', name, 'journal.jsonl'), 'utf8')).split('\n');
  const times = lines
    .filter((line) => line.includes('"trial-finished"'))
    .map((line) => Date.parse(JSON.parse(line).at));
  const [first = 0, last = 1] = [times[0], times.at(-1)];
  return ((times.length - 1) * 1000) / (last - first);
}

/** Compares the finished trials of the journal with what the page shows, until the campaign has ended. */
async function watchLag(
  page: Page,
  { address }: Server,
  name: string,
  lag: { worst: number },
): Promise<void> {
  const path = join(folder, 'results', name, 'journal.jsonl');
  while (
    await readFile(path, 'utf8').then(
      (text) => !text.includes('"trial-finished"'),
      () => true,
    )
  )
    await pause(100);
  await page.goto(`${address}trials?folder=${name}&q=state=finished`);
  for (;;) {
    const text = await readFile(path, 'utf8');
    if (text.includes('"campaign-concluded"')) return;
    const finished = text.split('"trial-finished"').length - 1;
    const seen = performance.now();
    // The policy of the page allows no function from elsewhere, so its text is asked for.
    while ((await shownTrials(page)) < finished && performance.now() - seen < 20_000) await pause(30);
    lag.worst = Math.max(lag.worst, performance.now() - seen);
    await pause(700);
  }
}

async function shownTrials(page: Page): Promise<number> {
  const text = await page.locator('.count').first().textContent();
  return Number(/^[\d,]+/.exec(text ?? '')?.[0].replaceAll(',', '') ?? 0);
}

interface Server {
  readonly child: ChildProcess;
  readonly address: string;
  readonly stop: () => Promise<unknown>;
}

async function startServer(): Promise<Server> {
  const child = spawn(process.execPath, [program, 'serve', 'results'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let text = '';
  for await (const part of child.stdout ?? []) {
    text += part;
    if (text.includes('Ctrl-C')) break;
  }
  const [address = ''] = /http:\S+/.exec(text) ?? [];
  const stop = (): Promise<unknown> => {
    child.kill('SIGTERM');
    return ended;
  };
  return { child, address, stop };
}

function mebibytes({ pid }: ChildProcess): number {
  return Math.round(
    Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
  );
}

/** Processor time of a process so far, on a machine that counts in hundredths of a second. */
function processorSeconds({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}
