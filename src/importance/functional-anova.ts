import { keyedStream, shuffle } from '../numeric/keyed-stream.js';
import { boostTrees, type ScoredPlaces } from './boosted-trees.js';
import { type BoxSum, mainVariance, overBoxes, pairVariance } from './box-sum.js';

/** How often the rows are divided into groups. */
const DIVISIONS = 2;
/** Groups of a division. */
const GROUPS = 5;
/** Pairs are computed among this many axes with the largest effects. */
const MAX_PAIRED = 5;

/** What a functional analysis of variance found, as shares of the variance over the whole space. */
export interface FunctionalAnova {
  /** For each axis: how much of the variance it explains alone, and the standard error. */
  readonly main: readonly { readonly share: number; readonly error: number }[];
  /** For pairs of axes, what both explain together beyond what each explains alone; the largest first. */
  readonly pairs: readonly { readonly axes: readonly [number, number]; readonly share: number }[];
}

/**
 * Functional analysis of variance (Hutter, Hoos and Leyton-Brown 2014, "An Efficient Approach for Assessing
 * Hyperparameter Importance", ICML) of sums of boosted regression trees. A sum of trees is a sum of boxes, so its
 * marginals over all other axes, and their variances, are exact without any sampling.
 *
 * Boosted trees take the place of the paper's random forest. A fully grown tree follows what it splits first and
 * spends its rows there, so it underestimates an effect that no single split shows, such as that of a wave.
 *
 * The rows are divided into five groups, in two ways. Each sum leaves one group out. Shares are means over the sums,
 * and standard errors are those of the jackknife. Null if no tree has a split: then chance explains the differences.
 * It stops after each sum, so that a program can do something else.
 */
export function* functionalAnova(
  places: ScoredPlaces,
  seed: string,
): Generator<undefined, FunctionalAnova | null> {
  const sums: (BoxSum | null)[] = [];
  for (let division = 0; division < DIVISIONS; division++)
    sums.push(...(yield* sumsOf(places, seed, division)));
  if (sums.every((sum) => sum === null)) return null;
  const main = places.axes.map((_, axis) => {
    const shares = sums.map((sum) => (sum === null ? 0 : mainVariance(sum, axis) / sum.variance));
    return { share: meanOf(shares), error: jackknifeError(shares) };
  });
  const strongest = [...main.keys()]
    .sort((a, b) => (main[b]?.share ?? 0) - (main[a]?.share ?? 0) || a - b)
    .slice(0, MAX_PAIRED)
    .sort((a, b) => a - b);
  const pairs = strongest.flatMap((a, place) =>
    strongest.slice(place + 1).map((b) => {
      const shares = sums.map((sum) =>
        sum === null ? 0 : Math.max(0, pairVariance(sum, a, b)) / sum.variance,
      );
      return { axes: [a, b] as const, share: meanOf(shares) };
    }),
  );
  return { main, pairs: pairs.sort((a, b) => b.share - a.share) };
}

/** The sum of trees without each of the groups of a division; null where it has no split. */
function* sumsOf(
  places: ScoredPlaces,
  seed: string,
  division: number,
): Generator<undefined, (BoxSum | null)[]> {
  const rows = shuffle([...places.scores.keys()], keyedStream('importance', seed, division));
  const sums: (BoxSum | null)[] = [];
  for (let group = 0; group < GROUPS; group++) {
    const kept = rows.filter((_, i) => i % GROUPS !== group).sort((a, b) => a - b);
    const boxes = boostTrees(places, kept, keyedStream('importance', seed, division, group));
    yield;
    sums.push(overBoxes(boxes));
    yield;
  }
  return sums;
}

/** The grouped jackknife's (Shao and Tu 1995, "The Jackknife and Bootstrap", section 2.3), its variance averaged. */
function jackknifeError(shares: readonly number[]): number {
  let squares = 0;
  for (let start = 0; start < shares.length; start += GROUPS) {
    const own = shares.slice(start, start + GROUPS);
    const centre = meanOf(own);
    squares += own.reduce((sum, share) => sum + (share - centre) * (share - centre), 0);
  }
  return Math.sqrt(((GROUPS - 1) / GROUPS) * (squares / DIVISIONS));
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, one) => sum + one, 0) / values.length;
