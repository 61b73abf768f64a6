/**
 * Ways to choose and to finish, by the test score of the network that is handed over, on random 75/25 splits of real
 * and generated tables: `npm run bench:choice -- SPLITS [TABLE ...]`. Each way extends the campaign of the one before
 * it, so they share all trials of the search. FITFIRST_SHARED_DATA names the folder of the real tables.
 *
 * Each finished split is kept in bench/choice/runs.jsonl, so the command goes on where it stopped. Delete the file to
 * measure again.
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
import { meanOverRepeats } from '../src/campaign/statistics.js';
import { sharedData } from '../test/support/shared-data.js';
import { type AccuracyTable, accuracyTables, splitTable } from './accuracy/tables.js';

const program = fileURLToPath(new URL('../dist/program/main.js', import.meta.url));
const runsFile = fileURLToPath(new URL('./choice/runs.jsonl', import.meta.url));

/** Epochs of a trial: fewer than `init` writes, as is the space, so that many splits can be measured. */
const MAX_EPOCHS = 60;

const scores = z.record(z.string(), z.number());
const summarySchema = z.object({
  chosen: z.record(z.string(), z.unknown()),
  test: scores,
  trials: z.int(),
});

/** What is written into the config, one way after the other. */
const WAYS = {
  search: [
    [['fit_first', 'choose'], 'search'],
    [['finish', 'on'], 'all'],
  ],
  best: [[['fit_first', 'choose'], 'best']],
  simplest: [[['fit_first', 'choose'], 'simplest']],
  'best, on training': [
    [['fit_first', 'choose'], 'best'],
    [['finish', 'on'], 'training'],
  ],
} as const;

const runSchema = z.object({
  table: z.string(),
  split: z.int(),
  ways: z.record(z.string(), z.object({ score: z.number(), setting: z.string(), trials: z.int() })),
  lossOf: z.string(),
});
type ChoiceRun = z.output<typeof runSchema>;

function runSplit(table: AccuracyTable, split: number): ChoiceRun {
  const folder = mkdtempSync(join(tmpdir(), 'fitfirst-choice-'));
  try {
    const { training, test } = splitTable(table, split);
    writeFileSync(join(folder, 'train.csv'), training);
    writeFileSync(join(folder, 'test.csv'), test);
    command(['init', 'train.csv', '--target', table.target], folder);
    const path = join(folder, 'train.yaml');
    const config = parseDocument(readFileSync(path, 'utf8'));
    const epochs = Number(config.getIn(['parameters', 'epochs', 'value']));
    config.setIn(['parameters', 'epochs', 'value'], Math.min(epochs, MAX_EPOCHS));
    config.setIn(['parameters', 'input_dropout'], { value: 0 });
    config.setIn(['fit_first', 'dropout'], ['dropout']);
    let lossOf = '';
    const ways = Object.entries(WAYS).map(([name, keys]) => {
      for (const [key, value] of keys) config.setIn(key, value);
      writeFileSync(path, String(config));
      command(['run', 'train.yaml', '--view', 'none', '--extend', '--workers', '2'], folder);
      const text = readFileSync(join(folder, 'results', 'train', 'summary.json'), 'utf8');
      const summary = summarySchema.parse(JSON.parse(text));
      lossOf = summary.test.loss === undefined ? 'rmse' : 'loss';
      const score = summary.test[lossOf] ?? Number.NaN;
      const { hidden, dropout, input_dropout: inputs = 0 } = summary.chosen;
      return [name, { score, setting: `${hidden}, ${dropout}, ${inputs}`, trials: summary.trials }] as const;
    });
    return { table: table.name, split, ways: Object.fromEntries(ways), lossOf };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function command(words: readonly string[], folder: string): void {
  const env = { ...process.env, CI: 'true' };
  const ended = spawnSync(process.execPath, [program, ...words], { cwd: folder, encoding: 'utf8', env });
  if (ended.status !== 0) throw new Error(`${words.join(' ')} ended with ${ended.status}: ${ended.stderr}`);
}

/** For each table the mean test score of each way, and the means over tables relative to the first way. */
function report(runs: readonly ChoiceRun[]): string {
  const [first = '', ...others] = Object.keys(WAYS);
  const lines = [['table', 'splits', first, ...others].join('\t')];
  const relative = new Map<string, number[]>(others.map((name) => [name, []]));
  for (const table of new Set(runs.map((run) => run.table))) {
    const own = runs.filter((run) => run.table === table);
    const meanOf = (way: string): number =>
      meanOverRepeats(own.map(({ ways }) => ways[way]?.score ?? Number.NaN)).mean;
    lines.push([table, own.length, ...[first, ...others].map((way) => meanOf(way).toFixed(4))].join('\t'));
    for (const way of others) relative.get(way)?.push(100 * (meanOf(way) / meanOf(first) - 1));
  }
  for (const [way, changes] of relative) {
    const { mean, standardError } = meanOverRepeats(changes);
    const better = runs.filter(({ ways }) => (ways[way]?.score ?? 0) < (ways[first]?.score ?? 0)).length;
    const worse = runs.filter(({ ways }) => (ways[way]?.score ?? 0) > (ways[first]?.score ?? 0)).length;
    lines.push(
      `${way}: test loss ${mean.toFixed(2)} % (standard error ` +
        `${(standardError ?? Number.NaN).toFixed(2)} over tables) ` +
        `against ${first}; better on ${better} splits, worse on ${worse} of ${runs.length}`,
    );
  }
  return lines.join('\n');
}

const [splits = '3', ...names] = process.argv.slice(2);
mkdirSync(fileURLToPath(new URL('./choice/', import.meta.url)), { recursive: true });
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
