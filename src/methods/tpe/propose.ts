import { type Goal, isBetter } from '../../campaign/metric.js';
import type { RandomStream } from '../../numeric/keyed-stream.js';
import type { Axis } from './coordinates.js';
import { parzen } from './parzen.js';

/** A setting that was asked for. */
export interface Observed {
  readonly point: readonly number[];
  /** The mean of what is known of it; the worst there is where nothing is known yet or a trial failed. */
  readonly score: number;
}

/** The share of settings that counts as good, and how many at most. */
const GOOD_SHARE = 0.1;
const MAX_GOOD = 25;
/** Draws from the density of good settings, of which the most promising is proposed. */
const CANDIDATES = 24;

/**
 * Coordinates to try next, the most promising first: draws from the density of good settings, by its ratio to the
 * density of the others. Settings without an answer count as bad ones (the constant liar of Ginsbourger et al. 2010),
 * so that settings that are asked for at once differ.
 *
 * Source: Bergstra et al. 2011, "Algorithms for hyper-parameter optimization", section 4.
 */
export function propose(
  axes: readonly Axis[],
  observed: readonly Observed[],
  goal: Goal,
  stream: RandomStream,
): number[][] {
  const ranked = observed
    .map((each, index) => ({ ...each, index }))
    .sort(
      (a, b) =>
        Number(isBetter(goal, b.score, a.score)) - Number(isBetter(goal, a.score, b.score)) ||
        a.index - b.index,
    );
  const known = ranked.filter(({ score }) => Number.isFinite(score)).length;
  const good = new Set(
    ranked.slice(0, Math.min(Math.ceil(GOOD_SHARE * known), MAX_GOOD)).map(({ index }) => index),
  );
  const pointsOf = (isGood: boolean) =>
    observed.filter((_, index) => good.has(index) === isGood).map(({ point }) => point);
  const [better, others] = [parzen(axes, pointsOf(true)), parzen(axes, pointsOf(false))];
  return Array.from({ length: CANDIDATES }, () => {
    const point = better.draw(stream);
    return { point, ratio: better.logDensity(point) - others.logDensity(point) };
  })
    .sort((a, b) => b.ratio - a.ratio)
    .map(({ point }) => point);
}
