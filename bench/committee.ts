/**
 * What a committee of five networks gains over the first of them alone, by the test scores of campaigns with the config
 * that `init` writes, on random 75/25 splits of real and generated tables:
 * `npm run bench:committee -- SPLITS [TABLE ...]`. FITFIRST_SHARED_DATA names the folder of the real tables; without it
 * they are left out, and the command says so.
 *
 * Each finished split is kept in bench/committee/runs.jsonl, so the command goes on where it stopped. Delete the file
 * to measure again.
 */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { pairedDifference } from '../src/campaign/statistics.js';
import { formatNumber } from '../src/text/number.js';
import { sharedData } from '../test/support/shared-data.js';
import { type AccuracyTable, accuracyTables, splitTable } from './accuracy/tables.js';

const program = fileURLToPath(new URL('../dist/program/main.js', import.meta.url));
const runsFile = fileURLToPath(new URL('./committee/runs.jsonl', import.meta.url));

const NETWORKS = 5;
/** Test rows over training rows, for the interval over splits that share rows. */
const OVERLAP = 1 / 3;

const numbers = z.record(z.string(), z.number());
const summarySchema = z.object({
  test: numbers,
  committee: z.object({
    single_test: numbers,
    gain: numbers,
    gain_intervals: z.record(z.string(), z.tuple([z.number(), z.number()])),
  }),
});
const runSchema = z.object({
  table: z.string(),
  split: z.int(),
  single: numbers,
  committee: numbers,
  gain: numbers,
  intervals: z.record(z.string(), z.tuple([z.number(), z.number()])),
});
type CommitteeRun = z.output<typeof runSchema>;

function runSplit(table: AccuracyTable, split: number): CommitteeRun {
  const folder = mkdtempSync(join(tmpdir(), 'fitfirst-committee-'));
  try {
    const { training, test } = splitTable(table, split);
    writeFileSync(join(folder, 'train.csv'), training);
    writeFileSync(join(folder, 'test.csv'), test);
    command(['init', 'train.csv', '--target', table.target], folder);
    const path = join(folder, 'train.yaml');
    const config = parseDocument(readFileSync(path, 'utf8'));
    config.setIn(['finish', 'networks'], NETWORKS);
    writeFileSync(path, String(config));
    command(['run', 'train.yaml', '--view', 'none'], folder);
    const text = readFileSync(join(folder, 'results', 'train', 'summary.json'), 'utf8');
    const { test: scores, committee } = summarySchema.parse(JSON.parse(text));
    const { single_test: single, gain, gain_intervals: intervals } = committee;
    return { table: table.name, split, single, committee: scores, gain, intervals };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function command(words: readonly string[], folder: string): void {
  const env = { ...process.env, CI: 'true' };
  const ended = spawnSync(process.execPath, [program, ...words], { cwd: folder, encoding: 'utf8', env });
  if (ended.status !== 0) throw new Error(`${words.join(' ')} ended with ${ended.status}: ${ended.stderr}`);
}

/** The gain of each table as a mean over its splits with its interval, and how often the committee was better. */
function report(runs: readonly CommitteeRun[]): string {
  const lines = [
    `| table | splits | score | single network | committee of ${NETWORKS} | gain (95 % interval) |`,
    '|---|---|---|---|---|---|',
  ];
  for (const table of new Set(runs.map((run) => run.table))) {
    const own = runs.filter((run) => run.table === table);
    for (const score of Object.keys(own[0]?.gain ?? {})) {
      const meanOf = (of: (run: CommitteeRun) => number | undefined): number =>
        own.reduce((sum, run) => sum + (of(run) ?? Number.NaN), 0) / own.length;
      const cells = [
        table,
        own.length,
        score,
        formatNumber(meanOf((run) => run.single[score])),
        formatNumber(meanOf((run) => run.committee[score])),
        gainText(own, score),
      ];
      lines.push(`| ${cells.join(' | ')} |`);
    }
  }
  const lossOf = (run: CommitteeRun): number => run.gain.loss ?? Number.NaN;
  const relative = runs.map((run) => (100 * lossOf(run)) / (run.single.loss ?? Number.NaN));
  const better = runs.filter((run) => lossOf(run) > 0).length;
  const surely = (isSo: (low: number, high: number) => boolean): number =>
    runs.filter(({ intervals: { loss: [low, high] = [0, 0] } }) => isSo(low, high)).length;
  lines.push(
    '',
    `Over ${runs.length} splits the test loss fell by ${formatNumber(median(relative))} % (median). It was lower on ` +
      `${better} splits. The interval of the gain is above 0 on ${surely((low) => low > 0)} splits, and below 0 on ` +
      `${surely((_, high) => high < 0)}.`,
  );
  return lines.join('\n');
}

/** Over splits; of a single split the interval over its test rows. */
function gainText(runs: readonly CommitteeRun[], score: string): string {
  const [first] = runs;
  if (runs.length === 1 && first !== undefined) {
    const [low, high] = first.intervals[score] ?? [Number.NaN, Number.NaN];
    return `${formatNumber(first.gain[score] ?? Number.NaN)} (${formatNumber(low)} to ${formatNumber(high)})`;
  }
  const { mean, low, high } = pairedDifference(
    runs.map(({ gain }) => gain[score] ?? Number.NaN),
    OVERLAP,
  );
  return `${formatNumber(mean)} (${formatNumber(low ?? Number.NaN)} to ${formatNumber(high ?? Number.NaN)})`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

const [splits = '3', ...names] = process.argv.slice(2);
if (sharedData === null) console.log('The real tables are left out: FITFIRST_SHARED_DATA names no folder.');
mkdirSync(fileURLToPath(new URL('./committee/', import.meta.url)), { recursive: true });
const runs = existsSync(runsFile)
  ? readFileSync(runsFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => runSchema.parse(JSON.parse(line)))
  : [];
const tables = accuracyTables(sharedData).filter(({ name }) => names.length === 0 || names.includes(name));
for (let split = 1; split <= Number(splits); split++) {
  for (const table of tables) {
    if (runs.some((run) => run.table === table.name && run.split === split)) continue;
    const run = runSplit(table, split);
    appendFileSync(runsFile, `${JSON.stringify(run)}\n`);
    runs.push(run);
    console.log(JSON.stringify(run));
  }
}
console.log(report(runs));
