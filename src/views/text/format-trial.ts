import type { Campaign } from '../../campaign/campaign.js';
import { formatSetting } from '../../campaign/format-setting.js';
import { isReachable } from '../../campaign/metric.js';
import { metricIn, type Report } from '../../campaign/report.js';
import type { Settled, Trial } from '../../campaign/trial.js';
import { scoredReport } from '../../campaign/trial-score.js';
import { formatCount, formatNumber } from '../../text/number.js';
import { escapeControls } from '../../text/quote.js';
import type { Asked } from '../model/asked-trials.js';
import { epochsBefore } from '../model/epochs/epochs-before.js';
import { epochsRun } from '../model/epochs/epochs-run.js';
import type { AttemptFailure } from '../model/timing.js';
import { variedParameters } from '../model/varied-parameters.js';

/** How a trial ended, as a mark, a word and what there is to say. */
export interface FormattedTrial {
  readonly mark: '✔' | '✗' | '!' | '■';
  /** `finished`, `fits`, `does not fit`, `stopped early`, `diverged`, `failed`, `stopped`, `will be tried again`. */
  readonly how: string;
  /** Its varied parameters and its repeat. */
  readonly setting: string;
  /** The metric and the epoch, or what went wrong. */
  readonly result: string;
}

/** A settled trial in a few words. */
export function formatTrial(campaign: Campaign, trial: Asked<Settled>): FormattedTrial {
  return { ...formatEnd(trial), setting: settingOf(campaign, trial), result: resultOf(campaign, trial) };
}

/** How a trial ended, as a mark and a word. */
export function formatEnd(trial: Settled): Pick<FormattedTrial, 'mark' | 'how'> {
  switch (trial.state) {
    case 'finished':
      if (trial.reason === 'fit') return { mark: '✔', how: 'fits' };
      if (trial.reason === 'stopped-early') return { mark: '✗', how: 'stopped early' };
      return trial.spec.until !== null && isReachable(trial.spec.until)
        ? { mark: '✗', how: 'does not fit' }
        : { mark: '✔', how: 'finished' };
    case 'diverged':
      return { mark: '!', how: 'diverged' };
    case 'failed':
      return { mark: '!', how: 'failed' };
    case 'stopped':
      return { mark: '■', how: 'stopped' };
    default:
      return trial satisfies never;
  }
}

function resultOf(campaign: Campaign, trial: Settled): string {
  switch (trial.state) {
    case 'finished': {
      if (trial.reason === 'fit') return fitResult(trial);
      const { committee } = trial.spec.finish ?? {};
      return committee === undefined
        ? metricResult(campaign, trial)
        : `predicts the mean of ${formatCount(committee.repeats.length, 'network')}`;
    }
    case 'diverged':
      return `not a number after epoch ${trial.epoch}`;
    case 'failed':
      return `${trial.code}. ${firstLine(trial.message)}`;
    case 'stopped':
      return `after ${formatCount(epochsRun(trial), 'epoch')}`;
    default:
      return trial satisfies never;
  }
}

/** A trial that waits for another attempt, in a few words. */
export function formatAttemptFailure(
  campaign: Campaign,
  trial: Trial,
  { kind, ...of }: AttemptFailure,
): FormattedTrial {
  const why = firstLine(of.message);
  const words = { mark: '!', how: 'will be tried again', setting: settingOf(campaign, trial) } as const;
  switch (kind) {
    case 'failed':
      return { ...words, result: `attempt ${of.attempt} failed: ${why}` };
    case 'lost':
      return { ...words, result: `attempt ${of.attempt} was lost: ${why}` };
    case 'reopened':
      return { ...words, result: `it failed, and no decision rests on that yet: ${why}` };
    default:
      return kind satisfies never;
  }
}

function settingOf(campaign: Campaign, trial: Trial): string {
  const { spec } = trial;
  const before = epochsBefore(campaign, trial);
  const which = spec.finish?.committee === undefined ? `repeat ${spec.repeat}` : 'committee';
  return [
    formatSetting(spec.parameters, variedParameters(campaign)),
    which,
    before === null ? '' : `goes on from epoch ${before}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** What follows in a message is the end of a log, or where in the code it happened. */
export function firstLine(message: string): string {
  const line = escapeControls(message.split('\n', 1)[0] ?? '');
  return line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON - 3)}...` : line;
}

const LONGEST_REASON = 240;

function fitResult(trial: Settled): string {
  const { until } = trial.spec;
  const report = trial.reports.last();
  if (until === null || report === undefined) return `after ${formatCount(epochsRun(trial), 'epoch')}`;
  return `${metricText(report, until.metric)} at epoch ${report.epoch}`;
}

/** A trial that searches for a fit shows the metric of its target; every other trial shows the campaign's. */
function metricResult(campaign: Campaign, trial: Settled): string {
  const ran = formatCount(epochsRun(trial), 'epoch');
  if (campaign.facts === null) return ran;
  const { until } = trial.spec;
  const report = until === null ? scoredReport(trial, campaign.facts) : (trial.reports.last() ?? null);
  if (report === null) return ran;
  const { name } = campaign.facts.metric;
  const final = trial.state === 'finished' ? metricIn(trial.final, name) : undefined;
  if (final !== undefined && metricIn(report.metrics, name) === undefined)
    return `${escapeControls(name)} ${formatNumber(final)} after ${ran}`;
  const shown = until?.metric ?? name;
  // A network that trains on all rows but the test has no validation score.
  if (metricIn(report.metrics, shown) === undefined) return `after ${ran}`;
  return `${metricText(report, shown)} at epoch ${report.epoch} of ${epochsRun(trial)}`;
}

function metricText(report: Report, name: string): string {
  return `${escapeControls(name)} ${formatNumber(metricIn(report.metrics, name) ?? Number.NaN)}`;
}
