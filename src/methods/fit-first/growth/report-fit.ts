import type { Parameters } from '../../../campaign/parameters.js';
import { found, type Procedure } from '../../method.js';
import { type FitFirstOptions, formatSizeOf } from '../options.js';
import { edgeOfRange } from './edge-of-range.js';
import type { Growth } from './growth.js';
import type { SizeResult } from './judge-size.js';
import { bestTrainingWords, nothingFits } from './nothing-fits.js';

/** Says why growth ended, and which size fits, or why none does. `start` is the size to go on with. */
export function* reportFit(
  growth: Growth,
  start: SizeResult | null,
  options: FitFirstOptions,
): Procedure<void> {
  yield* reportEnd(growth, options);
  if (growth.fitted !== null) {
    const { size, best } = growth.fitted;
    const words = formatSizeOf(options, best.parameters);
    const isLast =
      options.open === null &&
      size === options.sizes.at(-1) &&
      options.sizes.length > 1 &&
      isDeepest(best.parameters, options);
    const because = `${words} is the smallest size that fits.`;
    yield* found({ kind: 'fitted', parameters: best.parameters, because });
    if (isLast)
      yield* found(edgeOfRange(size, `${words} is the largest size of the range; nothing larger was tried.`));
    return;
  }
  if (start !== null && endsAtAcceptedPlateau(growth, options)) {
    const because =
      `${formatSizeOf(options, start.best.parameters)} counts as fitted: it is the smallest size within one ` +
      `standard error of the best.${bestTrainingWords(growth, options)}`;
    yield* found({ kind: 'fitted', parameters: start.best.parameters, because });
    return;
  }
  const because = nothingFits(growth, options);
  yield* found({ kind: 'fitted', parameters: null, because });
  yield* found({ kind: 'warning', code: 'nothing-fits', numbers: { sizes: growth.visited.length }, because });
}

/** Whether growth ended at a plateau, and the config takes that for a fit: `fit: {reach: plateau}`. */
export function endsAtAcceptedPlateau(growth: Growth, options: FitFirstOptions): boolean {
  return growth.fitted === null && growth.ended.by === 'plateau' && options.fit.acceptsPlateau === true;
}

/** A list without limits ends by a fit or with its last size, which the other sentences say, or at the memory limit. */
function* reportEnd({ ended, fitted }: Growth, options: FitFirstOptions): Procedure<void> {
  const isListed = options.open === null && options.until === null && !options.depth;
  if (isListed && options.fit.acceptsPlateau !== true && ended.by !== 'memory') return;
  const because =
    ended.because ??
    (fitted === null
      ? 'Growth ended with the last size of the list, before a fit or a plateau.'
      : `Growth ended with a fit at its first size, ${formatSizeOf(options, fitted.best.parameters)}.`);
  yield* found({ kind: 'growth-ended', by: ended.by, because });
}

/** Whether no larger value of the depth parameter is left; true where depth does not grow. */
function isDeepest(parameters: Parameters, { depth = null }: FitFirstOptions): boolean {
  return depth === null || parameters[depth.parameter] === depth.values.at(-1);
}
