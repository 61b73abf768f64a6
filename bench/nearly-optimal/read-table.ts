import { prepareComparison } from '../../src/app/compare/prepare-comparison.js';
import { prepareCampaign } from '../../src/app/prepare-campaign.js';
import { readCampaign } from '../../src/app/read-campaign.js';
import { advantage } from '../../src/campaign/metric.js';
import { lowerMedian, mean } from '../../src/campaign/statistics.js';
import { isSettled } from '../../src/campaign/trial.js';
import { trialScore } from '../../src/campaign/trial-score.js';
import type { ReplayOptions } from '../../src/compare/replay-draws.js';
import { ResultsTable } from '../../src/compare/results-table.js';
import type { TableChoice } from './compare-table.js';

/** A trained table, on which methods replay. */
export interface TrainedTable {
  readonly results: ResultsTable;
  readonly options: ReplayOptions;
  /** How much better the best setting is than the median one, on all repeats. */
  readonly tuning: number;
}

/** The table of a comparison that was trained for variants. */
export async function readTable(
  config: string,
  out: string,
  { choice }: TableChoice,
  draws: number,
): Promise<TrainedTable> {
  const { options } = prepareComparison(await prepareCampaign(config), { ...choice, draws }).method;
  const { campaign } = await readCampaign(out);
  const trials = [...campaign.trials.values()].filter(isSettled).filter(({ stage }) => stage === 'table');
  const { comparison } = options.context;
  const results = new ResultsTable(trials, comparison.metric);
  const repeats = Array.from({ length: options.repeats }, (_, i) => i + 1);
  const means = options.all.map((setting) =>
    mean(repeats.map((repeat) => trialScore(results.wholeTrial(setting, repeat), comparison))),
  );
  const { goal } = comparison.metric;
  const ranked = means.sort((a, b) => -advantage(goal, a, b));
  const tuning = advantage(goal, ranked[0] ?? Number.NaN, lowerMedian(ranked));
  return { results, options, tuning };
}
