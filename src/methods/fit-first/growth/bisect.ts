import { magnitude, middleSize } from '../../../campaign/space/sizes.js';
import type { Procedure } from '../../method.js';
import { type FitFirstOptions, formatSize } from '../options.js';
import { growSize } from './grow-size.js';
import type { Growth } from './growth.js';
import { limitBefore, type Spent, settingsAt, spend, withinCost } from './growth-limits.js';
import type { SizeResult } from './judge-size.js';
import { reportSize } from './report-size.js';

/**
 * Looks for a smaller size that fits: tries the geometric middle between the largest size below that does not fit and
 * the smallest that does, until their ratio is at most the resolution. Sizes are taken to be monotone, so a size in the
 * middle that does not fit is not tried again. `visited` holds the sizes in the order in which they were tried.
 */
export function* bisect(
  below: SizeResult,
  fitted: SizeResult,
  before: Spent,
  options: FitFirstOptions,
): Procedure<Growth & { readonly fitted: SizeResult }> {
  const visited: SizeResult[] = [];
  const resolution = options.open?.resolution ?? Number.POSITIVE_INFINITY;
  let [unfit, fit, spent] = [below, fitted, before];
  const fitEnded = () => ({ by: 'fit', because: fitBetween(unfit, fit, options) }) as const;
  while (magnitude(fit.size) > resolution * magnitude(unfit.size)) {
    const size = middleSize(unfit.size, fit.size);
    if (size === null) break;
    const limit = limitBefore({ size, settings: settingsAt(size, options) }, spent, options);
    if (limit !== null) return { visited, fitted: fit, ended: limit, spent };
    const why =
      `${formatSize(options, fit.size)} fits and ${formatSize(options, unfit.size)} does not; ` +
      `${formatSize(options, size)} lies between.`;
    const allowed = withinCost(size, spent, options);
    const result = yield* growSize(size, { why, next: undefined }, allowed);
    yield* reportSize(result, allowed);
    spent = spend(
      spent,
      result.candidates.flatMap(({ trials }) => trials),
      options,
    );
    visited.push(result);
    if (result.fits) fit = result;
    else unfit = result;
  }
  return { visited, fitted: fit, ended: fitEnded(), spent };
}

function fitBetween(unfit: SizeResult, fit: SizeResult, options: FitFirstOptions): string {
  return (
    `Growth ended with a fit: ${formatSize(options, fit.size)} reached the target, and ` +
    `${formatSize(options, unfit.size)} did not.`
  );
}
