/**
 * Variants of fit_first on the tables that `npm run docs:nearly-optimal` has trained: mean regret as a share of what
 * tuning brings, saving, and the difference to random search of the same cost: `npm run bench:variants`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareComparison } from '../../src/app/compare/prepare-comparison.js';
import { prepareCampaign } from '../../src/app/prepare-campaign.js';
import { readCampaign } from '../../src/app/read-campaign.js';
import { advantage } from '../../src/campaign/metric.js';
import { lowerMedian, mean, pairedDifference } from '../../src/campaign/statistics.js';
import { isSettled } from '../../src/campaign/trial.js';
import { trialScore } from '../../src/campaign/trial-score.js';
import { contenders, FIT_FIRST, GRID, RANDOM_AT_COST } from '../../src/compare/contenders.js';
import { type ReplayOptions, replayDraws, trainingCost } from '../../src/compare/replay-draws.js';
import { ResultsTable } from '../../src/compare/results-table.js';
import { sharedData } from '../../test/support/shared-data.js';
import { CHOICE } from './compare-table.js';
import { comparedTables } from './tables.js';

/** What a variant changes in the options of the plan. */
const VARIANTS: Readonly<Record<string, (options: ReplayOptions) => ReplayOptions>> = {
  'as it is': (options) => options,
  strict: changed({ grow_on: null }),
  'grow on, patience 1': changed({ grow_on: { patience: 1 } }),
  'grow on, patience 3': changed({ grow_on: { patience: 3 } }),
  'sizes between': changed({ between: true }),
  'rates of growth carried, not tuned again': changed({ retune: [] }),
  'carried, with sizes between': changed({ retune: [], between: true }),
  'one repeat to fit': fitOn(1),
  'one repeat to fit, sizes between': (options) => changed({ between: true })(fitOn(1)(options)),
};

function changed(change: object): (options: ReplayOptions) => ReplayOptions {
  return (options) => ({
    ...options,
    plan: { ...options.plan, options: { ...options.plan.options, ...change } },
  });
}

function fitOn(repeats: number): (options: ReplayOptions) => ReplayOptions {
  return (options) => changed({ fit: { ...Object(options.plan.options.fit), repeats } })(options);
}

const folder = fileURLToPath(new URL('./results', import.meta.url));
const found = new Map<string, { regret: number; saving: number; rival: number }[]>();
for (const { name } of comparedTables(sharedData)) {
  const place = join(folder, name);
  if (!existsSync(join(place, 'results', 'compare.json'))) continue;
  const { method, campaign } = prepareComparison(await prepareCampaign(join(place, `${name}.yaml`)), CHOICE);
  const { options } = method;
  const read = await readCampaign(join(place, 'results'));
  const trials = [...read.campaign.trials.values()].filter(isSettled);
  const table = new ResultsTable(trials.filter(({ stage }) => stage === 'table'));
  const { comparison } = options.context;
  const means = options.all
    .map((setting) =>
      mean(
        Array.from({ length: options.repeats }, (_, i) =>
          trialScore(table.wholeTrial(setting, i + 1), comparison),
        ),
      ),
    )
    .sort((a, b) => -advantage(comparison.metric.goal, a, b));
  const tuning = advantage(comparison.metric.goal, means[0] ?? Number.NaN, lowerMedian(means));
  for (const [variant, change] of Object.entries(VARIANTS)) {
    const own = change(options);
    const all = contenders(own).filter(({ name: one }) => one === FIT_FIRST || one === GRID);
    const runs = replayDraws(table, own, all);
    const of = (one: string) => runs.filter(({ method: ran }) => ran === one);
    const regret = mean(of(FIT_FIRST).map((run) => run.regret));
    const entry = {
      regret: regret / tuning,
      saving: Math.log(mean(of(GRID).map(trainingCost)) / mean(of(FIT_FIRST).map(trainingCost))),
      rival: (regret - mean(of(RANDOM_AT_COST).map((run) => run.regret))) / tuning,
    };
    found.set(variant, [...(found.get(variant) ?? []), entry]);
  }
  console.log(`${campaign.facts.name}: ${tuning.toPrecision(3)}`);
}
const percent = (values: readonly number[]): string => {
  const { mean: middle, low, high } = pairedDifference(values, 0);
  return [middle, low ?? Number.NaN, high ?? Number.NaN]
    .map((one) => `${(100 * one).toFixed(1)} %`)
    .join(' ');
};
for (const [variant, entries] of found) {
  const saving = Math.exp(mean(entries.map((entry) => entry.saving))).toFixed(1);
  const [regret, rival] = [entries.map((entry) => entry.regret), entries.map((entry) => entry.rival)];
  console.log(`${variant}\tregret ${percent(regret)}\ttimes less ${saving}\trival ${percent(rival)}`);
}
