import { found, type Procedure } from '../../method.js';
import { type FitFirstOptions, formatSize } from '../options.js';
import { edgeOfRange } from './edge-of-range.js';
import type { Growth } from './grow.js';
import { nothingFits } from './nothing-fits.js';

/** Says which size fits, or why none does. */
export function* reportFit(growth: Growth, options: FitFirstOptions): Procedure<void> {
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
