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
const program = process.env.FITFIRST_PROGRAM ?? join(root, 'dist/program/main.js');
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
  return (
    `${fitted.hidden} ` +
    `units${limit}${grown !== null && grown.hidden !== fitted.hidden ? `; grown to ${grown.hidden}` : ''}`
  );
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

/** Whether the interval of a row's gain is above 0. */
function isGainCertain(row: string): boolean {
  const gain = row.split(' | ')[head.indexOf('gain of dropout in val_loss')] ?? '';
  return Number(/\((\S+) to /.exec(gain)?.[1] ?? 0) > 0;
}

function pageOf(rows: readonly string[]): string {
  const certain = rows.filter(isGainCertain).length;
  return `# Nine real tables

Each table was run with two commands. The config that \`init\` wrote was not edited, and the target is the one that it
guessed:

    fitfirst init TABLE
    fitfirst run TABLE.yaml

${[`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...rows].join('\n')}

How to read the columns ([glossary](glossary.md)):

- *Rows x inputs*: the inputs of the network, after identifiers were left out and text was one-hot encoded.
- *Target*: a column without a name is given by its index from 0.
- *Fits*: the smallest hidden layer that fits the training rows. "No" means that no size fits. *Ceiling* is the best
  training score that a network can reach. It is shown if rows have equal inputs but different targets. For
  regression, reaching 0.95 times the ceiling counts as a fit. *Grown to* is the size with the best validation score
  without dropout, if it is not the smallest size that fits.
- *Chosen*: the number of units, the dropout rate of the hidden layer, and the dropout rate of the inputs
  (\`input_dropout\`) if the campaign tuned it.
- *Gain*: the validation loss of the best setting without dropout, minus the validation loss of the chosen setting, on
  fresh repeats, with its 95 % interval. If the interval contains 0, it is not certain that dropout helps.
- *Test score*: accuracy, or root mean squared error (RMSE) in the units of the target, of the final network on the
  test rows, with its 95 % interval. No choice was based on the test rows. The next two columns are scores on the same
  test rows.
- *100 units, no dropout*: what you would have without a search. This network is trained in the same way, with the
  same learning rates. The learning rate with the better validation score is used, and the weights are those of the
  best epoch.
- *Linear or logistic regression*: LinearRegression and LogisticRegression of scikit-learn with default settings, on
  the same prepared training rows. These models do not see the validation rows.
- *Time*: the duration of \`run\` on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node
  ${process.versions.node}.

Every table was split only once. With so few test rows most of these intervals overlap, so no row shows that one
method is better than another in general. An interval of the gain that is above 0 is evidence that dropout helps. This
is so on ${certain} of these ${rows.length} tables.

Written by \`npm run docs:real-data\`, which you can run if you have the tables.
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
