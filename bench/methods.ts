/**
 * Random search, Sobol points and `tpe`, compared with Optuna's TPE: the best value of a function after 10, 25, 50
 * and 100 trials, over 50 seeds. Writes the tables into docs/methods.md. Optuna's results (Debian's python3-optuna) are
 * kept in a file per function and sampler, in the folder that the first argument names; missing ones are computed.
 * Further arguments name functions; without any, all of them run.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Parameters } from '../src/campaign/parameters.js';
import { drawSetting } from '../src/campaign/search-space.js';
import { sobolSetting } from '../src/campaign/space/sobol-setting.js';
import { Reports } from '../src/campaign/tables/reports.js';
import type { Settled, TrialKey, TrialSpec } from '../src/campaign/trial.js';
import { contextOf } from '../src/contracts/method/method-subject.js';
import { tpeSearch } from '../src/methods/tpe/tpe-search.js';
import { cases } from './methods/functions.js';

const BUDGETS = [10, 25, 50, 100];
const TRIALS = 100;
const SEEDS = 50;
const OPTUNA = ['multivariate'];

type Case = (typeof cases)[string];

/** The best value after each budget. */
const bestOf = (values: readonly number[]): number[] =>
  BUDGETS.map((budget) => Math.min(...values.slice(0, budget)));

function settle(spec: TrialSpec, loss: number): Settled {
  const report = { epoch: 1, metrics: { val_loss: loss } };
  const facts = {
    key: '' as TrialKey,
    spec,
    stage: 'search',
    number: 1,
    attempts: 1,
    reports: Reports.of([report]),
  };
  return { ...facts, state: 'finished', reason: 'complete', evaluation: null };
}

/** The values of the settings that `tpe` asks for, each known as late as its window allows. */
function tpeValues({ space, value }: Case, seed: number, window: number): number[] {
  const context = contextOf({ space });
  const comparison = { ...context.comparison, repeats: { first: 1, most: 1 } };
  const search = tpeSearch({ ...context, comparison, seed, varied: [], trials: TRIALS, start: 10, window });
  const values: number[] = [];
  const open: Settled[] = [];
  let answers: Settled[] = [];
  for (;;) {
    const { value: step } = search.next(answers);
    if (step === undefined || step.kind !== 'ask') return values;
    for (const spec of step.trials) {
      const loss = value(spec.parameters);
      values.push(loss);
      open.push(settle(spec, loss));
    }
    answers = open.splice(0, Math.max(0, open.length - (step.window - 1)));
  }
}

const valuesAt = ({ value }: Case, at: (index: number) => Parameters): number[] =>
  Array.from({ length: TRIALS }, (_, index) => value(at(index)));

const ours: Readonly<Record<string, (one: Case, seed: number) => number[]>> = {
  random: (one, seed) => valuesAt(one, (index) => drawSetting(one.space, seed, index)),
  sobol: (one, seed) => valuesAt(one, (index) => sobolSetting(one.space, seed, index)),
  'tpe, window: 1': (one, seed) => tpeValues(one, seed, 1),
  'tpe, window: 8': (one, seed) => tpeValues(one, seed, 8),
};

/** The rows of Optuna; null if its results do not have them. */
function optunaRows(folder: string, name: string, sampler: string): number[][] | null {
  const file = join(folder, `out.${name}.${sampler}.json`);
  if (!existsSync(file)) {
    const task = {
      cases: { [name]: { space: cases[name]?.space } },
      samplers: [sampler],
      seeds: SEEDS,
      budgets: BUDGETS,
    };
    const program = new URL('methods/optuna_side.py', import.meta.url).pathname;
    const input = JSON.stringify(task);
    writeFileSync(
      file,
      execFileSync('/usr/bin/python3', [program], { input, encoding: 'utf8', stdio: 'pipe' }),
    );
  }
  const results = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, number[][]>>;
  return results[name]?.[sampler] ?? null;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  return below + (at - Math.floor(at)) * ((sorted[Math.ceil(at)] ?? Number.NaN) - below);
}

/** The mean rank of each method among all, over the seeds; equal values share their ranks. */
function meanRanks(methods: readonly (readonly number[][])[], budget: number): number[] {
  const ranks = methods.map(() => 0);
  for (let seed = 0; seed < SEEDS; seed++) {
    const values = methods.map((rows) => rows[seed]?.[budget] ?? Number.NaN);
    for (const [m, value] of values.entries()) {
      const below = values.filter((other) => other < value).length;
      const equal = values.filter((other) => other === value).length;
      ranks[m] = (ranks[m] ?? 0) + below + (equal + 1) / 2;
    }
  }
  return ranks.map((sum) => sum / SEEDS);
}

function table(name: string, folder: string): string {
  const one = cases[name];
  if (one === undefined)
    throw new Error(`there is no function ${name}; expected ${Object.keys(cases).join(', ')}`);
  const seeds = Array.from({ length: SEEDS }, (_, seed) => seed);
  const own = Object.entries(ours).map(([method, values]) => ({
    method: `\`${method}\``,
    rows: seeds.map((seed) => bestOf(values(one, seed))),
  }));
  const theirs = OPTUNA.flatMap((sampler) => {
    const rows = optunaRows(folder, name, sampler);
    return rows === null ? [] : [{ method: `Optuna's TPE, ${sampler}`, rows }];
  });
  const all = [...own, ...theirs];
  const ranks = BUDGETS.map((_, i) =>
    meanRanks(
      all.map(({ rows }) => rows),
      i,
    ),
  );
  const head = ['method', ...BUDGETS.map((budget) => `${budget} trials`)];
  const lines = all.map(({ method, rows }, m) => {
    const cells = BUDGETS.map((_, i) => {
      const values = rows.map((row) => row[i] ?? Number.NaN);
      const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(values, share).toPrecision(3));
      return `${middle} (${low} to ${high}), ${ranks[i]?.[m]?.toFixed(2)}`;
    });
    return [method, ...cells];
  });
  const rows = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`);
  return [`**${name}**`, '', ...rows].join('\n');
}

const [folder = 'bench-methods', ...asked] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const names = asked.length > 0 ? asked : Object.keys(cases);
const tables = names.map((name) => {
  const text = table(name, folder);
  console.log(`${text}\n`);
  return text;
});
const page = new URL('../docs/methods.md', import.meta.url);
const written = readFileSync(page, 'utf8').replace(
  /(?<=<!-- bench:methods -->\n).*(?=<!-- \/bench:methods -->)/s,
  `\n${tables.join('\n\n')}\n\n`,
);
writeFileSync(page, written);
