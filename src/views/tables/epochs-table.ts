import type { Campaign } from '../../campaign/campaign.js';
import type { Settled } from '../../campaign/trial.js';
import { type Asked, settledTrials } from '../model/asked-trials.js';
import { metricNames } from '../model/metric-names.js';
import type { Row } from './csv-text.js';

/** The header of `epochs.csv`, for these metrics. */
export function epochHeader(metrics: readonly string[]): Row {
  const own = ['trial', 'epoch'];
  return [...own, ...metrics.map((name) => (own.includes(name) ? `metric_${name}` : name))];
}

/** The rows of one trial: its learning curves. */
export function epochRowsOf(trial: Asked<Settled>, metrics: readonly string[]): Row[] {
  return trial.reports
    .toArray()
    .map(({ epoch, metrics: said }) => [trial.number, epoch, ...metrics.map((name) => said[name] ?? null)]);
}

/**
 * The rows of `epochs.csv`, the header first: the learning curves of the settled trials, in the order in which they
 * were asked for. While no trial before it is still open and no new metric turns up, a trial's rows are only ever
 * added at the end.
 */
export function* epochRows(campaign: Campaign): Generator<Row> {
  const metrics = metricNames(campaign);
  yield epochHeader(metrics);
  for (const trial of settledTrials(campaign)) yield* epochRowsOf(trial, metrics);
}
