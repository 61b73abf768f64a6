import type { Parameters } from '../../../campaign/parameters.js';
import { mean } from '../../../campaign/statistics.js';
import { formatNumber } from '../../../text/number.js';
import { found, type Procedure } from '../../method.js';
import { type FitFirstOptions, formatSizeOf } from '../options.js';
import { edgeOfRange } from './edge-of-range.js';
import { type Grown, growOn } from './grow-on.js';
import type { Growth } from './growth.js';
import { byValidation, type SizeResult, validationValues } from './judge-size.js';

/** The size beyond the fitted one that is best on validation; the start itself under the strict advice. */
export function* growFurther(
  growth: Growth,
  start: SizeResult,
  options: FitFirstOptions,
): Procedure<Parameters> {
  const carried = start.best.parameters;
  if (options.growOn === null) return carried;
  const { best, limit } =
    growth.fitted === null
      ? { best: bestOnValidation(growth, options), limit: null }
      : yield* growOn(start.size, carried, { ...options.growOn, before: growth.spent }, options);
  if (limit !== null) yield* found({ kind: 'growth-ended', by: limit.by, because: limit.because });
  const grown = best ?? { size: start.size, parameters: carried };
  const { name } = options.comparison.metric;
  const words = formatSizeOf(options, grown.parameters);
  const stays = (options.above ?? 0) > 0 ? 'is the grown size, too' : 'stays the only size';
  yield* found({
    kind: 'grown',
    parameters: grown.parameters,
    because:
      words === formatSizeOf(options, carried)
        ? `Growing on did not improve ${name}: ${words} ${stays}.`
        : `${words} has the best mean ${name} without dropout: ` +
          `${formatNumber(best?.validation ?? Number.NaN)}; dropout is tuned there too.`,
  });
  if (options.open === null && grown.size === options.sizes.at(-1) && grown.size !== start.size) {
    yield* found(
      edgeOfRange(
        grown.size,
        `${words} is the largest size of the range and the best on validation; a larger one may be better still.`,
      ),
    );
  }
  return grown.parameters;
}

function bestOnValidation(growth: Growth, options: FitFirstOptions): Grown {
  const ranked = growth.visited
    .flatMap((result) => result.candidates)
    .sort((a, b) => byValidation(a, b, options));
  const [best] = ranked;
  if (best === undefined) throw new RangeError('growth visited no size');
  const size = best.parameters[options.grow] ?? 0;
  return { size, parameters: best.parameters, validation: mean(validationValues(best, options)) };
}
