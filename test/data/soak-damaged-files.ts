/**
 * Loads ten thousand damaged files and prints what became of them: `npm run soak:damaged-files`, with another
 * count, and a number to begin at, as arguments. Ends with 1 where a file was neither loaded nor refused with
 * one clear message, took longer than a minute, or too much memory.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { damagedFile } from './damage.js';
import { type ProbeTrial, tryDamagedFile } from './try-damaged-file.js';

/** Nothing that is not stuck takes that long. */
const LONGEST_MS = 60_000;
const MAX_MEMORY_BYTES = 2e9;
const HEAP_MB = 1024;

interface Result {
  readonly number: number;
  readonly tried: ProbeTrial;
  /** Memory of the process at that time, in bytes. */
  readonly memory: number;
}

/** In a process of its own: tries files and tells of each. */
async function work(tell: (result: Result) => void, first: number, end: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fitfirst-damaged-'));
  try {
    for (let number = first; number < end; number++) {
      const tried = await tryDamagedFile(number, folder);
      tell({ number, tried, memory: process.memoryUsage.rss() });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Results from `first` on until the end or until a file is stuck or ends the process; the next number. */
function watch(first: number, end: number, hear: (result: Result) => void): Promise<number> {
  const child = fork(fileURLToPath(import.meta.url), ['work', String(first), String(end)], {
    execArgv: [...process.execArgv, `--max-old-space-size=${HEAP_MB}`],
  });
  let next = first;
  const stop = (): boolean => child.kill('SIGKILL');
  let timer = setTimeout(stop, LONGEST_MS);
  child.on('message', (result: Result) => {
    clearTimeout(timer);
    timer = setTimeout(stop, LONGEST_MS);
    next = result.number + 1;
    hear(result);
  });
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      const what = `the process ended with ${signal ?? code}${signal === 'SIGKILL' ? ': stuck' : ''}`;
      if (next < end) hear({ number: next++, tried: { outcome: 'wrong', what }, memory: 0 });
      resolve(next);
    });
  });
}

async function soak(count: number, begin: number): Promise<void> {
  const began = performance.now();
  const counts = new Map<string, Record<ProbeTrial['outcome'], number>>();
  let wrong = 0;
  let most = 0;
  const hear = ({ number, tried, memory }: Result): void => {
    const { format, damages } = damagedFile(number);
    const own = counts.get(format) ?? { loaded: 0, refused: 0, wrong: 0 };
    own[tried.outcome]++;
    counts.set(format, own);
    most = Math.max(most, memory);
    if (tried.outcome !== 'wrong') return;
    wrong++;
    console.log(`file ${number} (${format}; ${damages.join(', ')}): ${tried.what}`);
  };
  let next = begin;
  while (next < begin + count) next = await watch(next, begin + count, hear);
  const seconds = (performance.now() - began) / 1000;
  console.log('format     loaded  refused  wrong');
  for (const [format, own] of [...counts].sort()) {
    const cells = [own.loaded, own.refused, own.wrong].map((some, i) =>
      String(some).padStart([6, 9, 7][i] ?? 0),
    );
    console.log(`${format.padEnd(11)}${cells.join('')}`);
  }
  console.log(`${count} files in ${seconds.toFixed(0)} s, at most ${Math.round(most / 1e6)} MB of memory`);
  if (wrong > 0 || most > MAX_MEMORY_BYTES) process.exitCode = 1;
}

const [first, second, third] = process.argv.slice(2);
if (first === 'work') {
  await work((result) => process.send?.(result), Number(second), Number(third));
  process.disconnect?.();
} else await soak(Number(first ?? 10_000), Number(second ?? 0));
