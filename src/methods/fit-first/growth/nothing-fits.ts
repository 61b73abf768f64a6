import { isBetter } from '../../../campaign/metric.js';
import { formatNumber } from '../../../text/number.js';
import { type FitFirstOptions, formatSizeOf } from '../options.js';
import type { Growth } from './growth.js';
import type { SizeResult } from './judge-size.js';
import { isLossStillFalling } from './still-falling.js';

/** The size with the best training metric; of several equal ones the smallest. */
export function bestTraining(growth: Pick<Growth, 'visited'>, options: FitFirstOptions): SizeResult | null {
  let best: SizeResult | null = null;
  for (const result of growth.visited) {
    if (result.training === null) continue;
    const value = best?.training?.mean ?? Number.NaN;
    if (best === null || isBetter(options.fit.goal, result.training.mean, value)) best = result;
  }
  return best;
}

/** Where nothing fits: the smallest size within one standard error of the best training metric. */
export function smallestNearBest(
  growth: Pick<Growth, 'visited'>,
  options: FitFirstOptions,
): SizeResult | null {
  const best = bestTraining(growth, options);
  if (best?.training == null) return null;
  const { mean, standardError } = best.training;
  const within = (result: SizeResult): boolean =>
    result.training !== null && Math.abs(result.training.mean - mean) <= (standardError ?? 0);
  return growth.visited.find(within) ?? best;
}

/** The likely reason why nothing fits, and what to try, from the curves of the best size. */
function likelyReason(growth: Growth, options: FitFirstOptions): string {
  const best = bestTraining(growth, options);
  if (best === null) return whyNoMetric(growth, options);
  const trials = best.candidates.flatMap((candidate) => candidate.trials);
  const diverged = trials.filter((trial) => trial.state === 'diverged').length;
  if (diverged * 2 >= trials.length) return 'Most trials diverged: try a smaller learning rate.';
  const words = formatSizeOf(options, best.best.parameters);
  if (best.best.trials.some(isLossStillFalling)) {
    return `At ${words} the training loss is still falling at the last epoch: try more epochs.`;
  }
  return `At ${words} the training loss is flat at the end: try more units, another learning rate or more layers.`;
}

function whyNoMetric(growth: Growth, options: FitFirstOptions): string {
  const trials = growth.visited
    .flatMap((result) => result.candidates)
    .flatMap((candidate) => candidate.trials);
  const failed = trials.find((trial) => trial.state === 'failed');
  if (failed?.state === 'failed') {
    const [words] = failed.message.split('\n', 1);
    return `No trial gave ${options.fit.metric}; one of them failed with: ${words}`;
  }
  return `No trial gave ${options.fit.metric}: all of them diverged, so try a smaller learning rate.`;
}

/** How near the best size came; empty if no trial gave the metric. */
export function bestTrainingWords(growth: Growth, options: FitFirstOptions): string {
  const best = bestTraining(growth, options);
  if (best?.training == null) return '';
  const words = formatSizeOf(options, best.best.parameters);
  return ` The best was ${options.fit.metric} ${formatNumber(best.training.mean)} at ${words}.`;
}

/** The sentence for the summary: how near the best size came, and why it may not have fitted. */
export function nothingFits(growth: Growth, options: FitFirstOptions): string {
  const none = options.open === null ? 'No size in the range fits.' : 'No size fits.';
  const { ended } = growth;
  // A limit is the reason itself, which is said apart.
  const isLimited = ended.by !== 'plateau' && ended.because !== null;
  const reason = isLimited ? '' : ` ${likelyReason(growth, options)}`;
  return `${none}${bestTrainingWords(growth, options)}${reason}`;
}
