import type { ParameterValue } from '../../../campaign/parameters.js';
import { magnitude, sizeAfter } from '../../../campaign/space/sizes.js';
import type { Procedure } from '../../method.js';
import { type FitFirstOptions, formatSize } from '../options.js';
import { bisect } from './bisect.js';
import { growSize } from './grow-size.js';
import type { Growth, GrowthEnd } from './growth.js';
import { limitBefore, type Spent, settingsAt, spend, withinCost } from './growth-limits.js';
import { improves, isUnknown, type SizeResult } from './judge-size.js';
import { withNextDraws } from './next-draws.js';
import { reportSize } from './report-size.js';

/** Where growth in width begins. */
export interface WidthStart {
  readonly size: ParameterValue | null;
  /** Smaller sizes, the largest first, to try if the first size fits. */
  readonly smaller: readonly ParameterValue[];
  readonly spent: Spent;
}

/** What growth in width found, and the options with the draws that the next size takes. */
export interface GrownWidth extends Growth {
  readonly options: FitFirstOptions;
}

/**
 * Grows the network with dropout off until it fits: sizes in rising order, each with every setting of the
 * other parameters, asked repeat by repeat; a setting that can no longer reach the quorum is dropped. Ends at
 * the first size that fits, or where two sizes in a row did not improve the training metric by more than
 * its standard error, or where the next size would exceed a limit. Sizes of which nothing is known, as all of their
 * trials failed, count neither way. In an open range, sizes below the first that fits are then tried by bisection.
 */
export function* growWidth(start: WidthStart, given: FitFirstOptions): Procedure<GrownWidth> {
  let options = given;
  const visited: SizeResult[] = [];
  let { size, spent } = start;
  let withoutGain = 0;
  let ended: GrowthEnd = { by: 'list', because: null };
  while (size !== null) {
    const settings = settingsAt(size, options);
    if (settings.length === 0) {
      // Constraints may refuse the smallest sizes as well as the largest.
      const because = visited.length === 0 ? null : nothingAllowed(size, options);
      if (because !== null) ended = { by: 'list', because };
      if (because !== null || magnitude(size) > LARGEST_SIZE) break;
      size = sizeAfter(size, options);
      continue;
    }
    const limit = limitBefore({ size, settings }, spent, options);
    if (limit !== null) {
      ended = limit;
      break;
    }
    const next: ParameterValue | null = sizeAfter(size, options);
    const words = formatSize(options, size);
    const why =
      spent.trials === 0
        ? `Dropout is off and the network grows until it fits; ${words} is the smallest.`
        : `Dropout stays off; ${words} is next.`;
    const allowed = withinCost(size, spent, options);
    const result: SizeResult = yield* growSize(
      size,
      { why, next: speculativeSize(next, spent, options) },
      allowed,
    );
    yield* reportSize(result, allowed);
    spent = spend(
      spent,
      result.candidates.flatMap(({ trials }) => trials),
      options,
    );
    const before = visited.findLast((one) => !isUnknown(one, options));
    visited.push(result);
    options = { ...withNextDraws(result, allowed), epochs: options.epochs };
    size = next;
    if (result.fits) {
      const smaller = before === undefined ? start.smaller : [];
      const below = yield* bisect({ unfit: before ?? null, fitted: result, smaller, spent }, options);
      const all = [...visited, ...below.visited].sort((a, b) => magnitude(a.size) - magnitude(b.size));
      return { ...below, visited: all, options };
    }
    // A size whose trials all failed says nothing of the sizes, least of all that growing does not help.
    if (isUnknown(result, options)) continue;
    withoutGain = before !== undefined && !improves(before, result, options) ? withoutGain + 1 : 0;
    if (withoutGain === 2) {
      ended = { by: 'plateau', because: plateau(visited, options) };
      break;
    }
  }
  if (visited.length === 0 && ended.because === null)
    ended = { by: 'list', because: 'The constraints (where) allow no setting of any size.' };
  return { visited, fitted: null, ended, spent, options };
}

/** No network is wider: where constraints refuse all sizes up to it, they refuse all. */
const LARGEST_SIZE = 1e9;

const nothingAllowed = (size: ParameterValue, options: FitFirstOptions): string =>
  `Growth ends before ${formatSize(options, size)}: the constraints (where) allow no setting of that size.`;

/** The size that idle workers may begin with: one that no limit forbids by what is known now. */
function speculativeSize(
  next: ParameterValue | null,
  spent: Spent,
  options: FitFirstOptions,
): ParameterValue | undefined {
  if (next === null) return undefined;
  const soon = { ...spent, trials: Math.max(1, spent.trials) };
  return limitBefore({ size: next, settings: settingsAt(next, options) }, soon, options) === null
    ? next
    : undefined;
}

function plateau(visited: readonly SizeResult[], options: FitFirstOptions): string {
  const lastTwo = visited.filter((one) => !isUnknown(one, options)).slice(-2);
  const words = lastTwo.map(({ size }) => formatSize(options, size)).join(' and ');
  if (lastTwo.every(({ training }) => training === null))
    return `Growth ended after ${words}, where no trial gave ${options.fit.metric}.`;
  return `Growth ended at a plateau: ${words} improved ${options.fit.metric} by no more than its standard error.`;
}
