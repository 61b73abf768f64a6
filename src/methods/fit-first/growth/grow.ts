import type { Procedure } from '../../method.js';
import type { FitFirstOptions } from '../options.js';
import { growSize } from './grow-size.js';
import { improves, isUnknown, type SizeResult } from './judge-size.js';
import { withNextDraws } from './next-draws.js';
import { reportSize } from './report-size.js';

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
export function* growUntilFit(given: FitFirstOptions): Procedure<Growth> {
  let options = given;
  const visited: SizeResult[] = [];
  let withoutGain = 0;
  for (const [position, size] of options.sizes.entries()) {
    const result = yield* growSize(size, options.sizes[position + 1], options);
    yield* reportSize(result, options);
    const before = visited.findLast((one) => !isUnknown(one, options));
    visited.push(result);
    options = withNextDraws(result, options);
    if (result.fits) return { visited, fitted: result };
    // A size whose trials all failed says nothing of the sizes, least of all that growing does not help.
    if (isUnknown(result, options)) continue;
    withoutGain = before !== undefined && !improves(before, result, options) ? withoutGain + 1 : 0;
    if (withoutGain === 2) break;
  }
  return { visited, fitted: null };
}
