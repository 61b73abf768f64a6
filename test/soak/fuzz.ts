/**
 * Mutated configs, journals, reports, data files and sweeps of W&B. Each must be accepted or refused by name, and no
 * message may show an error of the system or of the language as it is: no stack, no `ENOENT`, no `TypeError`.
 * `npm run soak:fuzz -- 5000 1` tries 5,000 configs, journals, data files and sweeps and 2,000 reports of the seed 1
 * (the default). `npm run soak:fuzz -- 5000 1 journals 17` shows one of them. Ends with 1 if anything is wrong.
 * A process of its own tries one after the other. An input counts as stuck if it uses up a minute of processor time.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configs } from './fuzz/configs.js';
import { dataFiles } from './fuzz/data-files.js';
import type { FuzzKind, FuzzOutcome } from './fuzz/fuzz-kind.js';
import { journals } from './fuzz/journals.js';
import { rawError } from './fuzz/raw-error.js';
import { reports } from './fuzz/reports.js';
import { sweeps } from './fuzz/sweeps.js';
import { type Attempt, tryInputs, watchInputs } from './watched-process.js';

const kinds = { configs, journals, reports, 'data-files': dataFiles, sweeps } as const satisfies Record<
  string,
  FuzzKind
>;
type KindName = keyof typeof kinds;
const kindNames = Object.keys(kinds) as KindName[];

const MAX_MEMORY_BYTES = 2e9;
/** Reports for each 5,000 of the others. */
const SHARE_OF_REPORTS = 0.4;

async function soak(kind: KindName, count: number, seed: number): Promise<number> {
  const began = performance.now();
  const counts = new Map<string, number>();
  let wrong = 0;
  let memory = 0;
  let slowest = 0;
  const note = (number: number, { name, message }: FuzzOutcome): void => {
    counts.set(name, (counts.get(name) ?? 0) + 1);
    const raw = message === null ? null : rawError(message);
    if (raw === null && name !== 'wrong') return;
    wrong++;
    console.log(`${kind} ${number}: ${name}: shows ${raw}: ${JSON.stringify(message?.slice(0, 1500))}`);
  };
  await watchInputs<FuzzOutcome>(0, count, {
    file: fileURLToPath(import.meta.url),
    words: [kind, String(seed)],
    onAttempt: (attempt: Attempt<FuzzOutcome>) => {
      memory = Math.max(memory, attempt.memory);
      slowest = Math.max(slowest, attempt.seconds);
      note(attempt.number, attempt.outcome);
    },
    onLoss: (number, why) => note(number, { name: 'wrong', message: why }),
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(
    `${kind}: ${count} in ${seconds} s, the slowest ${slowest.toFixed(1)} s of processor time, ` +
      `at most ${Math.round(memory / 1e6)} MB, ${wrong} wrong`,
  );
  for (const [name, times] of [...counts].sort((a, b) => b[1] - a[1]))
    console.log(`  ${String(times).padStart(6)}  ${name}`);
  return memory > MAX_MEMORY_BYTES ? wrong + 1 : wrong;
}

const [first = '5000', second = '1', ...rest] = process.argv.slice(2);
const kindOf = (word: string | undefined): KindName | undefined => kindNames.find((name) => name === word);
if (first === 'work') {
  const kind = kinds[kindOf(second) ?? 'configs'];
  const [seed, from, end] = rest.map(Number);
  await tryInputs(from ?? 0, end ?? 0, (number, folder) => kind.attempt(seed ?? 1, number, folder));
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
