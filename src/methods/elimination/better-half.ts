import { formatCount } from '../../text/number.js';
import type { RacedValues, Round } from './round.js';

/**
 * Successive halving: the better half of the ranked settings stays, at least `min` and at least two, and runs on to
 * twice as many repeats. Settings of which a repeat was stopped early leave first.
 */
export function betterHalf<Entry extends RacedValues>(
  ranked: readonly Entry[],
  { min, most }: { readonly min: number; readonly most: number },
): Round<Entry> {
  const ran = ranked[0]?.values.length ?? 0;
  const upTo = Math.min(ran * 2, most);
  const whole = ranked.filter(({ isCut = false }) => !isCut).length;
  const half = Math.max(2, Math.ceil(ranked.length / 2), min);
  const kept = ranked.slice(0, Math.min(half, Math.max(2, whole)));
  return {
    kept,
    upTo,
    because: (running, also) =>
      running === ranked.length
        ? `${running > 2 ? `All ${running}` : 'Both'} settings run on, up to ${formatCount(upTo, 'repeat')}.`
        : `The better ${kept.length} of ${ranked.length} settings after ${formatCount(ran, 'repeat')} run ` +
          `on, up to ${formatCount(upTo, 'repeat')}${also}.`,
    ended: null,
  };
}
