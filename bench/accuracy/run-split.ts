import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { loadConfig } from '../../src/config/load-config.js';
import { loadDataset } from '../../src/data/load-dataset.js';
import { preparationOf, prepare } from '../../src/data/prepare/preparation.js';
import { partsOf } from '../../src/data/split/split.js';
import { type AccuracyRun, OWN_NAME } from './accuracy-run.js';
import { type AccuracyTable, splitTable } from './tables.js';

const program = fileURLToPath(new URL('../../dist/program/main.js', import.meta.url));
const peerProgram = fileURLToPath(new URL('./peers.py', import.meta.url));
const python = process.env.FITFIRST_PYTHON ?? '/usr/bin/python3';

const parameters = z.record(z.string(), z.unknown());
type Parameters = z.output<typeof parameters>;

const summarySchema = z.object({
  fitted: parameters.nullable(),
  chosen: parameters,
  strict: parameters,
  gain: z.object({ mean: z.number(), low: z.number().nullable(), high: z.number().nullable() }).nullable(),
  test: z.record(z.string(), z.number()),
  committee: z
    .object({ single_test: z.record(z.string(), z.number()), gain: z.record(z.string(), z.number()) })
    .optional(),
  decisions: z.array(z.string()),
  trials: z.int(),
});

const peerSchema = z.object({ name: z.string(), score: z.number().nullable(), seconds: z.number() });

/** Runs `init` and `run` on a split, then the peers with the same prepared rows and the same processor time. */
export async function runSplit(table: AccuracyTable, split: number): Promise<AccuracyRun> {
  const folder = mkdtempSync(join(tmpdir(), 'fitfirst-accuracy-'));
  try {
    const { training, test } = splitTable(table, split);
    writeFileSync(join(folder, 'train.csv'), training);
    writeFileSync(join(folder, 'test.csv'), test);
    command([program, 'init', 'train.csv', '--target', table.target], folder);
    const seconds = command([program, 'run', 'train.yaml', '--view', 'none'], folder);
    const text = readFileSync(join(folder, 'results', 'train', 'summary.json'), 'utf8');
    const summary = summarySchema.parse(JSON.parse(text));
    const { job, rows, inputs, task } = await peerJob(folder, seconds, split);
    const peers = runPeers(job);
    const own = task === 'classification' ? summary.test.accuracy : summary.test.rmse;
    const every = [{ name: OWN_NAME, score: own ?? null, seconds }, ...peers];
    return {
      table: table.name,
      split,
      task,
      rows,
      inputs,
      scores: Object.fromEntries(every.map(({ name, score }) => [name, score])),
      fitted: summary.fitted && String(summary.fitted.hidden),
      growthEnded: growthEnd(summary.decisions),
      chosen: describe(summary.chosen),
      strict: describe(summary.strict) === describe(summary.chosen) ? null : describe(summary.strict),
      gain: summary.gain && [summary.gain.mean, summary.gain.low, summary.gain.high],
      single: summary.committee?.single_test ?? null,
      committeeGain: summary.committee?.gain ?? null,
      trials: summary.trials,
      processor: Object.fromEntries(every.map((one) => [one.name, Math.round(one.seconds * 10) / 10])),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs Node.js with these words; the seconds of processor time that it took with all of its threads and children. */
function command(words: readonly string[], folder: string): number {
  const ended = spawnSync('/usr/bin/time', ['-f', 'cost %U %S', process.execPath, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CI: 'true' },
  });
  if (ended.status !== 0) throw new Error(`${words.join(' ')} ended with ${ended.status}: ${ended.stderr}`);
  const [, user = 0, system = 0] = /cost ([\d.]+) ([\d.]+)/.exec(ended.stderr)?.map(Number) ?? [];
  return user + system;
}

/** The rows as the campaign's own preparation gives them; peers learn from training and validation rows together. */
async function peerJob(folder: string, seconds: number, seed: number) {
  const { config } = await loadConfig(join(folder, 'train.yaml'));
  if (config.data === null) throw new Error('init writes a config with data');
  const dataset = await loadDataset(config.data, config.seed);
  const parts = partsOf(dataset, config.seed, 0);
  const known = Int32Array.from([...parts.training, ...parts.validation]).sort();
  const preparation = preparationOf(dataset, known);
  const part = (rows: Int32Array) => ({
    x: [...prepare(dataset, preparation, rows)],
    y: Array.from(rows, (row) => dataset.y[row]),
  });
  const { task, inputs } = dataset;
  const job = JSON.stringify({ task, training: part(known), test: part(parts.test), seconds, seed });
  return { job, task, inputs, rows: dataset.rows };
}

function runPeers(job: string): z.output<typeof peerSchema>[] {
  const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...env } = process.env;
  const ended = spawnSync(python, [peerProgram], {
    input: job,
    encoding: 'utf8',
    env: { ...env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
    maxBuffer: 1e8,
  });
  if (ended.status !== 0) throw new Error(`the peers ended with ${ended.status}: ${ended.stderr}`);
  return ended.stdout
    .trim()
    .split('\n')
    .map((line) => peerSchema.parse(JSON.parse(line)));
}

/** From the sentence that says why growth ended. */
function growthEnd(decisions: readonly string[]): AccuracyRun['growthEnded'] {
  const has = (start: string): boolean => decisions.some((sentence) => sentence.startsWith(start));
  return has('Growth ended with a fit') ? 'fit' : has('Growth ended at a plateau') ? 'plateau' : 'limit';
}

function describe({ hidden, layers = 1, dropout, input_dropout: inputs = 0, ...rest }: Parameters): string {
  const depth = layers === 1 ? '' : ` x ${layers} layers`;
  const onInputs = Number(inputs) > 0 ? `, ${inputs} on inputs` : '';
  return `${hidden} units${depth}, dropout ${dropout}${onInputs}, rate ${rest.learning_rate}`;
}
