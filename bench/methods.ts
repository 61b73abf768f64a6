/**
 * fitfirst's methods and Optuna's TPE on functions and on tables of results: how good the chosen setting is after 10,
 * 25, 50 and 100 trials, over 50 seeds; and the epochs of `hyperband` to the value of random search. Writes the tables
 * into docs/methods.md. Results of Optuna (Debian's python3-optuna) and of networks are kept in the folder that the
 * first argument names. Further arguments name cases; without any, all of them run. The tables of results need
 * ../shared/data.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedData } from '../test/support/shared-data.js';
import { type BenchCase, functionCases, tableCase } from './methods/bench-case.js';
import { hyperbandEpochs, randomSearch } from './methods/epochs-to-value.js';
import { optunaRows } from './methods/optuna-rows.js';
import { ownMethods } from './methods/own-methods.js';
import { markdownTable, meanRanks, quantile } from './methods/ranks.js';
import { dataSets, type ResultTable, resultTable } from './methods/result-table.js';

const BUDGETS = [10, 25, 50, 100];
const SEEDS = 50;
const seeds = Array.from({ length: SEEDS }, (_, seed) => seed);

interface Measured {
  readonly method: string;
  /** For each budget, the values of all seeds. */
  readonly values: readonly (readonly number[])[];
}

/** Optuna's TPE with this number of trials at the same time. */
const peers = [
  ["Optuna's TPE, one trial at a time", 1],
  ["Optuna's TPE, eight at a time", 8],
] as const;

const byBudget = (rows: readonly (readonly number[])[]): number[][] =>
  BUDGETS.map((_, i) => rows.map((row) => row[i] ?? Number.NaN));

async function measure(one: BenchCase, folder: string): Promise<Measured[]> {
  const own = ownMethods
    .filter((method) => method.for(one))
    .map(({ name, rows }) => ({
      method: name,
      values: byBudget(seeds.map((seed) => rows(one, seed, BUDGETS))),
    }));
  const theirs: Measured[] = [];
  for (const [method, window] of peers) {
    const rows = await optunaRows(one, BUDGETS, { seeds: SEEDS, window, folder });
    theirs.push({ method, values: byBudget(rows) });
  }
  return [...own, ...theirs];
}

const quartiles = (values: readonly number[], format: (value: number) => string): string => {
  const [low = '', middle, high] = [0.25, 0.5, 0.75].map((share) => format(quantile(values, share)));
  return `${middle} (${low} to ${high})`;
};

function describeCase({ name }: BenchCase, measured: readonly Measured[]): string {
  const ranks = BUDGETS.map((_, i) => meanRanks(measured.map(({ values }) => values[i] ?? [])));
  const lines = measured.map(({ method, values }, m) => [
    method,
    ...BUDGETS.map((_, i) => {
      const text = quartiles(values[i] ?? [], (value) => value.toPrecision(3));
      return `${text}, ${ranks[i]?.[m]?.toFixed(2)}`;
    }),
  ]);
  const head = ['method', ...BUDGETS.map((budget) => `${budget} trials`)];
  return [`**${name}**`, '', markdownTable([head, ...lines])].join('\n');
}

/** The mean ranks of two methods among the two, over the seeds of all cases of a kind. */
function duels(all: ReadonlyMap<BenchCase, readonly Measured[]>): string {
  const kinds: readonly [string, (one: BenchCase) => boolean][] = [
    ['functions without noise', ({ noise, table }) => noise === 0 && table === null],
    ['functions with noise', ({ noise }) => noise > 0],
    ['tables of networks', ({ table }) => table !== null],
  ];
  const lines = kinds.flatMap(([kind, isOf]) => {
    const cases = [...all].filter(([one]) => isOf(one)).map(([, measured]) => measured);
    return ownMethods.flatMap(({ name }) =>
      peers.flatMap(([peer, window]) => {
        const both = cases.map((measured) =>
          [name, peer].map((method) => measured.find((one) => one.method === method)),
        );
        if (cases.length === 0 || both.some(([own]) => own === undefined)) return [];
        const cells = BUDGETS.map((_, i) => {
          const [own, theirs] = [0, 1].map((m) => both.flatMap((pair) => pair[m]?.values[i] ?? []));
          return (meanRanks([own ?? [], theirs ?? []])[0] ?? Number.NaN).toFixed(2);
        });
        return [[kind, name, `${window}`, ...cells]];
      }),
    );
  });
  const budgets = BUDGETS.map((budget) => `${budget} trials`);
  return markdownTable([['cases', 'method', "Optuna's trials at a time", ...budgets], ...lines]);
}

/** Samplers of hyperband, with the window of one worker and the default. */
const hyperbands = (['random', 'tpe'] as const).flatMap((sampler) =>
  [1, 8].map((window) => ({ sampler, window })),
);

function hyperbandTable(tables: ReadonlyMap<string, ResultTable>): string {
  const lines = [...tables].flatMap(([name, table]) =>
    hyperbands.map(({ sampler, window }) => {
      const shares = seeds.map((seed) => {
        const { epochs, best } = randomSearch(table, seed);
        return hyperbandEpochs(table, sampler, seed, { target: best, window }) / epochs;
      });
      const percent = (share: number) =>
        share === Number.POSITIVE_INFINITY ? 'never' : `${(100 * share).toFixed(1)} %`;
      const within = shares.filter((share) => share <= 0.2).length;
      return [name, `\`${sampler}\``, `${window}`, quartiles(shares, percent), `${within} of ${SEEDS}`];
    }),
  );
  const head = ['table', 'sampler', '`window`', 'share of the epochs (quartiles)', 'seeds within a fifth'];
  return markdownTable([head, ...lines]);
}

function writeSection(name: string, text: string): void {
  const page = new URL('../docs/methods.md', import.meta.url);
  const section = new RegExp(`(?<=<!-- ${name} -->\\n).*(?=<!-- /${name} -->)`, 's');
  writeFileSync(
    page,
    readFileSync(page, 'utf8').replace(section, () => `\n${text}\n\n`),
  );
}

const [folder = join(tmpdir(), 'fitfirst-bench-methods'), ...asked] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const tables = new Map<string, ResultTable>();
if (sharedData === null)
  console.log('The real tables are not on this machine (FITFIRST_SHARED_DATA); skipped');
else {
  for (const name of Object.keys(dataSets) as (keyof typeof dataSets)[])
    tables.set(name, await resultTable(name, sharedData, folder));
}
const every = [...functionCases, ...[...tables].map(([name, table]) => tableCase(name, table))];
const cases = every.filter(({ name }) => asked.length === 0 || asked.includes(name));
const all = new Map<BenchCase, readonly Measured[]>();
for (const one of cases) {
  const measured = await measure(one, folder);
  all.set(one, measured);
  console.log(`${describeCase(one, measured)}\n`);
}
const inAll = duels(all);
const epochs = hyperbandTable(tables);
console.log(`${inAll}\n\n${epochs}`);
if (all.size > 0) {
  writeSection('bench:methods', [...all].map(([one, measured]) => describeCase(one, measured)).join('\n\n'));
  writeSection('bench:methods duels', inAll);
  if (tables.size > 0) writeSection('bench:methods epochs', epochs);
}
