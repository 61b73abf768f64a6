import type { Parameters } from '../../../campaign/parameters.js';
import { formatList } from '../../../text/list.js';
import { formatCount } from '../../../text/number.js';
import { distinct } from '../../comparison.js';
import { isOff } from '../../finalists.js';
import type { Procedure } from '../../method.js';
import { type RaceEntry, race } from '../../race.js';
import type { SizeResult } from '../growth/judge-size.js';
import { type FitFirstOptions, formatSizeOf } from '../options.js';
import { dropoutSettings } from './dropout-settings.js';
import { goBeyond } from './go-beyond.js';

/** Races every dropout setting, crossed with what is tuned again, at the fitted size and the grown one. */
export function* tuneDropout(
  start: SizeResult,
  grown: Parameters,
  fits: boolean,
  options: FitFirstOptions,
): Procedure<readonly RaceEntry[]> {
  const bases = distinct([start.best.parameters, grown]);
  const settings = dropoutSettings(bases, options);
  const sizes = formatList([...new Set(settings.map((one) => formatSizeOf(options, one)))]);
  const retuned = [...new Set(options.retune.flatMap((one) => Object.keys(one)))];
  const first = formatSizeOf(options, start.best.parameters);
  const why = fits
    ? `${first} is the smallest size that fits`
    : `${first} is the smallest size near the best`;
  const { dropout, isRaised = false } = options.epochs;
  const longer = isRaised ? `, for the ${dropout} epochs that growth needed` : '';
  const ranking = yield* race(settings, {
    stage: 'dropout',
    because:
      `${why}; now ${formatCount(settings.length, 'setting')} of ${formatList(['dropout', ...retuned])} ` +
      `at ${sizes}, paired by repeat${longer}.`,
    epochs: options.epochs.dropout,
    comparison: options.comparison,
    ...(options.choose !== 'search' && { keeps: (one) => isOff(one, options.off) }),
  });
  return yield* goBeyond(ranking, options);
}
