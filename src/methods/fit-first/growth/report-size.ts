import { mean } from '../../../campaign/statistics.js';
import { formatList } from '../../../text/list.js';
import { formatCount, formatNumber } from '../../../text/number.js';
import { found, type Procedure } from '../../method.js';
import { depthPart, type FitFirstOptions, formatSize } from '../options.js';
import { fitsOf, isUnknown, missingOf, type SizeResult } from './judge-size.js';
import { uselessDraws } from './next-draws.js';

/** Says whether a size fits, and on how many repeats. */
export function* reportSize(result: SizeResult, options: FitFirstOptions): Procedure<void> {
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
  const replaced = replacedWords(result, options);
  const epochs = Math.max(
    ...result.candidates.flatMap(({ trials }) => trials.map(({ spec }) => spec.epochs)),
  );
  const after = epochs > options.epochs.grow ? ` after up to ${epochs} epochs` : '';
  const average = Math.round(epochsToFit ?? 0);
  const because = isUnknown(result, options)
    ? `Whether ${words} fits is not known: no repeat gave ${fit.metric}.${without}`
    : result.fits
      ? `${words} fits: ${repeatsFit} of ${formatCount(ran, 'repeat')} reached the target, after ` +
        `${formatNumber(average)} ${average === 1 ? 'epoch' : 'epochs'} on average.${without}`
      : `${words} does not fit: ${repeatsFit} of ${formatCount(ran, 'repeat')} reached the ` +
        `target${after}; ${reached}.${without}${replaced}`;
  yield* found({
    kind: 'size',
    parameter: options.grow,
    size: result.size,
    ...(options.depth && { depth: Number(depthPart(options)[options.depth.parameter]) }),
    fits: result.fits,
    repeatsFit,
    metric: fit.metric,
    training,
    epochsToFit,
    ...(epochs > options.epochs.grow && { epochs }),
    because,
  });
}

function replacedWords(result: SizeResult, options: FitFirstOptions): string {
  const count = uselessDraws(result, options).length;
  if (count === 0) return '';
  return (
    ` ${formatCount(count, 'draw')} that diverged or learned too slowly ` +
    `${count === 1 ? 'is' : 'are'} replaced at the next size.`
  );
}
