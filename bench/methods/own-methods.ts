import type { Parameters } from '../../src/campaign/parameters.js';
import { drawSetting } from '../../src/campaign/search-space.js';
import { sobolSetting } from '../../src/campaign/space/sobol-setting.js';
import { contextOf } from '../../src/contracts/method/method-subject.js';
import { tpeSearch } from '../../src/methods/tpe/tpe-search.js';
import type { BenchCase } from './bench-case.js';
import { driveProcedure } from './drive-procedure.js';

/** A trial of a search: its setting, what it showed, and how good the setting is. */
interface Evaluated {
  readonly text: string;
  readonly observed: number;
  readonly truth: number;
}

/** Repeats of a setting that the search asks for again, where trials are noisy. */
const NOISY_REPEATS = 5;
/** The default of `tpe`. */
const START = 8;
/** Finalists, and the share of the trials that they get. */
const FINALISTS = 3;
const FINAL_SHARE = 0.2;

/** Evaluates settings in turn, and counts the visits of each. */
function createLog(one: BenchCase, seed: number) {
  const visits = new Map<string, number>();
  const evaluated: Evaluated[] = [];
  return {
    evaluated,
    evaluate(setting: Parameters): number {
      const text = JSON.stringify(setting);
      const visit = visits.get(text) ?? 0;
      visits.set(text, visit + 1);
      const observed = one.observe(setting, seed, visit);
      evaluated.push({ text, observed, truth: one.truth(setting) });
      return observed;
    },
  };
}

function isNoisy({ noise, table }: BenchCase): boolean {
  return noise > 0 || table !== null;
}

function tpeTrials(one: BenchCase, seed: number, trials: number, window: number): readonly Evaluated[] {
  const context = contextOf({ space: one.space });
  const most = one.table?.repeats ?? (one.noise > 0 ? NOISY_REPEATS : 1);
  const comparison = { ...context.comparison, repeats: { first: 1, most } };
  const search = tpeSearch({ ...context, comparison, seed, varied: [], trials, start: START, window });
  const log = createLog(one, seed);
  driveProcedure(search, ({ parameters }) =>
    log.evaluated.length < trials ? [log.evaluate(parameters)] : null,
  );
  return log.evaluated;
}

function listedTrials(one: BenchCase, seed: number, trials: number, at: (index: number) => Parameters) {
  const log = createLog(one, seed);
  for (let index = 0; index < trials; index++) log.evaluate(at(index));
  return log.evaluated;
}

/** The settings by the mean of what they showed, the best first, each with its visits. */
function ranked(trials: readonly Evaluated[]) {
  const groups = new Map<string, { setting: Parameters; truth: number; sum: number; visits: number }>();
  for (const { text, observed, truth } of trials) {
    const group = groups.get(text) ?? { setting: JSON.parse(text) as Parameters, truth, sum: 0, visits: 0 };
    group.sum += observed;
    group.visits += 1;
    groups.set(text, group);
  }
  return [...groups.values()].sort((a, b) => a.sum / a.visits - b.sum / b.visits);
}

/** How good the setting is that looked best after each budget. */
function bestLooking(trials: readonly Evaluated[], budgets: readonly number[]): number[] {
  return budgets.map((budget) => ranked(trials.slice(0, budget))[0]?.truth ?? Number.NaN);
}

/** The same where a fifth of the budget goes to fresh repeats of the best settings, one of which is chosen. */
function bestOfFinalists(
  one: BenchCase,
  trials: readonly Evaluated[],
  budgets: readonly number[],
  seed: number,
): number[] {
  return budgets.map((budget) => {
    const fresh = Math.min(Math.round((budget * FINAL_SHARE) / FINALISTS), (one.table?.repeats ?? 7) - 1);
    const finalists = ranked(trials.slice(0, budget - FINALISTS * fresh)).slice(0, FINALISTS);
    const means = finalists.map(({ setting, truth, visits }) => {
      const shown = Array.from({ length: fresh }, (_, i) => one.observe(setting, seed, visits + i));
      return { truth, mean: shown.reduce((a, b) => a + b, 0) / fresh };
    });
    return means.sort((a, b) => a.mean - b.mean)[0]?.truth ?? Number.NaN;
  });
}

type Rows = (one: BenchCase, seed: number, budgets: readonly number[]) => number[];

/** fitfirst's methods: how good the setting is that each chooses after each budget. */
export const ownMethods: readonly { name: string; for(one: BenchCase): boolean; rows: Rows }[] = [
  {
    name: '`random`',
    for: () => true,
    rows: (one, seed, budgets) => {
      const trials = listedTrials(one, seed, Math.max(...budgets), (i) => drawSetting(one.space, seed, i));
      return bestLooking(trials, budgets);
    },
  },
  {
    name: '`sobol`',
    for: () => true,
    rows: (one, seed, budgets) => {
      const trials = listedTrials(one, seed, Math.max(...budgets), (i) => sobolSetting(one.space, seed, i));
      return bestLooking(trials, budgets);
    },
  },
  ...[1, 8].map((window) => ({
    name: `\`tpe\`, window ${window}`,
    for: () => true,
    rows: ((one, seed, budgets) =>
      bestLooking(tpeTrials(one, seed, Math.max(...budgets), window), budgets)) as Rows,
  })),
  {
    name: '`tpe`, window 8, finalists',
    for: isNoisy,
    rows: (one, seed, budgets) =>
      bestOfFinalists(one, tpeTrials(one, seed, Math.max(...budgets), 8), budgets, seed),
  },
];
