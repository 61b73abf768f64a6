import { canonicalJson } from '../../../campaign/canonical-json.js';
import type { ParameterValue } from '../../../campaign/parameters.js';
import { magnitude } from '../../../campaign/space/sizes.js';
import { found, type Procedure } from '../../method.js';
import { type FitFirstOptions, formatSize, formatSizeOf } from '../options.js';
import { type GrownWidth, growWidth, type WidthStart } from './grow-width.js';
import type { Growth, GrowthEnd } from './growth.js';
import { NOTHING_SPENT } from './growth-limits.js';
import { improves, type SizeResult } from './judge-size.js';
import { bestTraining, smallestNearBest } from './nothing-fits.js';

/**
 * Grows the network with dropout off until it fits: first in width, then, where larger sizes stop to help, by one value
 * of the depth parameter at a time. Each depth begins with the smallest size that was within one standard error of the
 * best at the depth before. If that one fits at once, smaller sizes are tried until one does not fit. Growth ends at a
 * plateau, too, if the best size of a depth is no better than that of the depth before by more than its standard error.
 */
export function* growUntilFit(given: FitFirstOptions): Procedure<Growth> {
  let options = given;
  let start: WidthStart = { size: options.sizes[0] ?? null, smaller: [], spent: NOTHING_SPENT };
  const visited: SizeResult[] = [];
  let before: SizeResult | null = null;
  for (;;) {
    const grown: GrownWidth = yield* growWidth(start, options);
    visited.push(...grown.visited);
    const { fitted, ended, spent } = grown;
    const best = bestTraining(grown, options);
    const isUnfit = fitted === null && isWidthDone(ended);
    if (isUnfit && before !== null && best !== null && !improves(before, best, options)) {
      return { visited, fitted, ended: { by: 'plateau', because: plateau(before, best, options) }, spent };
    }
    const layers = isUnfit ? nextDepth(options) : null;
    const from = smallestNearBest(grown, options);
    if (layers === null || from === null) return { visited, fitted, ended, spent };
    const deeper = { ...grown.options, layers };
    yield* found({
      kind: 'deeper',
      parameter: options.depth?.parameter ?? '',
      value: layers,
      from: from.size,
      because: whyDeeper(grown, from.size, options, deeper),
    });
    start = { size: from.size, smaller: smallerThan(from.size, visited), spent };
    [before, options] = [best, deeper];
  }
}

/** Whether growth in width ended with all that width can do. Other limits hold for larger depths, too. */
function isWidthDone({ by }: GrowthEnd): boolean {
  return by === 'plateau' || by === 'list' || by === 'size';
}

/** The next value of the depth parameter; null where none is left. */
function nextDepth({ depth = null, layers = depth?.values[0] }: FitFirstOptions): number | null {
  return depth?.values.find((value) => value > (layers ?? value)) ?? null;
}

/** The sizes below one that were tried at any depth, the largest first. */
function smallerThan(size: ParameterValue, visited: readonly SizeResult[]): ParameterValue[] {
  const sizes = new Map(visited.map((result) => [canonicalJson(result.size), result.size]));
  return [...sizes.values()]
    .filter((other) => magnitude(other) < magnitude(size))
    .sort((a, b) => magnitude(b) - magnitude(a));
}

function whyDeeper(
  { ended, visited }: GrownWidth,
  from: ParameterValue,
  options: FitFirstOptions,
  deeper: FitFirstOptions,
): string {
  const last = visited.at(-1);
  const words = last === undefined ? '' : formatSizeOf(options, last.best.parameters);
  const why =
    ended.by === 'plateau'
      ? `Larger sizes improved ${options.fit.metric} by no more than its standard error up to ${words}`
      : `No larger size than ${words} is allowed, and it does not fit`;
  return `${why}; growth goes on with ${formatSize(deeper, from)}.`;
}

function plateau(before: SizeResult, best: SizeResult, options: FitFirstOptions): string {
  const [shallow, deep] = [before, best].map((one) => formatSizeOf(options, one.best.parameters));
  return (
    `Growth ended at a plateau: ${deep} improved ${options.fit.metric} over ${shallow} by no more than its ` +
    'standard error.'
  );
}
