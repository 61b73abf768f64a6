/**
 * Runs every real table as a newcomer would, `fitfirst init` and then `fitfirst run` without an edit, beside a
 * network of 100 units without dropout and a linear model on the same split, and writes docs/real-data.md:
 * `npm run docs:real-data`. File names as arguments take these tables alone and print the rows.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { loadConfig } from '../src/config/load-config.js';
import { loadDataset } from '../src/data/load-dataset.js';
import { preparationOf, prepare } from '../src/data/prepare/preparation.js';
import { partsOf } from '../src/data/split/split.js';
import { wilsonInterval } from '../src/evaluation/intervals.js';
import { sharedData } from '../test/support/shared-data.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = process.env.FITFIRST_PROGRAM ?? join(root, 'dist/cli/main.js');
const python = '/usr/bin/python3';
const tables = [
  'iris.csv',
  'wine.csv',
  'wisc_bc_data.csv',
  'sonar.csv',
  'mpg.csv',
  'concrete.csv',
  'titanic.csv',
  'winequality-red.csv',
  'optdigits.tra',
];

/** What of a summary is shown. */
const summarySchema = z.object({
  fitted: z.record(z.string(), z.unknown()).nullable(),
  grown: z.record(z.string(), z.unknown()).nullable(),
  chosen: z.record(z.string(), z.unknown()),
  fit_ceiling: z.number(),
  gain: z.object({ mean: z.number(), low: z.number(), high: z.number() }).nullable(),
  test: z.record(z.string(), z.number()),
  test_intervals: z.record(z.string(), z.tuple([z.number(), z.number()])),
});

const configSchema = z.looseObject({
  data: z.looseObject({ target: z.union([z.string(), z.number()]) }),
  parameters: z.record(z.string(), z.unknown()),
});

type Summary = z.output<typeof summarySchema>;

/** Runs a command of the program in a folder; its standard output. */
function fitfirst(folder: string, ...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CI: 'true' },
  });
  if (status !== 0) throw new Error(`fitfirst ${words.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}

function summaryOf(folder: string, name: string): Summary {
  return summarySchema.parse(JSON.parse(readFileSync(join(folder, 'results', name, 'summary.json'), 'utf8')));
}

/** The same data and training, but 100 units, no dropout, and one repeat a learning rate. */
function fixedNetwork(folder: string, name: string): Summary {
  const config = configSchema.parse(parse(readFileSync(join(folder, `${name}.yaml`), 'utf8')));
  const { input_dropout: _, ...parameters } = config.parameters;
  const { fit_first: __, ...rest } = config;
  const fixed = {
    ...rest,
    name: `${name}-fixed`,
    parameters: { ...parameters, hidden: { value: 100 }, dropout: { value: 0 } },
    method: 'grid',
    repeats: 1,
  };
  writeFileSync(join(folder, `${name}-fixed.yaml`), stringify(fixed));
  fitfirst(folder, 'run', `${name}-fixed.yaml`, '--view', 'none');
  return summaryOf(folder, `${name}-fixed`);
}

const peerProgram = `
import json, sys, warnings
import numpy as np
warnings.filterwarnings('ignore')
from sklearn.linear_model import LogisticRegression, LinearRegression
job = json.load(sys.stdin)
rows = lambda part: np.array(job[part]['x']).reshape(len(job[part]['y']), -1)
wanted = lambda part: np.array(job[part]['y'])
if job['task'] == 'classification':
    model = LogisticRegression(max_iter=10000).fit(rows('training'), wanted('training'))
    right = model.predict(rows('test')) == wanted('test')
    print(json.dumps({'correct': int(right.sum()), 'rows': len(right)}))
else:
    model = LinearRegression().fit(rows('training'), wanted('training'))
    errors = model.predict(rows('test')) - wanted('test')
    print(json.dumps({'rmse': float(np.sqrt(np.mean(errors ** 2)))}))
`;

/** The test score of scikit-learn's linear model, trained on the same prepared rows; null without scikit-learn. */
async function linearPeer(folder: string, name: string): Promise<string | null> {
  const known = spawnSync(python, ['-c', 'import sklearn'], { stdio: 'ignore' });
  if (!existsSync(python) || known.status !== 0) return null;
  const { config } = await loadConfig(join(folder, `${name}.yaml`));
  if (config.data === null) throw new Error(`${name} has no data`);
  const dataset = await loadDataset(config.data, config.seed);
  const parts = partsOf(dataset, config.seed, 0);
  const preparation = preparationOf(dataset, parts.training);
  const part = (places: Int32Array) => ({
    x: [...prepare(dataset, preparation, places)],
    y: [...places].map((row) => dataset.y[row]),
  });
  const job = { task: dataset.task, training: part(parts.training), test: part(parts.test) };
  const printed = execFileSync(python, ['-c', peerProgram], {
    input: JSON.stringify(job),
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  const answer = z
    .union([z.object({ correct: z.number(), rows: z.number() }), z.object({ rmse: z.number() })])
    .parse(JSON.parse(printed));
  if ('rmse' in answer) return `RMSE ${short(answer.rmse)}`;
  const { value, low, high } = wilsonInterval(answer.correct, answer.rows);
  return percentText(value, low, high);
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function percentText(value: number, low: number | null, high: number | null): string {
  const percent = (share: number | null): string => (share === null ? 'unknown' : (100 * share).toFixed(1));
  return `${percent(value)} % (${percent(low)} to ${percent(high)})`;
}

function testText({ test, test_intervals: intervals }: Summary): string {
  const name = 'accuracy' in test ? 'accuracy' : 'rmse';
  const [low, high] = intervals[name] ?? [Number.NaN, Number.NaN];
  const value = test[name] ?? Number.NaN;
  return name === 'accuracy'
    ? percentText(value, low, high)
    : `RMSE ${short(value)} (${short(low)} to ${short(high)})`;
}

function fitText({ fitted, grown, fit_ceiling: ceiling }: Summary): string {
  const limit = ceiling < 1 ? ` (ceiling ${short(ceiling)})` : '';
  if (fitted === null) return `no${limit}${grown === null ? '' : `; grown to ${grown.hidden}`}`;
  return `${fitted.hidden} units${limit}${grown !== null && grown.hidden !== fitted.hidden ? `; grown to ${grown.hidden}` : ''}`;
}

function chosenText({ chosen }: Summary): string {
  const inputs = chosen.input_dropout === undefined ? '' : `, ${chosen.input_dropout} on inputs`;
  return `${chosen.hidden} units, dropout ${chosen.dropout}${inputs}`;
}

function gainText({ gain, chosen }: Summary): string {
  if (gain === null && chosen.dropout === 0) return 'none: the network without dropout was chosen';
  return gain === null ? 'not measured' : `${short(gain.mean)} (${short(gain.low)} to ${short(gain.high)})`;
}

async function rowOf(file: string, data: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'fitfirst-real-data-'));
  try {
    const name = file.replace(/\.\w+$/, '');
    fitfirst(folder, 'init', join(data, file));
    const { data: section } = configSchema.parse(parse(readFileSync(join(folder, `${name}.yaml`), 'utf8')));
    const { config } = await loadConfig(join(folder, `${name}.yaml`));
    if (config.data === null) throw new Error(`${name} has no data`);
    const dataset = await loadDataset(config.data, config.seed);
    const began = performance.now();
    fitfirst(folder, 'run', `${name}.yaml`, '--view', 'none');
    const seconds = Math.round((performance.now() - began) / 1000);
    const summary = summaryOf(folder, name);
    const cells = [
      file,
      `${dataset.rows} x ${dataset.inputs}`,
      typeof section.target === 'number' ? `column ${section.target}` : section.target,
      fitText(summary),
      chosenText(summary),
      gainText(summary),
      testText(summary),
      testText(fixedNetwork(folder, name)),
      (await linearPeer(folder, name)) ?? 'scikit-learn is not installed',
      `${seconds} s`,
    ];
    return `| ${cells.join(' | ')} |`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const head = [
  'table',
  'rows x inputs',
  'target, as guessed',
  'fits',
  'chosen',
  'gain of dropout in val_loss',
  'test score',
  '100 units, no dropout',
  'linear or logistic regression',
  'time',
];

function pageOf(rows: readonly string[]): string {
  return `# Real tables, from \`init\` to the test

Each table went through two commands, and nothing was edited between them, the guessed target included:

    fitfirst init TABLE
    fitfirst run TABLE.yaml

${[`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...rows].join('\n')}

- *Inputs* are the columns of the network's input, after identifiers were dropped and texts one-hot encoded.
- *Fits*: the smallest hidden layer whose training rows were fitted as well as they can be (the *ceiling*, where rows
  contradict each other; for numbers, 0.95 of it), and the size that growing on chose, where that is another.
- *Gain*: how much lower the validation loss is than that of the best network without dropout, with its 95 % interval,
  on fresh repeats. An interval that holds 0 means that it is not sure whether dropout helps.
- *Test score*: of the final network on rows that nothing was chosen by, with its 95 % interval: accuracy, or the root
  of the mean squared error in the target's units. The last columns are of the same rows.
- *100 units, no dropout*: the same trainer, rows, batch size and epochs, the better of the same learning rates on
  validation, weights of the best epoch: what one would have without a search.
- *Linear or logistic regression*: scikit-learn's LinearRegression and LogisticRegression with its defaults, trained
  on the same prepared training rows. It does not see the validation rows, as the final network does not.
- *Time*: of \`run\`, on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}.

One split a table: with so few test rows most of these intervals overlap, and no row says that one method is better
than another in general. Written by \`npm run docs:real-data\`, which anyone can run who has the tables.
`;
}

if (sharedData === null) {
  console.log('The real tables are not on this machine (FITFIRST_SHARED_DATA names their folder): skipped.');
} else {
  const asked = process.argv.slice(2);
  const rows: string[] = [];
  for (const file of asked.length > 0 ? asked : tables) {
    const row = await rowOf(file, sharedData);
    console.log(row);
    rows.push(row);
  }
  if (asked.length === 0) writeFileSync(join(root, 'docs/real-data.md'), pageOf(rows));
}
