import { formatSetting, formatValue } from '../../campaign/format-setting.js';
import type { Parameters, ParameterValue } from '../../campaign/parameters.js';
import { mean } from '../../campaign/statistics.js';
import type { Settled } from '../../campaign/trial.js';
import { formatNumber } from '../../text/number.js';
import { type Conclusion, found, type Method, method, type Procedure } from '../method.js';
import { endingWithoutChoice } from '../nothing-chosen.js';
import { choose } from './choose.js';
import { byValidation, type Growth, growUntilFit, type SizeResult, validationValues } from './grow.js';
import { type Grown, growOn } from './grow-on.js';
import { nothingFits, smallestNearBest } from './nothing-fits.js';
import { type FitFirstOptions, formatSize } from './options.js';
import { tuneDropout } from './tune-dropout.js';

/**
 * Fit first, then drop out (Hinton's advice): grow the hidden size with dropout off until the network fits
 * the training data, then tune dropout at that size, confirm the choice on fresh repeats, and train the
 * network that is handed over.
 */
export function fitFirst(options: FitFirstOptions): Method {
  return method('fit_first', () => procedure(options));
}

function* procedure(options: FitFirstOptions): Procedure<Conclusion> {
  const growth = yield* growUntilFit(options);
  const start = growth.fitted ?? smallestNearBest(growth, options);
  yield* reportFit(growth, options);
  if (growth.fitted === null && options.ifNothingFits === 'stop') {
    const because = 'Nothing fits, and the config says to stop then.';
    const ending = start === null ? endingWithoutChoice(statesIn(growth)) : 'nothing-fits';
    return { kind: 'conclusion', ending, chosen: null, because };
  }
  if (start === null) {
    const because = 'No trial without dropout finished, at any size.';
    return { kind: 'conclusion', ending: endingWithoutChoice(statesIn(growth)), chosen: null, because };
  }
  const grown = yield* growFurther(growth, start, options);
  const ranking = yield* tuneDropout(start, grown, growth.fitted !== null, options);
  const ended = yield* choose(ranking, start.size, options);
  if (ended.setting === null) return { kind: 'conclusion', ...ended.conclusion };
  const because = conclusion(growth, grown, ended.setting, options);
  return { kind: 'conclusion', ...ended.conclusion, because };
}

function statesIn(growth: Growth): Settled['state'][] {
  const candidates = growth.visited.flatMap((result) => result.candidates);
  return candidates.flatMap(({ trials }) => trials.map(({ state }) => state));
}

function* reportFit(growth: Growth, options: FitFirstOptions): Procedure<void> {
  if (growth.fitted !== null) {
    const { size, best } = growth.fitted;
    const last = size === options.sizes.at(-1) && options.sizes.length > 1;
    const because = `${formatSize(options, size)} is the smallest size that fits.`;
    yield* found({ kind: 'fitted', parameters: best.parameters, because });
    if (last)
      yield* found(
        edgeOfRange(
          size,
          `${formatSize(options, size)} is the largest size of the range; nothing larger was tried.`,
        ),
      );
    return;
  }
  const because = nothingFits(growth, options);
  yield* found({ kind: 'fitted', parameters: null, because });
  yield* found({ kind: 'warning', code: 'nothing-fits', numbers: { sizes: growth.visited.length }, because });
}

const edgeOfRange = (size: ParameterValue, because: string) =>
  ({ kind: 'warning', code: 'at-edge-of-range', numbers: { size: formatValue(size) }, because }) as const;

/** The size beyond the fitted one that is best on validation; the start itself under the strict advice. */
function* growFurther(growth: Growth, start: SizeResult, options: FitFirstOptions): Procedure<Parameters> {
  const carried = start.best.parameters;
  if (options.growOn === null) return carried;
  const grown =
    growth.fitted === null
      ? bestOnValidation(growth, options)
      : yield* growOn(start.size, carried, options.growOn.patience, options);
  const { name } = options.comparison.metric;
  const words = formatSize(options, grown.size);
  yield* found({
    kind: 'grown',
    parameters: grown.parameters,
    because:
      grown.size === start.size
        ? `Growing on did not improve ${name}: ${words} stays the only size.`
        : `${words} has the best mean ${name} without dropout: ${formatNumber(grown.validation)}; dropout is tuned there too.`,
  });
  if (grown.size === options.sizes.at(-1) && grown.size !== start.size) {
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

function conclusion(growth: Growth, grown: Parameters, chosen: Parameters, options: FitFirstOptions): string {
  const fit = growth.fitted;
  const size = chosen[options.grow] ?? 0;
  const fitted =
    fit === null ? 'Nothing fits' : `${formatSize(options, fit.size)} is the smallest size that fits`;
  const further =
    fit !== null &&
    formatValue(size) !== formatValue(fit.size) &&
    formatValue(size) === formatValue(grown[options.grow] ?? 0)
      ? `, ${formatSize(options, size)} is better on validation`
      : '';
  return `${fitted}${further}, and ${formatSetting(chosen, Object.keys(options.off))} is the best there.`;
}
