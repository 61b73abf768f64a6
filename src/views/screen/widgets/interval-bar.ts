/** A scale for intervals: the value at its left end and at its right. */
export interface Scale {
  readonly low: number;
  readonly high: number;
}

/**
 * The scale that holds all means with their standard errors, its ends on round values, so that it rarely changes when
 * another mean comes; null where there are none.
 */
export function scaleOf(
  means: readonly { readonly mean: number | null; readonly standardError: number | null }[],
): Scale | null {
  const ends = means.flatMap(({ mean, standardError }) =>
    mean === null || !Number.isFinite(mean) ? [] : [mean - (standardError ?? 0), mean + (standardError ?? 0)],
  );
  if (ends.length === 0) return null;
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const step = roundUp((high - low) / STEPS);
  if (step === 0) return { low, high };
  return { low: Math.floor(low / step) * step, high: Math.ceil(high / step) * step };
}

/** Between this number of round values the ends of a scale lie. */
const STEPS = 8;

/** The next number of the form 1, 2 or 5 times a power of ten; 0 for 0. */
export function roundUp(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 0;
  const power = Number(`1e${value.toExponential().split('e')[1]}`);
  return ([1, 2, 5].find((factor) => factor * power >= value) ?? 10) * power;
}

/**
 * A mean with its standard error to both sides, drawn to scale: `  ├──●──┤`. A thin line marks where the baseline's
 * mean is. Empty if there is no column for it.
 */
export function intervalBar(
  mean: number,
  standardError: number | null,
  scale: Scale,
  width: number,
  baseline: number | null,
): string {
  if (width < 1) return '';
  const column = (value: number): number => {
    const share = scale.high === scale.low ? 0.5 : (value - scale.low) / (scale.high - scale.low);
    return Math.round(Math.min(1, Math.max(0, share)) * (width - 1));
  };
  const cells = Array.from({ length: width }, () => ' ');
  if (baseline !== null && Number.isFinite(baseline)) cells[column(baseline)] = '┊';
  if (!Number.isFinite(mean)) return cells.join('');
  const error = standardError ?? 0;
  const [left, middle, right] = [column(mean - error), column(mean), column(mean + error)];
  for (let i = left; i <= right; i++) cells[i] = '─';
  cells[left] = '├';
  cells[right] = '┤';
  cells[middle] = '●';
  return cells.join('');
}
