import type { ParameterValue } from '../../../campaign/parameters.js';
import { magnitude, middleSize } from '../../../campaign/space/sizes.js';
import type { Procedure } from '../../method.js';
import { type FitFirstOptions, formatSize } from '../options.js';
import { growSize } from './grow-size.js';
import type { Growth } from './growth.js';
import { limitBefore, type Spent, settingsAt, spend, withinCost } from './growth-limits.js';
import type { SizeResult } from './judge-size.js';
import { reportSize } from './report-size.js';

/** What is known of the sizes when one fits. */
export interface FirstFit {
  /** The largest size below that does not fit; null where none is known. */
  readonly unfit: SizeResult | null;
  readonly fitted: SizeResult;
  /** Sizes to try, the largest first, until one does not fit; only where none is known that does not. */
  readonly smaller: readonly ParameterValue[];
  readonly spent: Spent;
}

/**
 * Looks for a smaller size that fits: tries the geometric middle between the largest size below that does not fit and
 * the smallest that does, until their ratio is at most the resolution. Sizes are taken to be monotone, so a size in the
 * middle that does not fit is not tried again. `visited` holds the sizes in the order in which they were tried.
 */
export function* bisect(
  first: FirstFit,
  options: FitFirstOptions,
): Procedure<Growth & { readonly fitted: SizeResult }> {
  const visited: SizeResult[] = [];
  const smaller = [...first.smaller];
  let { unfit, fitted: fit, spent } = first;
  for (;;) {
    const size: ParameterValue | null =
      unfit === null ? (smaller.shift() ?? null) : sizeBetween(unfit.size, fit.size, options);
    if (size === null) break;
    const limit = limitBefore({ size, settings: settingsAt(size, options) }, spent, options);
    if (limit !== null) return { visited, fitted: fit, ended: limit, spent };
    const why =
      unfit === null
        ? `${formatSize(options, fit.size)} fits; ${formatSize(options, size)} may fit, too.`
        : `${formatSize(options, fit.size)} fits and ${formatSize(options, unfit.size)} does not; ` +
          `${formatSize(options, size)} lies between.`;
    const allowed = withinCost(size, spent, options);
    const result: SizeResult = yield* growSize(size, { why, next: undefined }, allowed);
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
  const because = unfit === null && visited.length === 0 ? null : endedBetween(unfit, fit, options);
  return { visited, fitted: fit, ended: { by: 'fit', because }, spent };
}

function sizeBetween(
  unfit: ParameterValue,
  fit: ParameterValue,
  { open }: FitFirstOptions,
): ParameterValue | null {
  const resolution = open?.resolution ?? Number.POSITIVE_INFINITY;
  return magnitude(fit) > resolution * magnitude(unfit) ? middleSize(unfit, fit) : null;
}

function endedBetween(unfit: SizeResult | null, fit: SizeResult, options: FitFirstOptions): string {
  const reached = `Growth ended with a fit: ${formatSize(options, fit.size)} reached the target`;
  return unfit === null
    ? `${reached}; it is the smallest size.`
    : `${reached}, and ${formatSize(options, unfit.size)} did not.`;
}
