/**
 * What `fitfirst serve` takes: a folder with one campaign of 100,000 trials and 500 small ones. Prints the processor
 * time that the server takes to start and to list them, how long the first view of each page takes in a browser, the
 * memory of the server and of the page, how late a page shows the events of a running campaign, and the share of
 * trials a second that the campaign loses to being served. That campaign begins when the server is at rest. It runs
 * alone and shown by a browser on this machine, in turn, for half a minute and more on two cores: once with networks
 * that train for milliseconds, so that thousands of epochs a second are reported, and once with networks that train
 * for a few tenths of a second. Needs Linux and takes about twenty minutes on a quiet machine.
 *
 *     npm run bench:serve
 *     npm run bench:serve -- 1000 20 .1     (trials of the large campaign, small campaigns, share of the running ones)
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { writeInventedJournal } from '../test/app/serve/invented-journal.js';
import { familyOf, peakMebibytes, processorSeconds } from './serve/processor-time.js';
import { type Lag, lagsOf, observeProgress, type ShownCount, shownProgress } from './serve/shown-progress.js';

const program = fileURLToPath(new URL('../dist/program/main.js', import.meta.url));
const [trials = 100_000, campaigns = 500, share = 1] = process.argv.slice(2).map(Number);
/** Campaigns that run while they are served. */
const RUNNING: readonly RunningCampaign[] = [
  { name: 'short', hidden: 32, epochs: 30, trials: Math.round(8000 * share) },
  { name: 'usual', hidden: 256, epochs: 60, trials: Math.round(1600 * share) },
];
/** In each round the campaign runs once alone and once while it is served. */
const ROUNDS = 5;
const VIEWS = ['campaign', 'history', 'parallel', 'slices', 'curves', 'timeline', 'settings', 'trials'];
/** Of the trials of the running campaign, these are left out of its rate: while they run, the page is opened. */
const OPENING_SHARE = 0.2;
/** What is wanted: milliseconds behind an event, and per cent of the trials a second. */
const GOALS = { lag: 1000, lost: 1 };

/** Processes of campaigns that run now. */
const runs = new Set<number>();
/** Servers that were started; those that have ended are killed in vain. */
const servers: ChildProcess[] = [];

const folder = await mkdtemp(join(tmpdir(), 'fitfirst-bench-serve-'));
const browser = await chromium.launch({
  executablePath: process.env.FITFIRST_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--enable-precise-memory-info'],
});
try {
  await mkdir(join(folder, 'results'));
  const large = { trials, repeats: 1, epochs: 3, hasSnapshot: true, isRecorded: true, hasReport: true };
  const small = { trials: 30, epochs: 10, isRecorded: true };
  await writeInventedJournal(join(folder, 'results/large'), large);
  for (let number = 1; number <= campaigns; number++)
    await writeInventedJournal(join(folder, `results/small-${number}`), small);
  console.log(`one campaign of ${trials} trials and ${campaigns} of 30 trials`);
  await firstViews();
  for (const campaign of RUNNING) await liveCampaign(campaign);
} finally {
  for (const server of servers) server.kill('SIGKILL');
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}

/**
 * Times of pages that nobody has opened before, and then of the same pages once more: their frame, and the whole; of a
 * report that is drawn, also what it says first.
 */
async function firstViews(): Promise<void> {
  const started = performance.now();
  const server = await startServer();
  const page = await browser.newPage();
  await page.goto(server.address);
  console.log(`start of the server and the list: ${seconds(performance.now() - started)} s`);
  const rows = [];
  for (const view of VIEWS) {
    const before = processorSeconds(server.pid);
    const first = await timed(page, view, server);
    const spent = processorSeconds(server.pid) - before;
    const again = await timed(page, view, server);
    const bytes = (await page.content()).length;
    rows.push({
      view,
      'frame s': first.frame,
      'whole s': first.whole,
      'server processor s': spent.toFixed(2),
      'frame again s': again.frame,
      'whole again s': again.whole,
      'page kB': Math.round(bytes / 1000),
    });
  }
  // Without its record, the page is drawn, as that of a campaign which is not concluded.
  await rm(join(folder, 'results/large/written-files.json'));
  const before = processorSeconds(server.pid);
  const drawn = await timed(page, 'campaign', server);
  rows.push({
    view: 'campaign, drawn',
    'frame s': drawn.frame,
    'answer s': drawn.answer,
    'whole s': drawn.whole,
    'server processor s': (processorSeconds(server.pid) - before).toFixed(2),
  });
  console.table(rows);
  const heap = await page.evaluate('performance.memory.usedJSHeapSize / 2 ** 20');
  console.log(
    `memory: server ${peakMebibytes(server.pid)} MiB, page ${Math.round(Number(heap))} MiB of script objects`,
  );
  await page.close();
  await server.stop();
}

async function timed(
  page: Page,
  view: string,
  { address }: Server,
): Promise<{ readonly frame: string; readonly answer: string | null; readonly whole: string }> {
  const started = performance.now();
  await page.goto(`${address}${view}?folder=large`, { waitUntil: 'commit', timeout: 120_000 });
  await page.waitForSelector('.progress', { timeout: 120_000 });
  const frame = seconds(performance.now() - started);
  if (view === 'campaign') await page.locator('.answer').first().waitFor({ timeout: 120_000 });
  const answer = view === 'campaign' ? seconds(performance.now() - started) : null;
  await page.waitForLoadState('load', { timeout: 120_000 });
  return { frame, answer, whole: seconds(performance.now() - started) };
}

interface RunningCampaign {
  readonly name: string;
  readonly hidden: number;
  readonly epochs: number;
  readonly trials: number;
}

/** How late a page is, and what the campaign loses. */
async function liveCampaign(running: RunningCampaign): Promise<void> {
  const { name, hidden, epochs } = running;
  console.log(`${running.trials} trials of ${hidden} units and ${epochs} epochs`);
  const rates: { readonly alone: Rates[]; readonly served: Rates[] } = { alone: [], served: [] };
  const all: Lag[] = [];
  const shares: number[] = [];
  const alone = async (round: number): Promise<void> => {
    rates.alone.push(ratesOf(await runCampaign(running, `${name}-alone-${round}`)));
  };
  for (let round = 1; round <= ROUNDS; round++) {
    // Each comes first in turn, in case the machine becomes slower or faster.
    if (round % 2 === 1) await alone(round);
    const served = await servedRound(running, round);
    rates.served.push(ratesOf(served.ended));
    all.push(...served.lags);
    shares.push(served.share);
    if (round % 2 === 0) await alone(round);
  }
  all.sort((a, b) => a.lag - b.lag);
  const lags = all.map(({ lag }) => lag);
  const worst = lags.at(-1) ?? Number.POSITIVE_INFINITY;
  const worstAfter = all.at(-1)?.after ?? 0;
  console.log(
    `the page showed that a trial had ended after ${seconds(median(lags))} s (median), ` +
      `${seconds(lags[Math.floor(0.99 * lags.length)] ?? worst)} s (99 of 100), ` +
      `${seconds(worst)} s (all: the last ${seconds(worstAfter)} s after the page was opened); ` +
      `goal ${seconds(GOALS.lag)} s: ${worst <= GOALS.lag ? 'met' : 'missed'}`,
  );
  console.log(
    `server and browser took ${(100 * median(shares)).toFixed(2)} % of the processor time of the machine (median)`,
  );
  for (const part of ['afterOpening', 'whole'] as const) {
    const [alone = 1, served = 0] = [rates.alone, rates.served].map((all) =>
      median(all.map((one) => one[part])),
    );
    const lost = 100 * (1 - served / alone);
    console.log(
      `trials a second ${part === 'whole' ? 'with the opening of the page' : 'while the page is open'}: ` +
        `${alone.toFixed(1)} alone, ${served.toFixed(1)} served: ${lost.toFixed(2)} % lost` +
        (part === 'whole' ? '' : `; goal ${GOALS.lost} %: ${lost <= GOALS.lost ? 'met' : 'missed'}`),
    );
  }
}

/** Trials a second of a campaign: all of them, and those after the page was opened. */
interface Rates {
  readonly whole: number;
  readonly afterOpening: number;
}

function ratesOf(ended: readonly number[]): Rates {
  const rate = (times: readonly number[]): number =>
    ((times.length - 1) * 1000) / ((times.at(-1) ?? 1) - (times[0] ?? 0));
  const after = ended.slice(Math.round(OPENING_SHARE * ended.length));
  console.log(
    `  ran ${seconds((ended.at(-1) ?? 0) - (ended[0] ?? 0))} s: ${rate(after).toFixed(1)} trials a second`,
  );
  return { whole: rate(ended), afterOpening: rate(after) };
}

/** When trials ended, how late a browser showed it, and the share of the machine that server and browser took. */
interface ServedRound {
  readonly ended: readonly number[];
  readonly lags: readonly Lag[];
  readonly share: number;
}

/** Runs a campaign while its page is open. */
async function servedRound(running: RunningCampaign, round: number): Promise<ServedRound> {
  const name = `${running.name}-served-${round}`;
  const server = await startServer();
  const page = await browser.newPage();
  await page.goto(server.address);
  await page.getByText('being read').waitFor({ state: 'detached', timeout: 120_000 });
  console.log(
    `round ${round}: the server took ${(await secondsAtRest(server)).toFixed(2)} s of processor time to start and list`,
  );
  let shown: ShownCount[] = [];
  let share = 0;
  const ended = await runCampaign(running, name, async (hasEnded) => {
    const before = processorSeconds(server.pid);
    await page.goto(`${server.address}campaign?folder=${name}`, { timeout: 120_000 });
    await observeProgress(page);
    const opened = {
      at: performance.now(),
      server: processorSeconds(server.pid),
      browser: browserSeconds(server),
    };
    await hasEnded;
    const elapsed = (performance.now() - opened.at) / 1000;
    const [byServer, byBrowser] = [
      (processorSeconds(server.pid) - opened.server) / elapsed,
      (browserSeconds(server) - opened.browser) / elapsed,
    ];
    share = (byServer + byBrowser) / availableParallelism();
    console.log(
      `  the server took ${(opened.server - before).toFixed(2)} s of processor time to open the page, then ` +
        `${(100 * byServer).toFixed(2)} % of a core; the browser ${(100 * byBrowser).toFixed(2)} %`,
    );
    // The page may still be waiting for its last event.
    await page.getByText(/^concluded: /).waitFor();
    shown = await shownProgress(page);
  });
  await page.close();
  await server.stop();
  return { ended, lags: lagsOf(ended, shown), share };
}

/** Processor time of the browser. */
function browserSeconds(server: Server): number {
  const isBrowser = new Set(familyOf(process.pid));
  for (const pid of [process.pid, server.pid, ...runs]) isBrowser.delete(pid);
  return [...isBrowser].reduce((sum, pid) => sum + processorSeconds(pid), 0);
}

/** Waits until the server does nothing for a second. Returns the processor time that it has taken until then. */
async function secondsAtRest({ pid }: Server): Promise<number> {
  for (;;) {
    const before = processorSeconds(pid);
    await pause(1000);
    const now = processorSeconds(pid);
    if (now - before < 0.03) return now;
  }
}

/** Runs a campaign and returns when its trials ended, by the times in its journal in milliseconds since 1970. */
async function runCampaign(
  { hidden, epochs, trials }: RunningCampaign,
  name: string,
  meanwhile?: (hasEnded: Promise<unknown>) => Promise<void>,
): Promise<number[]> {
  await writeFile(
    join(folder, `${name}.yaml`),
    `name: ${name}
seed: 1
data: {generate: moons, rows: 2000, noise: 0.2}
parameters: {hidden: ${hidden}, dropout: {min: 0.0, max: 0.5}, epochs: ${epochs}}
repeats: {first: 1, most: 1}
method: {random: {trials: ${trials}}}
`,
  );
  const run = spawn(process.execPath, [program, 'run', `${name}.yaml`, '--view', 'none'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const pid = run.pid ?? 0;
  runs.add(pid);
  const hasEnded = once(run, 'exit');
  const path = join(folder, 'results', name, 'journal.jsonl');
  if (meanwhile !== undefined) {
    while (!(await readFile(path, 'utf8').catch(() => '')).includes('"trial-finished"')) await pause(100);
    await meanwhile(hasEnded);
  }
  await hasEnded;
  runs.delete(pid);
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines
    .filter((line) => line.includes('"trial-finished"'))
    .map((line) => Date.parse(JSON.parse(line).at));
}

interface Server {
  readonly pid: number;
  readonly address: string;
  readonly stop: () => Promise<unknown>;
}

async function startServer(): Promise<Server> {
  const child = spawn(process.execPath, [program, 'serve', 'results'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  servers.push(child);
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
  return { pid: child.pid ?? 0, address, stop };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}
