import { mean } from '../../../campaign/statistics.js';
import { formatList } from '../../../text/list.js';
import { formatCount, formatNumber } from '../../../text/number.js';
import { found, type Procedure } from '../../method.js';
import { type FitFirstOptions, formatSize } from '../options.js';
import { fitsOf, isUnknown, missingOf, type SizeResult } from './judge-size.js';

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
