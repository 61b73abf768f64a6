import type { Campaign } from '../../campaign/campaign.js';
import { metricIn } from '../../campaign/report.js';
import { isSettled, type Settled } from '../../campaign/trial.js';
import { type Asked, isAsked, settledTrials } from '../model/asked-trials.js';
import { metricNames } from '../model/metric-names.js';
import { type CsvRow, csvText } from './csv-text.js';

/** The header of `epochs.csv`, for these metrics. */
function epochHeader(metrics: readonly string[]): CsvRow {
  const own = ['trial', 'epoch'];
  return [...own, ...metrics.map((name) => (own.includes(name) ? `metric_${name}` : name))];
}

/** The rows of one trial, its learning curves: those of its reports from one place up to, not including, another. */
function* epochRowsOf(
  { number, reports }: Asked<Settled>,
  metrics: readonly string[],
  from = 0,
  to = reports.size,
): Generator<CsvRow> {
  for (let place = from; place < to; place++) {
    const report = reports.at(place);
    if (report === undefined) return;
    yield [number, report.epoch, ...metrics.map((name) => metricIn(report.metrics, name) ?? null)];
  }
}

/**
 * The rows of `epochs.csv`, the header first: the learning curves of the settled trials, in the order in which they
 * were asked for. While no trial before it is still open and no new metric turns up, a trial's rows are only ever
 * added at the end.
 */
export function* epochRows(campaign: Campaign): Generator<CsvRow> {
  const metrics = metricNames(campaign);
  yield epochHeader(metrics);
  for (const trial of settledTrials(campaign)) yield* epochRowsOf(trial, metrics);
}

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
  /** Reports of the next trial whose rows are in the file, too. */
  readonly reports: number;
}

/** What to write next. */
interface EpochsAddition {
  /** True if the file has to be rewritten, because a metric appeared that the header does not have. */
  readonly rewrites: boolean;
  readonly text: string;
  readonly written: EpochsWritten;
  /** False if more could be added now. */
  readonly isComplete: boolean;
}

/**
 * What is to be added to `epochs.csv` since it was written so far (null: not at all): the rows of the next trials in
 * asked order, up to the first that is still open, and at most `maxRows` rows below the header. `metrics` are the
 * names of the campaign's metrics. When all are settled, all that was written equals `epochsCsv`.
 */
export function epochsAddition(
  campaign: Campaign,
  written: EpochsWritten | null,
  maxRows = Number.POSITIVE_INFINITY,
  metrics: readonly string[] = metricNames(campaign),
): EpochsAddition {
  const rewrites = written === null || written.metrics.join('\n') !== metrics.join('\n');
  const rows: CsvRow[] = rewrites ? [epochHeader(metrics)] : [];
  let { trials, reports } = rewrites ? { trials: 0, reports: 0 } : written;
  let room = maxRows;
  for (; trials < campaign.asked.size; trials++, reports = 0) {
    const key = campaign.asked.get(trials);
    const trial = key === undefined ? undefined : campaign.trials.get(key);
    if (!isSettled(trial) || !isAsked(trial)) break;
    const { size } = trial.reports;
    const until = Math.min(size, reports + room);
    for (const row of epochRowsOf(trial, metrics, reports, until)) rows.push(row);
    room -= until - reports;
    reports = until;
    if (until < size) break;
  }
  return { rewrites, text: csvText(rows), written: { metrics, trials, reports }, isComplete: room > 0 };
}

/** The rows of the settled trials after those that were written: a trial before them is still open. */
export function* laterEpochRows(campaign: Campaign, { metrics, trials }: EpochsWritten): Generator<CsvRow> {
  for (const key of campaign.asked.skip(trials)) {
    const trial = campaign.trials.get(key);
    if (isSettled(trial) && isAsked(trial)) yield* epochRowsOf(trial, metrics);
  }
}
