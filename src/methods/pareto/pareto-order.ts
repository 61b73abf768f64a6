import type { Goal } from '../../campaign/metric.js';

/** The values of one setting, one for each objective. */
export type ObjectiveValues = readonly number[];

/**
 * Whether `a` is at least as good as `b` in every objective and better in one. Values that are not finite are the
 * worst.
 */
export function dominates(a: ObjectiveValues, b: ObjectiveValues, goals: readonly Goal[]): boolean {
  return dominatesCosts(costsOf(a, goals), costsOf(b, goals));
}

/**
 * The front that each setting is on: 0 for those that no other dominates, 1 for those that only settings of front 0
 * dominate, and so on. A setting with a value that is not finite is on no front (Infinity).
 *
 * Source: non-dominated sorting of Deb et al. 2002, "A fast and elitist multiobjective genetic algorithm: NSGA-II", in
 * the sequential form of Zhang et al. 2015, "An efficient approach to nondominated sorting".
 */
export function paretoRanks(points: readonly ObjectiveValues[], goals: readonly Goal[]): number[] {
  const costs = points.map((values) => costsOf(values, goals));
  const ranks = points.map(() => Number.POSITIVE_INFINITY);
  // In this order no setting is dominated by a later one.
  const order = [...costs.keys()]
    .filter((i) => costs[i]?.every(Number.isFinite))
    .sort((a, b) => compareCosts(costs[a] ?? [], costs[b] ?? []) || a - b);
  const fronts: number[][] = [];
  for (const i of order) {
    const own = costs[i] ?? [];
    const rank = fronts.findIndex((front) => !front.some((j) => dominatesCosts(costs[j] ?? [], own)));
    const place = rank === -1 ? fronts.length : rank;
    const front = fronts[place] ?? [];
    front.push(i);
    fronts[place] = front;
    ranks[i] = place;
  }
  return ranks;
}

/**
 * The places of settings in the order of merit: earlier fronts first, and within a front those with more room around
 * them (the crowding distance of NSGA-II), so that the first settings spread over the whole front.
 */
export function paretoOrder(points: readonly ObjectiveValues[], goals: readonly Goal[]): number[] {
  const ranks = paretoRanks(points, goals);
  const room = crowdingDistances(points, ranks, goals);
  return [...points.keys()].sort((a, b) => {
    const [rankA, rankB] = [ranks[a] ?? 0, ranks[b] ?? 0];
    if (rankA !== rankB) return rankA < rankB ? -1 : 1;
    const [roomA, roomB] = [room[a] ?? 0, room[b] ?? 0];
    return roomA === roomB ? a - b : roomA > roomB ? -1 : 1;
  });
}

/** The distance of each setting to its neighbours on its front, over all objectives; Infinity at the ends. */
function crowdingDistances(
  points: readonly ObjectiveValues[],
  ranks: readonly number[],
  goals: readonly Goal[],
): number[] {
  const room = points.map(() => 0);
  const fronts = new Map<number, number[]>();
  for (const [i, rank] of ranks.entries()) {
    if (Number.isFinite(rank)) fronts.set(rank, [...(fronts.get(rank) ?? []), i]);
  }
  for (const front of fronts.values()) {
    for (const objective of goals.keys()) {
      const at = (i: number | undefined): number => points[i ?? -1]?.[objective] ?? Number.NaN;
      const sorted = [...front].sort((a, b) => at(a) - at(b) || a - b);
      const range = at(sorted.at(-1)) - at(sorted[0]);
      for (const [place, i] of sorted.entries()) {
        const isEnd = place === 0 || place === sorted.length - 1;
        const gap = range > 0 ? (at(sorted[place + 1]) - at(sorted[place - 1])) / range : 0;
        room[i] = (room[i] ?? 0) + (isEnd ? Number.POSITIVE_INFINITY : gap);
      }
    }
  }
  return room;
}

/** The values as costs: less is better. */
function costsOf(values: ObjectiveValues, goals: readonly Goal[]): number[] {
  return goals.map((goal, i) => {
    const value = values[i] ?? Number.NaN;
    if (!Number.isFinite(value)) return Number.POSITIVE_INFINITY;
    return goal === 'minimize' ? value : -value;
  });
}

function dominatesCosts(a: readonly number[], b: readonly number[]): boolean {
  let isBetter = false;
  for (let i = 0; i < a.length; i++) {
    const [own, other] = [a[i] ?? 0, b[i] ?? 0];
    if (own > other) return false;
    if (own < other) isBetter = true;
  }
  return isBetter;
}

function compareCosts(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
