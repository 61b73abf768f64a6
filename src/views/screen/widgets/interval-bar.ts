/** A scale for intervals: the value at its left end and at its right. */
export interface Scale {
  readonly low: number;
  readonly high: number;
}

/** The scale that holds all means with their standard errors; null where there are none. */
export function scaleOf(
  means: readonly { readonly mean: number | null; readonly standardError: number | null }[],
): Scale | null {
  const ends = means.flatMap(({ mean, standardError }) =>
    mean === null || !Number.isFinite(mean) ? [] : [mean - (standardError ?? 0), mean + (standardError ?? 0)],
  );
  if (ends.length === 0) return null;
  return { low: Math.min(...ends), high: Math.max(...ends) };
}

/**
 * A mean with its standard error to both sides, drawn to scale: `  ├──●──┤`. A thin line marks where the baseline's
 * mean is.
 */
export function intervalBar(
  mean: number,
  standardError: number | null,
  scale: Scale,
  width: number,
  baseline: number | null,
): string {
  const column = (value: number): number => {
    const share = scale.high === scale.low ? 0.5 : (value - scale.low) / (scale.high - scale.low);
    return Math.round(Math.min(1, Math.max(0, share)) * (width - 1));
  };
  const cells = Array.from({ length: Math.max(0, width) }, () => ' ');
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
