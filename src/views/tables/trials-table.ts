import type { Campaign } from '../../campaign/campaign.js';
import type { CampaignFacts } from '../../campaign/event.js';
import { metricIn } from '../../campaign/report.js';
import { isSettled } from '../../campaign/trial.js';
import { bestReport, scoredReport } from '../../campaign/trial-score.js';
import { type Asked, askedTrials } from '../model/asked-trials.js';
import { epochsRun } from '../model/epochs/epochs-run.js';
import { finalMetricNames, metricNames } from '../model/metric-names.js';
import { type Cell, type CsvRow, csvText } from './csv-text.js';
import { parameterCell } from './parameter-cell.js';

/**
 * The rows of `trials.csv`, the header first: one row for each trial that was asked for, in the order in which it
 * was. The metrics are those of the epoch that counts.
 */
export function* trialRows(campaign: Campaign): Generator<CsvRow> {
  const metrics = metricNames(campaign);
  const finals = finalMetricNames(campaign);
  const columns = trialColumns(campaign.facts, metrics, finals);
  yield [
    'trial',
    'stage',
    'state',
    ...columns.parameters,
    'repeat',
    'epochs',
    'best_epoch',
    ...columns.metrics,
    ...columns.finals,
    'reason',
  ];
  if (campaign.facts === null) return;
  for (const trial of askedTrials(campaign)) yield trialRow(trial, campaign.facts, { metrics, finals });
}

interface MetricNames {
  /** Metrics of the epoch that counts. */
  readonly metrics: readonly string[];
  /** Metrics of the whole trial. */
  readonly finals: readonly string[];
}

function trialRow(trial: Asked, facts: CampaignFacts, { metrics, finals }: MetricNames): CsvRow {
  const { spec } = trial;
  // What a trial has said so far depends on when the file is written; only what it said in the end is a result.
  const settled = isSettled(trial);
  const judged = settled ? scoredReport(trial, facts) : null;
  const final = trial.state === 'finished' ? trial.final : null;
  return [
    trial.number,
    trial.stage,
    trial.state,
    ...facts.parameters.map((name) => parameterCell(spec.parameters[name])),
    spec.repeat,
    settled ? epochsRun(trial) : null,
    settled ? (bestReport(trial, facts.metric)?.epoch ?? null) : null,
    ...metrics.map((name): Cell => metricIn(judged?.metrics, name) ?? null),
    ...finals.map((name): Cell => metricIn(final, name) ?? null),
    reasonOf(trial),
  ];
}

function reasonOf(trial: Asked): string | null {
  switch (trial.state) {
    case 'finished':
    case 'stopped':
      return trial.reason;
    case 'failed':
      return trial.code;
    case 'waiting':
    case 'running':
    case 'diverged':
      return null;
    default:
      return trial satisfies never;
  }
}

/** The text of `trials.csv`. */
export function trialsCsv(campaign: Campaign): string {
  return csvText([...trialRows(campaign)]);
}

/** Names of the columns of a table of trials. */
interface TrialColumns {
  /** One a parameter, in the order of the config. */
  readonly parameters: readonly string[];
  /** One a metric, in the order of the metrics. */
  readonly metrics: readonly string[];
  /** One for each metric that trials report once. */
  readonly finals: readonly string[];
}

const fixed = ['trial', 'stage', 'state', 'repeat', 'epochs', 'best_epoch', 'reason'];

/**
 * Names columns so that no two are the same: a parameter that is called like a column of ours (`epochs`, as a rule)
 * is `parameter_epochs`, a metric that is called like a parameter is `metric_...`, and one of the
 * whole trial that is called like one of its epochs is `final_...`.
 */
function trialColumns(
  facts: CampaignFacts | null,
  metrics: readonly string[],
  finals: readonly string[],
): TrialColumns {
  const taken = new Set(fixed);
  const free = (name: string, prefix: string): string => {
    let column = name;
    while (taken.has(column)) column = `${prefix}_${column}`;
    taken.add(column);
    return column;
  };
  return {
    parameters: (facts?.parameters ?? []).map((name) => free(name, 'parameter')),
    metrics: metrics.map((name) => free(name, 'metric')),
    finals: finals.map((name) => free(name, 'final')),
  };
}
