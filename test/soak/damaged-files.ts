/**
 * Loads ten thousand damaged files and prints what became of them: `npm run soak:damaged-files`, with another
 * count, and a number to begin at, as arguments. Ends with 1 where a file was neither loaded nor refused with
 * one clear message, or took more than a minute of processor time, or too much memory.
 */
import { fileURLToPath } from 'node:url';
import { damagedFile } from '../data/damage.js';
import { type ProbeTrial, tryDamagedFile } from '../data/try-damaged-file.js';
import { type Attempt, tryInputs, watchInputs } from './watched-process.js';

const MAX_MEMORY_BYTES = 2e9;

async function soak(count: number, begin: number): Promise<void> {
  const began = performance.now();
  const counts = new Map<string, Record<ProbeTrial['outcome'], number>>();
  let wrong = 0;
  let most = 0;
  const note = (number: number, outcome: ProbeTrial): void => {
    const { format, damages } = damagedFile(number);
    const own = counts.get(format) ?? { loaded: 0, refused: 0, wrong: 0 };
    own[outcome.outcome]++;
    counts.set(format, own);
    if (outcome.outcome !== 'wrong') return;
    wrong++;
    console.log(`file ${number} (${format}; ${damages.join(', ')}): ${outcome.what}`);
  };
  await watchInputs<ProbeTrial>(begin, begin + count, {
    file: fileURLToPath(import.meta.url),
    words: [],
    onAttempt: ({ number, outcome, memory }: Attempt<ProbeTrial>) => {
      most = Math.max(most, memory);
      note(number, outcome);
    },
    onLoss: (number, what) => note(number, { outcome: 'wrong', what }),
  });
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
if (first === 'work') await tryInputs(Number(second), Number(third), tryDamagedFile);
else await soak(Number(first ?? 10_000), Number(second ?? 0));
