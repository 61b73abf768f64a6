/**
 * Campaigns of many trivial trials, run by the built program: trials a second, memory, how long the run takes to end
 * after its conclusion, to be read again (`status`, `watch`, a second run), to resume a run that ended shortly before
 * its conclusion, to stop, and the sizes of the files.
 *
 *     npm run bench:large
 *     npm run bench:large -- 1000 10000
 *
 * Without arguments: 1, 10, 20 and 100 thousand trials. Each size is printed when it is done, as the last one takes
 * long.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const program =
  process.env.FITFIRST_PROGRAM ?? fileURLToPath(new URL('../dist/program/main.js', import.meta.url));
const trainer = fileURLToPath(new URL('./trivial-trainer.js', import.meta.url));
/** Trials that the first run leaves to the second. */
const LEFT = 10;
/** Milliseconds between two looks at a process's memory. */
const LOOK = 50;

const sizes = process.argv.slice(2).map(Number);
const rows: Record<string, string | number>[] = [];
for (const trials of sizes.length > 0 ? sizes : [1000, 10_000, 20_000, 100_000]) {
  rows.push(await measure(trials));
  console.table(rows.slice(-1));
}
if (rows.length > 1) console.table(rows);

async function measure(trials: number): Promise<Record<string, string | number>> {
  const folder = await mkdtemp(join(tmpdir(), 'fitfirst-large-'));
  try {
    await writeFile(join(folder, 'part.yaml'), configOf(trials, `budget: {trials: ${trials - LEFT}}\n`));
    await writeFile(join(folder, 'large.yaml'), configOf(trials, ''));
    const results = join(folder, 'results/large');
    const run = await timed(folder, ['run', 'part.yaml', '--view', 'none']);
    const at = await journalTimes(join(results, 'journal.jsonl'));
    const training = (at.last - at.first) / 1000;
    const { resume, stop } = await resumeAndStop(folder, results);
    const rest = await timed(folder, ['run', 'large.yaml', '--view', 'none']);
    const end = rest.ended - (await journalTimes(join(results, 'journal.jsonl'))).last;
    const status = await timed(folder, ['status', 'results/large']);
    const watch = await timed(folder, ['watch', 'results/large', '--view', 'plain']);
    const again = await timed(folder, ['run', 'large.yaml', '--view', 'none']);
    return {
      trials,
      'trials/s': Math.round((trials - LEFT) / training),
      'memory MiB': run.mebibytes,
      'end s': seconds(end),
      'status s': seconds(status.milliseconds),
      'watch s': seconds(watch.milliseconds),
      'rerun s': seconds(again.milliseconds),
      'resume s': resume,
      'stop s': stop,
      ...(await sizesOf(results)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function configOf(trials: number, budget: string): string {
  return `name: large
trainer: {module: ${JSON.stringify(trainer)}}
metric: {name: val_loss}
parameters:
  x: {min: 0.0, max: 1.0}
repeats: {first: 1, most: 1}
workers: 2
method: {random: {trials: ${trials}}}
${budget}`;
}

/** Runs the program to its end, and looks at its memory. */
async function timed(
  folder: string,
  words: readonly string[],
): Promise<{ readonly milliseconds: number; readonly ended: number; readonly mebibytes: number }> {
  const started = Date.now();
  const child = spawn(process.execPath, [program, ...words], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const closed = once(child, 'close');
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, peakKibibytes(child));
  }, LOOK);
  const [code] = await closed;
  clearInterval(look);
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}`);
  const ended = Date.now();
  return { milliseconds: ended - started, ended, mebibytes: Math.round(peak / 1024) };
}

function peakKibibytes({ pid }: ChildProcess): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // It has ended, or the system has no such file.
  }
}

/** Resumes a copy until the first new entry, then stops at once. */
async function resumeAndStop(folder: string, results: string): Promise<{ resume: string; stop: string }> {
  const part = join(folder, 'results/part');
  await cp(results, part, { recursive: true });
  const path = join(part, 'journal.jsonl');
  const end = (await stat(path)).size;
  const started = Date.now();
  const child = spawn(process.execPath, [program, 'run', 'large.yaml', '--view', 'none', '--out', part], {
    cwd: folder,
    stdio: 'ignore',
  });
  const closed = once(child, 'close');
  while ((await stat(path)).size <= end && child.exitCode === null) await pause(5);
  const resumed = Date.now();
  child.kill('SIGTERM');
  child.kill('SIGINT');
  await closed;
  return { resume: seconds(resumed - started), stop: seconds(Date.now() - resumed) };
}

async function journalTimes(path: string): Promise<{ readonly first: number; readonly last: number }> {
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  const time = (line: string | undefined): number => Date.parse(JSON.parse(line ?? '').at);
  return { first: time(lines[1]), last: time(lines.at(-1)) };
}

async function sizesOf(results: string): Promise<Record<string, string>> {
  const names = (await readdir(results)).filter((name) =>
    /^(journal|trials|epochs|timings|report)\./.test(name),
  );
  const entries = names.map(async (name) => [
    `${name.split('.')[0]} MB`,
    ((await stat(join(results, name))).size / 1e6).toFixed(2),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}
