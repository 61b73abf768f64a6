import { formatSetting } from '../../campaign/format-setting.js';
import type { Report } from '../../campaign/report.js';
import { isSettled, type Trial } from '../../campaign/trial.js';
import type { Asked } from '../../views/model/asked-trials.js';

/** A pair of MLflow: a parameter or a tag. */
export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/** A value of a metric. */
export interface MetricValue {
  readonly key: string;
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly step: number;
}

/** When an attempt began and ended, in milliseconds since 1970; null while it runs. */
export interface AttemptTimes {
  readonly started: number;
  readonly ended: number | null;
}

/** The tags by which runs of a campaign are found again. */
export const TAG = {
  campaign: 'fitfirst.campaign',
  trial: 'fitfirst.trial',
  attempt: 'fitfirst.attempt',
} as const;

/** What every MLflow server accepts as the length of a value. */
const MAX_VALUE = 500;

/** The tags of a trial that has begun. */
export function trialTags({ key, number, stage, spec, attempts }: Asked, campaign: string): KeyValue[] {
  const { parameters, repeat } = spec;
  return tags({
    [TAG.campaign]: campaign,
    [TAG.trial]: key,
    [TAG.attempt]: attempts,
    'fitfirst.number': number,
    'fitfirst.stage': stage,
    'fitfirst.repeat': repeat,
    'fitfirst.setting': formatSetting(parameters, Object.keys(parameters)),
  });
}

/** How a trial ended, as tags. */
export function endTags(trial: Trial): KeyValue[] {
  const { state } = trial;
  if (trial.state === 'failed')
    return tags({
      'fitfirst.state': state,
      'fitfirst.reason': trial.code,
      'fitfirst.message': trial.message,
    });
  return trial.state === 'finished' || trial.state === 'stopped'
    ? tags({ 'fitfirst.state': state, 'fitfirst.reason': trial.reason })
    : tags({ 'fitfirst.state': state });
}

const tags = (values: Readonly<Record<string, string | number>>): KeyValue[] =>
  Object.entries(values).map(([key, value]) => ({ key, value: String(value).slice(0, MAX_VALUE) }));

/** The parameters of a trial. Lists are JSON. */
export function trialParameters({ spec }: Trial): KeyValue[] {
  return Object.entries(spec.parameters).map(([name, value]) => ({
    key: safeName(name),
    value: (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, MAX_VALUE),
  }));
}

/**
 * Metrics by epoch, of the reports from a place on. A campaign keeps no time of each report: they are spread evenly
 * over the attempt.
 */
export function epochMetrics(trial: Trial, from: number, { started, ended }: AttemptTimes): MetricValue[] {
  const reports = trial.reports.toArray();
  const step = ended === null ? 0 : (ended - started) / Math.max(1, reports.length);
  return reports.slice(from).flatMap(({ epoch, metrics }: Report, place) => {
    const timestamp = Math.round(started + step * (from + place + 1));
    return metricValues(metrics, epoch, timestamp);
  });
}

/** Metrics of the whole trial, at its last epoch. */
export function finalMetrics(trial: Trial, { started, ended }: AttemptTimes): MetricValue[] {
  if (trial.state !== 'finished') return [];
  return metricValues(trial.final ?? {}, trial.reports.last()?.epoch ?? 0, ended ?? started);
}

const metricValues = (
  metrics: Readonly<Record<string, number>>,
  step: number,
  timestamp: number,
): MetricValue[] =>
  Object.entries(metrics).map(([key, value]) => ({ key: safeName(key), value, timestamp, step }));

/** A trial's state as MLflow names it. */
export function runStatus(trial: Trial): 'RUNNING' | 'FINISHED' | 'FAILED' | 'KILLED' {
  if (!isSettled(trial)) return 'RUNNING';
  if (trial.state === 'stopped') return 'KILLED';
  return trial.state === 'finished' ? 'FINISHED' : 'FAILED';
}

/** MLflow refuses names with other characters. */
const safeName = (name: string): string => name.replace(/[^\w\-. /]/g, '_').slice(0, 250);
