import { advantage } from '../../campaign/metric.js';
import { hasNoSpread, pairedDifference } from '../../campaign/statistics.js';
import type { Settled, TrialSpec } from '../../campaign/trial.js';
import { lastValue } from '../../campaign/trial-score.js';
import { formatCount, formatNumber } from '../../text/number.js';
import { found, type Procedure } from '../method.js';
import { medianEpoch, type RaceEntry } from '../race.js';
import type { FitFirstOptions } from './options.js';

/**
 * Runs the chosen setting and its baseline on fresh repeats, for the median best epoch of the search, and
 * reports the gain from these alone: the winner of many settings looks better in the search than it is.
 */
export function* confirm(chosen: RaceEntry, baseline: RaceEntry, options: FitFirstOptions): Procedure<void> {
  const { metric, repeats } = options.comparison;
  const used = Math.max(repeats.most, options.fit.repeats);
  const budget = options.epochs.dropout;
  const settled = yield {
    kind: 'batch',
    stage: 'confirm',
    because:
      'The winner of many settings looks better than it is: chosen and baseline run on ' +
      `${formatCount(options.confirm, 'fresh repeat')}, ` +
      `for ${medianEpoch(chosen, budget)} and ${medianEpoch(baseline, budget)} epochs.`,
    trials: [chosen, baseline].flatMap((runner) => freshTrials(runner, used, options)),
  };
  const of = (trials: readonly Settled[]): number[] => trials.map((trial) => lastValue(trial, metric.name));
  const [withDropout, without] = [of(settled.slice(0, options.confirm)), of(settled.slice(options.confirm))];
  yield* reportGain(withDropout, without, options);
}

/**
 * Says what dropout gained, from the values of the setting with it and of its baseline on the same repeats. Returns the
 * mean gain; null if not every repeat finished.
 */
export function* reportGain(
  mine: readonly number[],
  theirs: readonly number[],
  options: FitFirstOptions,
): Procedure<number | null> {
  const { metric, overlap } = options.comparison;
  const differences = mine.map((value, i) => advantage(metric.goal, value, theirs[i] ?? Number.NaN));
  if (!differences.every(Number.isFinite)) {
    yield* found({
      kind: 'warning',
      code: 'no-interval',
      numbers: { repeats: differences.filter(Number.isFinite).length },
      because: 'Not every fresh repeat finished, so no gain can be given.',
    });
    return null;
  }
  const isConstant = hasNoSpread(mine) && hasNoSpread(theirs);
  // Repeats that all come out the same are one repeat, from which no interval follows.
  const measured = pairedDifference(differences, overlap);
  const gain = isConstant ? { ...measured, low: null, high: null, detectable: null } : measured;
  const interval =
    gain.low === null || gain.high === null
      ? ''
      : ` (95 % interval of the gain ${formatNumber(gain.low)} to ${formatNumber(gain.high)})`;
  const direction = gain.mean < 0 ? 'worse' : 'better';
  const size = formatNumber(Math.abs(gain.mean));
  yield* found({
    kind: 'gain',
    ...gain,
    because:
      `Against the best setting without dropout, mean ${metric.name} is ${direction} by ` +
      `${size}${interval} on ${formatCount(gain.repeats, 'fresh repeat')}.`,
  });
  if (isConstant) {
    yield* found({
      kind: 'warning',
      code: 'no-interval',
      numbers: { repeats: gain.repeats },
      because:
        'The fresh repeats of a setting have the same score to the last digit, so no interval can be given.',
    });
  }
  if (gain.low === null || gain.low > 0) return gain.mean;
  const because =
    gain.mean <= 0
      ? 'Dropout does not help here: on fresh repeats the best setting without dropout is no worse.'
      : 'It is not sure that dropout helps: the interval holds 0, and a gain below ' +
        `${formatNumber(gain.detectable ?? 0)} could not have been seen.`;
  yield* found({
    kind: 'warning',
    code: 'dropout-does-not-help',
    numbers: { mean: gain.mean, low: gain.low, detectable: gain.detectable ?? 0 },
    because,
  });
  return gain.mean;
}

function freshTrials(runner: RaceEntry, used: number, options: FitFirstOptions): TrialSpec[] {
  return Array.from({ length: options.confirm }, (_, i) => ({
    parameters: runner.parameters,
    repeat: used + 1 + i,
    epochs: medianEpoch(runner, options.epochs.dropout),
    until: null,
    finish: null,
  }));
}
