import type { MeanOverRepeats } from '../../../campaign/finding.js';
import { isBetter } from '../../../campaign/metric.js';
import type { Parameters, ParameterValue } from '../../../campaign/parameters.js';
import { metricIn } from '../../../campaign/report.js';
import { mean, meanOverRepeats } from '../../../campaign/statistics.js';
import type { Settled } from '../../../campaign/trial.js';
import { bestReport, trialScore } from '../../../campaign/trial-score.js';
import { type FitFirstOptions, repeatsToFit } from '../options.js';

/** One setting at one size, and how its repeats went. */
export interface Candidate {
  readonly parameters: Parameters;
  readonly index: number;
  readonly trials: readonly Settled[];
}

/** What is known of a size once all of its repeats have run. */
export interface SizeResult {
  readonly size: ParameterValue;
  readonly candidates: readonly Candidate[];
  /** The candidate that is carried on where the size fits; else the one with the best training metric. */
  readonly best: Candidate;
  readonly fits: boolean;
  /** Of the best candidate; null where no repeat gave the metric. */
  readonly training: MeanOverRepeats | null;
}

/** Decides whether a size fits, and by which of its settings. */
export function judgeSize(
  size: ParameterValue,
  candidates: readonly Candidate[],
  options: FitFirstOptions,
): SizeResult {
  const fitting = candidates.filter((one) => fitsOf(one) >= neededOf(one, options));
  const fits = fitting.length > 0;
  const order = fits
    ? [...fitting].sort((a, b) => byValidation(a, b, options))
    : [...candidates].sort((a, b) => byTraining(a, b, options));
  const best = order[0];
  if (best === undefined) throw new RangeError('a size needs at least one setting');
  return { size, candidates, best, fits, training: trainingOf(best, options) };
}

/** How many repeats of a candidate reached the target. */
export function fitsOf(candidate: Candidate): number {
  return candidate.trials.filter((trial) => trial.state === 'finished' && trial.reason === 'fit').length;
}

/** The repeats of a candidate that say nothing, because their trials failed. */
export function missingOf(candidate: Candidate, { fit }: FitFirstOptions): readonly Settled[] {
  return fit.failedIsUnfit ? [] : candidate.trials.filter((trial) => trial.state === 'failed');
}

/** Whether every trial of a size is missing. */
export function isUnknown({ candidates }: SizeResult, options: FitFirstOptions): boolean {
  return candidates.every((one) => missingOf(one, options).length === one.trials.length);
}

/** Repeats of a candidate that have to reach the target; the missing ones have no say. */
export function neededOf(candidate: Candidate, options: FitFirstOptions): number {
  return repeatsToFit(options.fit, missingOf(candidate, options).length);
}

/** The best value of the fit metric over the epochs of each repeat that finished. */
function trainingValues(candidate: Candidate, options: FitFirstOptions): number[] {
  const { metric: name, goal } = options.fit;
  return candidate.trials.flatMap((trial) => {
    const value =
      trial.state === 'finished' ? metricIn(bestReport(trial, { name, goal })?.metrics, name) : undefined;
    return value === undefined ? [] : [value];
  });
}

function trainingOf(candidate: Candidate, options: FitFirstOptions): MeanOverRepeats | null {
  const values = trainingValues(candidate, options);
  return values.length === 0 ? null : meanOverRepeats(values);
}

/** The better mean training metric first; then the lower index. */
export function byTraining(a: Candidate, b: Candidate, options: FitFirstOptions): number {
  const [valueA, valueB] = [a, b].map((one) => trainingOf(one, options)?.mean ?? Number.NaN) as [
    number,
    number,
  ];
  if (isBetter(options.fit.goal, valueA, valueB)) return -1;
  if (isBetter(options.fit.goal, valueB, valueA)) return 1;
  return a.index - b.index;
}

/** The mean validation metric of a candidate over its repeats, by the epoch that counts. */
export function validationValues(candidate: Candidate, options: FitFirstOptions): number[] {
  return candidate.trials.map((trial) => trialScore(trial, options.comparison));
}

/** The better mean on validation first; then the one that took fewer epochs; then the lower index. */
export function byValidation(a: Candidate, b: Candidate, options: FitFirstOptions): number {
  const { goal } = options.comparison.metric;
  const [valueA, valueB] = [a, b].map((one) => mean(validationValues(one, options))) as [number, number];
  if (isBetter(goal, valueA, valueB)) return -1;
  if (isBetter(goal, valueB, valueA)) return 1;
  return epochsOf(a) - epochsOf(b) || a.index - b.index;
}

const epochsOf = (candidate: Candidate): number =>
  candidate.trials.reduce((sum, trial) => sum + (trial.reports.last()?.epoch ?? 0), 0);

/** Whether growing from one size to the next improved the training metric by more than its standard error. */
export function improves(before: SizeResult, after: SizeResult, options: FitFirstOptions): boolean {
  if (after.training === null) return false;
  if (before.training === null) return true;
  const sign = options.fit.goal === 'maximize' ? 1 : -1;
  return sign * (after.training.mean - before.training.mean) > (after.training.standardError ?? 0);
}
