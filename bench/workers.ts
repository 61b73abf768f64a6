/**
 * Trials per second with two workers beside one, on trials of a second or more: `npm run bench:workers`. Beside it
 * what the machine itself gives to two programs at once: two campaigns of one worker each, with nothing in common. Two
 * virtual cores are often two halves of one, and a core alone may run at a higher clock, so twice is not always to be
 * had. Rounds take turns; medians. The number of rounds is the argument (3).
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

const rounds = Number(process.argv[2] ?? 3);
const main = fileURLToPath(new URL('../dist/program/main.js', import.meta.url));
const TRIALS = 12;

const config = {
  name: 'workers',
  seed: 1,
  data: {
    generate: 'teacher',
    rows: 4000,
    inputs: 64,
    units: 8,
    classes: 4,
    split: { validation: 0.2, test: 0 },
  },
  parameters: {
    hidden: { value: 512 },
    dropout: { values: Array.from({ length: TRIALS }, (_, k) => 0.3 + k / 50) },
    batch_size: 32,
    epochs: 60,
  },
  repeats: 1,
  method: 'grid',
};

const timingSchema = z.array(z.object({ started: z.string(), seconds: z.coerce.number() }));

/**
 * Runs a campaign in a folder of its own; trials that ended a second, from the start of the first, and how long one
 * took.
 */
async function campaign(
  folder: string,
  name: string,
  workers: number,
): Promise<{ rate: number; seconds: number }> {
  const out = join(folder, name);
  const words = [main, 'run', join(folder, 'workers.json'), '--out', out, '--view', 'none'];
  const child = spawn(process.execPath, [...words, '--workers', String(workers)], { stdio: 'inherit' });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`the campaign ended with ${code}`);
  const text = await readFile(join(out, 'timings.csv'), 'utf8');
  // The trials of the finish run alone.
  const rows = timingSchema.parse(parse(text, { columns: true })).slice(0, TRIALS);
  const started = rows.map((row) => Date.parse(row.started));
  const ended = rows.map((row, k) => (started[k] ?? Number.NaN) + row.seconds * 1000);
  const rate = (1000 * TRIALS) / (Math.max(...ended) - Math.min(...started));
  return { rate, seconds: rows.reduce((sum, row) => sum + row.seconds, 0) / TRIALS };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const folder = await mkdtemp(join(tmpdir(), 'fitfirst-workers-'));
try {
  await writeFile(join(folder, 'workers.json'), JSON.stringify(config));
  const ratios: number[] = [];
  const limits: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const one = await campaign(folder, `one-${round}`, 1);
    const two = await campaign(folder, `two-${round}`, 2);
    const apart = await Promise.all(['a', 'b'].map((name) => campaign(folder, `${name}-${round}`, 1)));
    const limit = apart.reduce((sum, { rate }) => sum + rate, 0) / one.rate;
    ratios.push(two.rate / one.rate);
    limits.push(limit);
    console.log(
      `trials of ${one.seconds.toFixed(2)} s: one worker ${one.rate.toFixed(3)} a second, two ` +
        `${two.rate.toFixed(3)}, ` +
        `${(two.rate / one.rate).toFixed(2)} times; two programs apart ${limit.toFixed(2)} times`,
    );
  }
  console.log(
    `medians: two workers ${median(ratios).toFixed(2)} times one; two programs apart ` +
      `${median(limits).toFixed(2)} times one`,
  );
} finally {
  await rm(folder, { recursive: true });
}
