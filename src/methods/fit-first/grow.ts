import type { MeanOverRepeats } from '../../campaign/finding.js';
import { isBetter } from '../../campaign/metric.js';
import type { Parameters, ParameterValue } from '../../campaign/parameters.js';
import { mean, meanOverRepeats } from '../../campaign/statistics.js';
import type { Settled, TrialSpec } from '../../campaign/trial.js';
import { bestReport, trialScore } from '../../campaign/trial-score.js';
import { formatList } from '../../text/list.js';
import { formatCount, formatNumber } from '../../text/number.js';
import { found, type Procedure } from '../method.js';
import { type FitFirstOptions, formatSize, repeatsToFit, setting } from './options.js';

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

/** What the stage found. */
export interface Growth {
  /** All sizes that were tried, the smallest first; the last one fits where any does. */
  readonly visited: readonly SizeResult[];
  /** The smallest size that fits, or null. */
  readonly fitted: SizeResult | null;
}

/**
 * Grows the network with dropout off until it fits: sizes in rising order, each with every setting of the
 * other parameters, asked repeat by repeat; a setting that can no longer reach the quorum is dropped. Ends at
 * the first size that fits, or where two sizes in a row did not improve the training metric by more than
 * its standard error. Sizes of which nothing is known, as all of their trials failed, count neither way.
 */
export function* growUntilFit(options: FitFirstOptions): Procedure<Growth> {
  const visited: SizeResult[] = [];
  let withoutGain = 0;
  for (const [position, size] of options.sizes.entries()) {
    const result = yield* tryToFit(size, options.sizes[position + 1], options);
    yield* reportSize(result, options);
    const before = visited.findLast((one) => !isUnknown(one, options));
    visited.push(result);
    if (result.fits) return { visited, fitted: result };
    // A size whose trials all failed says nothing of the sizes, least of all that growing does not help.
    if (isUnknown(result, options)) continue;
    withoutGain = before !== undefined && !improves(before, result, options) ? withoutGain + 1 : 0;
    if (withoutGain === 2) break;
  }
  return { visited, fitted: null };
}

function* tryToFit(
  size: ParameterValue,
  next: ParameterValue | undefined,
  options: FitFirstOptions,
): Procedure<SizeResult> {
  const { fit } = options;
  let candidates: Candidate[] = options.others.map((other, index) => ({
    parameters: setting(options, other, options.off, { [options.grow]: size }),
    index,
    trials: [],
  }));
  for (let repeat = 1; repeat <= fit.repeats; repeat++) {
    const racing = candidates.filter(
      (one) => fitsOf(one) + fit.repeats - one.trials.length >= neededOf(one, options),
    );
    if (racing.length === 0) break;
    const later = laterRepeats(repeat, fit.repeats).flatMap((r) =>
      racing.map((one) => growSpec(one.parameters, r, options)),
    );
    const larger =
      next === undefined
        ? []
        : options.others.map((other) =>
            growSpec(setting(options, other, options.off, { [options.grow]: next }), 1, options),
          );
    const settled = yield {
      kind: 'batch',
      stage: 'grow',
      because: whyThisRepeat(size, repeat, candidates, racing, options),
      trials: racing.map((one) => growSpec(one.parameters, repeat, options)),
      speculative: [...later, ...larger],
    };
    candidates = candidates.map((one) => {
      const trial = settled[racing.indexOf(one)];
      return trial === undefined ? one : { ...one, trials: [...one.trials, trial] };
    });
  }
  return judge(size, candidates, options);
}

const laterRepeats = (repeat: number, repeats: number): number[] =>
  Array.from({ length: repeats - repeat }, (_, i) => repeat + 1 + i);

function growSpec(parameters: Parameters, repeat: number, options: FitFirstOptions): TrialSpec {
  const { metric, goal, bound } = options.fit;
  return {
    parameters,
    repeat,
    epochs: options.epochs.grow,
    until: { metric, goal, bound: bound(repeat) },
    finish: null,
  };
}

/** How many repeats of a candidate reached the target. */
function fitsOf(candidate: Candidate): number {
  return candidate.trials.filter((trial) => trial.state === 'finished' && trial.reason === 'fit').length;
}

/** The repeats of a candidate that say nothing, because their trials failed. */
function missingOf(candidate: Candidate, { fit }: FitFirstOptions): readonly Settled[] {
  return fit.failedIsUnfit ? [] : candidate.trials.filter((trial) => trial.state === 'failed');
}

/** Whether every trial of a size is missing. */
function isUnknown({ candidates }: SizeResult, options: FitFirstOptions): boolean {
  return candidates.every((one) => missingOf(one, options).length === one.trials.length);
}

/** Repeats of a candidate that have to reach the target; the missing ones have no say. */
function neededOf(candidate: Candidate, options: FitFirstOptions): number {
  return repeatsToFit(options.fit, missingOf(candidate, options).length);
}

function whyThisRepeat(
  size: ParameterValue,
  repeat: number,
  candidates: readonly Candidate[],
  racing: readonly Candidate[],
  options: FitFirstOptions,
): string {
  const words = formatSize(options, size);
  if (repeat === 1) {
    const first = size === options.sizes[0];
    return first
      ? `Dropout is off and the network grows until it fits; ${words} is the smallest.`
      : `Dropout stays off; ${words} is next.`;
  }
  const out = candidates.length - racing.length;
  const sofar = Math.max(...racing.map(fitsOf));
  const left = out === 0 ? '' : ` ${formatCount(out, 'setting')} can no longer reach it.`;
  return `Repeat ${repeat} at ${words}: so far ${sofar} of ${formatCount(repeat - 1, 'repeat')} reached the target.${left}`;
}

function judge(size: ParameterValue, candidates: readonly Candidate[], options: FitFirstOptions): SizeResult {
  const fitting = candidates.filter((one) => fitsOf(one) >= neededOf(one, options));
  const fits = fitting.length > 0;
  const order = fits
    ? [...fitting].sort((a, b) => byValidation(a, b, options))
    : [...candidates].sort((a, b) => byTraining(a, b, options));
  const best = order[0];
  if (best === undefined) throw new RangeError('a size needs at least one setting');
  return { size, candidates, best, fits, training: trainingOf(best, options) };
}

/** The best value of the fit metric over the epochs of each repeat that finished. */
function trainingValues(candidate: Candidate, options: FitFirstOptions): number[] {
  const { metric: name, goal } = options.fit;
  return candidate.trials.flatMap((trial) => {
    const value = trial.state === 'finished' ? bestReport(trial, { name, goal })?.metrics[name] : undefined;
    return value === undefined ? [] : [value];
  });
}

function trainingOf(candidate: Candidate, options: FitFirstOptions): MeanOverRepeats | null {
  const values = trainingValues(candidate, options);
  return values.length === 0 ? null : meanOverRepeats(values);
}

function byTraining(a: Candidate, b: Candidate, options: FitFirstOptions): number {
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

function improves(before: SizeResult, after: SizeResult, options: FitFirstOptions): boolean {
  if (after.training === null) return false;
  if (before.training === null) return true;
  const sign = options.fit.goal === 'maximize' ? 1 : -1;
  return sign * (after.training.mean - before.training.mean) > (after.training.standardError ?? 0);
}

function* reportSize(result: SizeResult, options: FitFirstOptions): Procedure<void> {
  const { fit } = options;
  const { best, training } = result;
  const repeatsFit = fitsOf(best);
  const fitted = best.trials.filter((trial) => trial.state === 'finished' && trial.reason === 'fit');
  const epochsToFit =
    fitted.length === 0 ? null : mean(fitted.map((trial) => trial.reports.last()?.epoch ?? 0));
  const reached =
    training === null ? `no repeat gave ${fit.metric}` : `mean ${fit.metric} ${formatNumber(training.mean)}`;
  const words = formatSize(options, result.size);
  const ran = best.trials.length;
  const missing = missingOf(best, options).map((trial) => trial.spec.repeat);
  const without =
    missing.length === 0
      ? ''
      : ` Missing, because its trial failed: repeat ${formatList(missing.map(String))}.`;
  const because = isUnknown(result, options)
    ? `Whether ${words} fits is not known: no repeat gave ${fit.metric}.${without}`
    : result.fits
      ? `${words} fits: ${repeatsFit} of ${formatCount(ran, 'repeat')} reached the target, after ${formatNumber(Math.round(epochsToFit ?? 0))} epochs on average.${without}`
      : `${words} does not fit: ${repeatsFit} of ${formatCount(ran, 'repeat')} reached the target; ${reached}.${without}`;
  yield* found({
    kind: 'size',
    parameter: options.grow,
    size: result.size,
    fits: result.fits,
    repeatsFit,
    metric: fit.metric,
    training,
    epochsToFit,
    because,
  });
}
