import { type Goal, isBetter } from '../../campaign/metric.js';
import type { RandomStream } from '../../numeric/keyed-stream.js';
import type { Axis } from './coordinates.js';
import { parzen } from './parzen.js';
import { priorAxis } from './prior-axis.js';

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
/** Draws at most, where constraints refuse some. */
const MAX_DRAWN = 40 * CANDIDATES;

/**
 * Coordinates to try next, the most promising first: draws from the density of good settings, by its ratio to the
 * density of the others. Settings without an answer count as bad ones (the constant liar of Ginsbourger et al. 2010),
 * so that settings that are asked for at once differ. `accept` gives a point without the coordinates of
 * parameters that are not active, or null where the constraints refuse it. With conditions the candidates are compared
 * by the densities of their active parameters.
 *
 * Source: Bergstra et al. 2011, "Algorithms for hyper-parameter optimization", section 4.
 */
export function propose(
  axes: readonly Axis[],
  observed: readonly Observed[],
  goal: Goal,
  stream: RandomStream,
  accept: (point: readonly number[]) => readonly number[] | null = (point) => point,
): (readonly number[])[] {
  const good = bestOf(observed, goal);
  const goodPoints: (readonly number[])[] = [];
  const otherPoints: (readonly number[])[] = [];
  for (const [index, { point }] of observed.entries())
    (good.has(index) ? goodPoints : otherPoints).push(point);
  // Good settings are expected where the config expects them, until more is known; others are everywhere.
  const [better, others] = [parzen(axes, goodPoints, axes.map(priorAxis)), parzen(axes, otherPoints)];
  const candidates: { readonly point: readonly number[]; readonly ratio: number }[] = [];
  for (let drawn = 0; candidates.length < CANDIDATES && drawn < MAX_DRAWN; drawn++) {
    const point = accept(better.draw(stream));
    if (point === null) continue;
    candidates.push({ point, ratio: better.logDensity(point) - others.logDensity(point) });
  }
  return candidates.sort((a, b) => b.ratio - a.ratio).map(({ point }) => point);
}

/** The indices of the good settings: of equal scores, those asked for first. */
function bestOf(observed: readonly Observed[], goal: Goal): ReadonlySet<number> {
  let known = 0;
  for (const { score } of observed) if (Number.isFinite(score)) known += 1;
  const count = Math.min(Math.ceil(GOOD_SHARE * known), MAX_GOOD);
  const best: number[] = [];
  const scoreAt = (index: number | undefined): number => observed[index ?? -1]?.score ?? Number.NaN;
  for (let index = 0; index < observed.length; index++) {
    const score = scoreAt(index);
    if (best.length === count && !isBetter(goal, score, scoreAt(best.at(-1)))) continue;
    let place = best.length;
    while (place > 0 && isBetter(goal, score, scoreAt(best[place - 1]))) place -= 1;
    best.splice(place, 0, index);
    if (best.length > count) best.pop();
  }
  return new Set(best);
}
