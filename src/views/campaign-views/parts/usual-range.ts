import type { Goal } from '../../../campaign/metric.js';

/** How many times the distance of the quartiles a score may be worse than the worse quartile. */
const REACH = 3;

/**
 * Whether a score is near enough to the others to be drawn. A few scores that are far worse than the rest, as those of
 * trials that almost diverged, would squeeze all others into a line.
 */
export function usualRange(scores: Iterable<number>, goal: Goal): (score: number) => boolean {
  const sorted = Float64Array.from(scores).sort();
  const quartile = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const [low, high] = [quartile(0.25), quartile(0.75)];
  const reach = REACH * (high - low);
  if (!(reach > 0)) return () => true;
  return goal === 'minimize' ? (score) => score <= high + reach : (score) => score >= low - reach;
}
