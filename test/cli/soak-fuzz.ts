/**
 * Mutated configs, journals, reports and data files. Each must be accepted or refused by name, and no message may
 * show an error of the system or of the language as it is: no stack, no `ENOENT`, no `TypeError`.
 * `npm run soak:fuzz -- 5000 1` tries 5,000 configs, journals and data files and 2,000 reports of the seed 1 (the
 * default). `npm run soak:fuzz -- 5000 1 journals 17` shows one of them. Ends with 1 if anything is wrong.
 * A process of its own tries one after the other. It is ended where one takes two minutes, and counts as stuck.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configs } from './fuzz/configs.js';
import { dataFiles } from './fuzz/data-files.js';
import type { FuzzKind, FuzzOutcome } from './fuzz/fuzz-kind.js';
import { journals } from './fuzz/journals.js';
import { rawError } from './fuzz/raw-error.js';
import { reports } from './fuzz/reports.js';

const kinds = { configs, journals, reports, 'data-files': dataFiles } as const satisfies Record<
  string,
  FuzzKind
>;
type KindName = keyof typeof kinds;
const kindNames = Object.keys(kinds) as KindName[];

const LONGEST_MS = 120_000;
const MAX_MEMORY_BYTES = 2e9;
const HEAP_MB = 1024;
/** Reports for each 5,000 of the others. */
const SHARE_OF_REPORTS = 0.4;

interface Result extends FuzzOutcome {
  readonly number: number;
  readonly milliseconds: number;
  /** Memory of the process at that time, in bytes. */
  readonly memory: number;
}

async function work(kind: KindName, seed: number, first: number, end: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fitfirst-fuzz-'));
  try {
    for (let number = first; number < end; number++) {
      const began = performance.now();
      const outcome = await kinds[kind].attempt(seed, number, folder);
      const milliseconds = performance.now() - began;
      process.send?.({
        ...outcome,
        number,
        milliseconds,
        memory: process.memoryUsage.rss(),
      } satisfies Result);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Hears results from `first` on until the end, or until an input is stuck or ends the process; the next number. */
function watch(
  words: readonly string[],
  first: number,
  end: number,
  hear: (result: Result) => void,
): Promise<number> {
  const child = fork(fileURLToPath(import.meta.url), ['work', ...words, String(first), String(end)], {
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
      const name = signal === 'SIGKILL' ? 'stuck' : 'ended the process';
      const message = `Internal error: ${signal ?? code}`;
      if (next < end) hear({ number: next++, name, message, milliseconds: LONGEST_MS, memory: 0 });
      resolve(next);
    });
  });
}

async function soak(kind: KindName, count: number, seed: number): Promise<number> {
  const began = performance.now();
  const counts = new Map<string, number>();
  let wrong = 0;
  let memory = 0;
  let slowest = 0;
  const hear = (result: Result): void => {
    const { name, message, number } = result;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    memory = Math.max(memory, result.memory);
    slowest = Math.max(slowest, result.milliseconds);
    const raw = message === null ? null : rawError(message);
    if (raw === null && name !== 'wrong') return;
    wrong++;
    console.log(`${kind} ${number}: ${name}: shows ${raw}: ${JSON.stringify(message?.slice(0, 1500))}`);
  };
  for (let next = 0; next < count; ) next = await watch([kind, String(seed)], next, count, hear);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(
    `${kind}: ${count} in ${seconds} s, the slowest ${Math.round(slowest)} ms, at most ` +
      `${Math.round(memory / 1e6)} MB, ${wrong} wrong`,
  );
  for (const [name, times] of [...counts].sort((a, b) => b[1] - a[1]))
    console.log(`  ${String(times).padStart(6)}  ${name}`);
  return memory > MAX_MEMORY_BYTES ? wrong + 1 : wrong;
}

const [first = '5000', second = '1', ...rest] = process.argv.slice(2);
const kindOf = (word: string | undefined): KindName | undefined => kindNames.find((name) => name === word);
if (first === 'work') {
  await work(kindOf(second) ?? 'configs', Number(rest[0]), Number(rest[1]), Number(rest[2]));
  process.disconnect?.();
} else if (rest[1] !== undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'fitfirst-fuzz-'));
  console.log(
    folder,
    await kinds[kindOf(rest[0]) ?? 'configs'].attempt(Number(second), Number(rest[1]), folder),
  );
} else {
  let wrong = 0;
  for (const kind of kindNames) {
    if (rest[0] !== undefined && rest[0] !== kind) continue;
    const share = kind === 'reports' ? SHARE_OF_REPORTS : 1;
    wrong += await soak(kind, Math.ceil(Number(first) * share), Number(second));
  }
  if (wrong > 0) process.exitCode = 1;
}
