import type { Campaign } from '../../campaign/campaign.js';
import { isSettled } from '../../campaign/trial.js';
import { isAsked } from '../model/asked-trials.js';
import { metricNames } from '../model/metric-names.js';
import { csvText, type Row } from './csv-text.js';
import { epochHeader, epochRows, epochRowsOf } from './epochs-table.js';

/** The text of `epochs.csv`. */
export function epochsCsv(campaign: Campaign): string {
  return csvText(epochRows(campaign));
}

/** How far a growing `epochs.csv` has been written. */
export interface EpochsWritten {
  /** Columns of the header. */
  readonly metrics: readonly string[];
  /** Trials, from number 1 on, whose rows are in the file. */
  readonly trials: number;
}

/** What to write next. */
interface EpochsAddition {
  /** True where the file has to begin anew, because a metric turned up that the header has not. */
  readonly anew: boolean;
  readonly text: string;
  readonly written: EpochsWritten;
}

/**
 * What is to be added to `epochs.csv` since it was written so far (null: not at all): the rows of the next trials in
 * asked order, up to the first that is still open. When all are settled, all that was written equals `epochsCsv`.
 */
export function epochsAddition(campaign: Campaign, written: EpochsWritten | null): EpochsAddition {
  const metrics = metricNames(campaign);
  const anew = written === null || written.metrics.join('\n') !== metrics.join('\n');
  const rows: Row[] = anew ? [epochHeader(metrics)] : [];
  let trials = anew ? 0 : written.trials;
  for (; trials < campaign.asked.size; trials++) {
    const key = campaign.asked.get(trials);
    const trial = key === undefined ? undefined : campaign.trials.get(key);
    if (!isSettled(trial) || !isAsked(trial)) break;
    rows.push(...epochRowsOf(trial, metrics));
  }
  return { anew, text: csvText(rows), written: { metrics, trials } };
}
