import type { Parameters, ParameterValue } from '../../../campaign/parameters.js';
import { magnitude, mapWidths, sizeAfter } from '../../../campaign/space/sizes.js';
import { distinct } from '../../comparison.js';
import { type FitFirstOptions, setting } from '../options.js';

/**
 * The settings of the dropout race: every dropout setting, crossed with what is tuned again, at each of the bases, and
 * where the config asks for it at the sizes between them, at the next sizes above the last, and at sizes widened with
 * the rate.
 */
export function dropoutSettings(bases: readonly Parameters[], options: FitFirstOptions): Parameters[] {
  const all = [...bases, ...basesBetween(bases, options), ...basesAbove(bases, options)];
  const settings = distinct(
    all.flatMap((base) =>
      options.dropout.flatMap((dropout) =>
        [{}, ...options.retune].flatMap((retuned) => {
          const plain = setting(options, base, retuned, dropout);
          return [plain, ...widened(plain, options)];
        }),
      ),
    ),
  );
  return options.allows === undefined ? settings : settings.filter(options.allows);
}

/** The sizes of the range between the first base and the last, with the other parameters of the last. */
function basesBetween(bases: readonly Parameters[], options: FitFirstOptions): Parameters[] {
  const [first, last] = [bases[0], bases.at(-1)];
  if (options.between !== true || first === undefined || last === undefined) return [];
  const end = magnitude(last[options.grow] ?? 0);
  const between: Parameters[] = [];
  let size: ParameterValue | null = sizeAfter(first[options.grow] ?? 0, options);
  while (size !== null && magnitude(size) < end) {
    between.push(setting(options, last, { [options.grow]: size }));
    size = sizeAfter(size, options);
  }
  return between;
}

/** The next sizes above the last base, with its other parameters, up to the limits of growth and of growing on. */
function basesAbove(bases: readonly Parameters[], options: FitFirstOptions): Parameters[] {
  const last = bases.at(-1);
  const above: Parameters[] = [];
  let size = last === undefined ? null : sizeAfter(last[options.grow] ?? 0, options);
  while (size !== null && above.length < (options.above ?? 0)) {
    const base = setting(options, last ?? {}, { [options.grow]: size });
    if (!isWithinLimits(size, base, options) || magnitude(size) > mostOf(options)) break;
    above.push(base);
    size = sizeAfter(size, options);
  }
  return above;
}

/** The largest size that growing on reaches. */
function mostOf({ growOn }: FitFirstOptions): number {
  return growOn?.atMost ?? Number.POSITIVE_INFINITY;
}

function isWithinLimits(size: ParameterValue, whole: Parameters, options: FitFirstOptions): boolean {
  return magnitude(size) <= (options.until?.size ?? Number.POSITIVE_INFINITY) && options.fitsMemory(whole);
}

/**
 * The setting with n / (1 - p) units instead of n, so that as many units are active at rate p as there are without
 * dropout, and with a raised learning rate where the config asks for it (Srivastava et al. 2014, "Dropout",
 * appendix A). None where that exceeds a limit.
 */
function widened(plain: Parameters, options: FitFirstOptions): Parameters[] {
  const { widen = null, raise = null, grow } = options;
  const rate = widen === null ? 0 : Number(plain[widen] ?? 0);
  if (!(rate > 0 && rate < 1)) return [];
  const size = mapWidths(plain[grow] ?? 0, (width) => Math.round(width / (1 - rate)));
  const raised =
    raise === null || !Object.hasOwn(plain, raise) ? {} : { [raise]: raisedBy(Number(plain[raise]), rate) };
  const wider = setting(options, plain, raised, { [grow]: size });
  return isWithinLimits(size, wider, options) ? [wider] : [];
}

/** Six digits keep the settings readable. */
function raisedBy(value: number, rate: number): number {
  return Number((value / (1 - rate)).toPrecision(6));
}
