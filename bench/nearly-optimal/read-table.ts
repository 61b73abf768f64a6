import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { prepareComparison } from '../../src/app/compare/prepare-comparison.js';
import { prepareCampaign } from '../../src/app/prepare-campaign.js';
import { readCampaign } from '../../src/app/read-campaign.js';
import { advantage } from '../../src/campaign/metric.js';
import { lowerMedian, mean } from '../../src/campaign/statistics.js';
import { isSettled } from '../../src/campaign/trial.js';
import { trialScore } from '../../src/campaign/trial-score.js';
import type { ReplayOptions } from '../../src/compare/replay-draws.js';
import { ResultsTable } from '../../src/compare/results-table.js';

/** Methods choose on 4 repeats, and 8 others judge. */
const CHOICE = { settings: 200, repeats: 12, judges: 8 };

/** A trained table, on which methods replay. */
export interface TrainedTable {
  readonly results: ResultsTable;
  readonly options: ReplayOptions;
  /** How much better the best setting is than the median one, on all repeats. */
  readonly tuning: number;
}

/** The table that was trained in a folder; null if there is none, or it has too few repeats. */
export async function readTable(folder: string, name: string, draws: number): Promise<TrainedTable | null> {
  const place = join(folder, name);
  if (!existsSync(join(place, 'results', 'journal.jsonl'))) return null;
  const prepared = await prepareCampaign(join(place, `${name}.yaml`));
  const { options } = prepareComparison(prepared, { ...CHOICE, draws }).method;
  const { campaign } = await readCampaign(join(place, 'results'));
  const trials = [...campaign.trials.values()].filter(isSettled).filter(({ stage }) => stage === 'table');
  if (trials.length < options.all.length * options.repeats) return null;
  const results = new ResultsTable(trials);
  const { comparison } = options.context;
  const repeats = Array.from({ length: options.repeats }, (_, i) => i + 1);
  const means = options.all.map((setting) =>
    mean(repeats.map((repeat) => trialScore(results.wholeTrial(setting, repeat), comparison))),
  );
  const { goal } = comparison.metric;
  const ranked = means.sort((a, b) => -advantage(goal, a, b));
  const tuning = advantage(goal, ranked[0] ?? Number.NaN, lowerMedian(ranked));
  return { results, options, tuning };
}
