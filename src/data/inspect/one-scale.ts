import type { ColumnProfile } from './profile.js';

/** Fewer inputs are hardly a picture. */
const MIN_INPUTS = 16;
/** Two or three levels are answers or categories. */
const MIN_LARGEST = 4;
/** At least this share of the inputs reaches at least this share of the largest value. */
const REACHING = { inputs: 0.5, value: 0.9 };

/**
 * Whether inputs look like pixels, which share one scale: many columns of whole numbers from 0 up, most of which
 * nearly reach the same largest value.
 */
export function haveOneScale(inputs: readonly ColumnProfile[]): boolean {
  if (inputs.length < MIN_INPUTS) return false;
  const largest: number[] = [];
  for (const { kind, isWhole, missing, counts } of inputs) {
    if (kind !== 'number' || !isWhole || missing > 0 || counts === null) return false;
    let max = 0;
    for (const value of counts.keys()) {
      if (typeof value !== 'number' || value < 0) return false;
      max = Math.max(max, value);
    }
    largest.push(max);
  }
  const most = Math.max(...largest);
  const reaching = largest.filter((max) => max >= REACHING.value * most).length;
  return most >= MIN_LARGEST && reaching >= REACHING.inputs * inputs.length;
}
