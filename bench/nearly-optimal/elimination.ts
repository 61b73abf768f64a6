/**
 * The two rules of elimination of a race, halving and paired tests, on tables of results: `npm run bench:elimination --
 * [TABLE ...]`. Trains tables of 20 repeats, of which methods choose on 12, and reuses what has been trained. With
 * names, only these tables are trained; all that are complete are measured. Writes a section of docs/methods.md.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mean, pairedDifference } from '../../src/campaign/statistics.js';
import { type ComparedMethod, contenders, FIT_FIRST, GRID } from '../../src/compare/contenders.js';
import { type ReplayOptions, trainingCost } from '../../src/compare/replay-draws.js';
import type { RaceRepeats } from '../../src/methods/comparison.js';
import { gridMethod } from '../../src/methods/grid/grid.js';
import type { Method } from '../../src/methods/method.js';
import type { MethodContext } from '../../src/methods/method-kind.js';
import { randomMethod } from '../../src/methods/random/random.js';
import { searchPlan } from '../../src/methods/search.js';
import { formatList } from '../../src/text/list.js';
import { sharedData } from '../../test/support/shared-data.js';
import { TABLES_FOR_ELIMINATION as TABLES, tablePlace, trainTable } from './compare-table.js';
import { readTable, type TrainedTable } from './read-table.js';
import { comparedTables } from './tables.js';
import { meansOf, type Reference, runsOf } from './variant-runs.js';

const DRAWS = 100;
const { repeats, judges } = TABLES.choice;
const SELECTION = repeats - judges;

const HALVING = 'halving';
const HALVING_FROM_2 = 'halving, `first: 2`';
const PAIRED_FROM_2 = 'paired, `first_test: 2`';
/** Rules as a config writes them. Halving with more first repeats costs about as much as paired tests. */
const RULES: Readonly<Record<string, RaceRepeats>> = {
  [HALVING]: { first: 1, most: SELECTION },
  [HALVING_FROM_2]: { first: 2, most: SELECTION },
  'halving, `first: 5`': { first: 5, most: SELECTION },
  [PAIRED_FROM_2]: { first: 1, most: SELECTION, firstTest: 2 },
  'paired, `first_test: 3`': { first: 1, most: SELECTION, firstTest: 3 },
  'paired, `first_test: 5`': { first: 1, most: SELECTION, firstTest: 5 },
};

const SEARCHES: Readonly<Record<string, (context: MethodContext) => Method>> = {
  'grid of 70': (context) => gridMethod.create(searchPlan({}), context),
  'random 16': (context) => randomMethod.create(searchPlan({ trials: 16 }), context),
};

/** A search with a rule on all tables: regrets as shares of what tuning brings, and costs. */
interface Measured {
  readonly search: string;
  readonly rule: string;
  readonly regrets: readonly number[];
  readonly costs: readonly number[];
}

/** The choices of the whole grid on all repeats of the selection. */
function referenceOf(table: TrainedTable): Reference {
  const grid = contenders(table.options).filter(({ name }) => name === GRID);
  const runs = runsOf(table, table.options, grid);
  return { scores: runs.map(({ score }) => score), cost: mean(runs.map(trainingCost)) };
}

function withRule({ options }: TrainedTable, repeats: RaceRepeats): ReplayOptions {
  const { context } = options;
  const comparison = { ...context.comparison, repeats };
  return { ...options, race: repeats.most, context: { ...context, comparison } };
}

/** The methods that are raced: fit_first begins its race with one repeat, whatever the rule says. */
function methodsFor(
  repeats: RaceRepeats,
  options: ReplayOptions,
): readonly (readonly [string, ComparedMethod])[] {
  const searches = Object.entries(SEARCHES).map(([name, create]) => {
    const inRule = (context: MethodContext): Method =>
      create({ ...context, comparison: { ...context.comparison, repeats } });
    return [name, { name, settings: null, repeats: 'raced', create: inRule }] as const;
  });
  const own = contenders(options).filter(({ name }) => name === FIT_FIRST && repeats.first === 1);
  return [...searches, ...own.map((method) => [`\`${FIT_FIRST}\``, method] as const)];
}

function measureAll(tables: readonly TrainedTable[]): Measured[] {
  const measured = new Map<string, Measured>();
  for (const table of tables) {
    const reference = referenceOf(table);
    for (const [rule, repeats] of Object.entries(RULES)) {
      const options = withRule(table, repeats);
      for (const [search, method] of methodsFor(repeats, options)) {
        const { regret, cost } = meansOf(runsOf(table, options, [method]), table, reference);
        const before = measured.get(`${search} ${rule}`) ?? { search, rule, regrets: [], costs: [] };
        const next = { ...before, regrets: [...before.regrets, regret], costs: [...before.costs, cost] };
        measured.set(`${search} ${rule}`, next);
      }
    }
  }
  return [...measured.values()].sort((a, b) => (a.search === b.search ? 0 : a.search < b.search ? -1 : 1));
}

const percent = (share: number | null): string => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);

function formatDifference(differences: readonly number[]): string {
  const { mean: middle, low, high } = pairedDifference(differences, 0);
  return `${percent(middle)} (${percent(low)} to ${percent(high)})`;
}

function lineOf({ search, rule, regrets, costs }: Measured, all: readonly Measured[]): string {
  const halving = all.find((one) => one.search === search && one.rule === HALVING);
  const differences = regrets.map((regret, i) => regret - (halving?.regrets[i] ?? Number.NaN));
  const factors = costs.map((cost, i) => Math.log(cost / (halving?.costs[i] ?? Number.NaN)));
  const interval = rule === HALVING ? '' : formatDifference(differences);
  const factor = Math.exp(mean(factors)).toFixed(2);
  return `| ${[search, rule, percent(mean(regrets)), interval, factor].join(' | ')} |`;
}

/** Paired tests against the rule of halving that costs about as much. */
function atEqualCost(search: string, all: readonly Measured[]): string {
  const of = (rule: string) => all.find((one) => one.search === search && one.rule === rule)?.regrets ?? [];
  const halving = of(HALVING_FROM_2);
  const differences = of(PAIRED_FROM_2).map((regret, i) => regret - (halving[i] ?? Number.NaN));
  return `- ${search}: ${formatDifference(differences)}.`;
}

const folder = fileURLToPath(new URL('./results', import.meta.url));
const names = process.argv.slice(2);
const tables: TrainedTable[] = [];
const found: string[] = [];
for (const compared of comparedTables(sharedData)) {
  const { name } = compared;
  const isComplete = existsSync(join(folder, name, TABLES.name, 'compare.json'));
  if (!isComplete && names.length > 0 && !names.includes(name)) continue;
  const { config, out } = isComplete
    ? tablePlace(compared, folder, TABLES)
    : await trainTable(compared, folder, TABLES);
  tables.push(await readTable(config, out, TABLES, DRAWS));
  found.push(name);
}
const measured = measureAll(tables);
const text = `
Measured on ${tables.length} data sets of [Is it nearly optimal?](is-it-nearly-optimal.md):
${formatList(found)}.
70 settings ran on ${repeats} repeats each. Each search was replayed on ${DRAWS} draws of repeats. It chose on up to
${SELECTION} of them, and the other ${judges} judged. *Regret* is how much worse the choice is than that of the whole
grid on all ${SELECTION} repeats, as a share of what tuning brings. *Against halving* is the difference of the regrets,
with its 95 % interval over the data sets; below 0, the rule is better. *Cost* is in multiply-adds, as a multiple of
halving (the geometric mean over the data sets).

| search | rule | regret | against halving | cost |
|---|---|---|---|---|
${measured.map((one) => lineOf(one, measured)).join('\n')}

Paired tests from two repeats on cost about as much as halving that begins with two repeats. The difference of their
regrets, below 0 where paired tests are better:

${Object.keys(SEARCHES)
  .map((search) => atEqualCost(search, measured))
  .join('\n')}

`;
const page = fileURLToPath(new URL('../../docs/methods.md', import.meta.url));
const section = /(?<=<!-- bench:elimination -->\n).*(?=<!-- \/bench:elimination -->)/s;
writeFileSync(
  page,
  readFileSync(page, 'utf8').replace(section, () => text),
);
console.log(text);
