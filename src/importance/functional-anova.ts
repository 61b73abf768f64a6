import { keyedStream } from '../numeric/keyed-stream.js';
import { growTree, type Leaf, type TreeData } from './regression-tree.js';

/** Trees of a forest. */
const TREES = 64;
/** Pairs are computed among this many axes with the largest effects: each pair takes the square of a tree's leaves. */
const MAX_PAIRED = 5;

/** What a functional analysis of variance found, as shares of the variance over the whole space. */
export interface FunctionalAnova {
  /** For each axis: how much of the variance it explains alone. */
  readonly main: readonly { readonly share: number; readonly deviation: number }[];
  /** For pairs of axes, what both explain together beyond what each explains alone; the largest first. */
  readonly pairs: readonly { readonly axes: readonly [number, number]; readonly share: number }[];
}

/**
 * Functional analysis of variance of a random forest (Hutter, Hoos and Leyton-Brown 2014, "An Efficient Approach for
 * Assessing Hyperparameter Importance", ICML). A tree is constant on boxes, so its marginals over all other axes, and
 * their variances, are sums over boxes without any sampling. Shares are means over the trees, and deviations are their
 * standard deviations. Null if no tree has a split: then chance explains the differences.
 */
export function functionalAnova(data: TreeData, seed: string): FunctionalAnova | null {
  const trees = Array.from({ length: TREES }, (_, tree) =>
    decompose(growTree(data, keyedStream('importance', seed, tree)), data.axes.length),
  ).flatMap((tree) => tree ?? []);
  if (trees.length === 0) return null;
  // A tree without a split says that nothing matters.
  const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / TREES;
  const main = data.axes.map((_, axis) => {
    const shares = trees.map(({ main: own, total }) => (own[axis] ?? 0) / total);
    const share = mean(shares);
    const squares = mean(shares.map((one) => one * one)) - share * share;
    return { share, deviation: Math.sqrt(Math.max(0, squares)) };
  });
  const strongest = [...main.keys()]
    .sort((a, b) => (main[b]?.share ?? 0) - (main[a]?.share ?? 0) || a - b)
    .slice(0, MAX_PAIRED)
    .sort((a, b) => a - b);
  const pairs = strongest.flatMap((a, place) =>
    strongest.slice(place + 1).map((b) => {
      const axes: readonly [number, number] = [a, b];
      return { axes, share: mean(trees.map((tree) => Math.max(0, pairVariance(tree, a, b)) / tree.total)) };
    }),
  );
  return { main, pairs: pairs.sort((a, b) => b.share - a.share) };
}

interface DecomposedTree {
  readonly leaves: readonly Leaf[];
  /** The mean over the space; values of leaves are taken from it. */
  readonly mean: number;
  readonly total: number;
  readonly main: readonly number[];
}

/** The length of a box along an axis. */
const lengthOf = ({ low, high }: Leaf, axis: number): number => (high[axis] ?? 0) - (low[axis] ?? 0);

/** The volume of a box over all axes but one or two. */
function volumeWithout(leaf: Leaf, a: number, b: number): number {
  let volume = 1;
  for (let axis = 0; axis < leaf.low.length; axis++) {
    if (axis !== a && axis !== b) volume *= lengthOf(leaf, axis);
  }
  return volume;
}

function decompose(leaves: readonly Leaf[], axes: number): DecomposedTree | null {
  if (leaves.length < 2) return null;
  const volumes = leaves.map((leaf) => volumeWithout(leaf, -1, -1));
  const mean = leaves.reduce((sum, { value }, i) => sum + value * (volumes[i] ?? 0), 0);
  const total = leaves.reduce(
    (sum, { value }, i) => sum + (value - mean) * (value - mean) * (volumes[i] ?? 0),
    0,
  );
  if (!(total > 0)) return null;
  const main = Array.from({ length: axes }, (_, axis) => mainVariance(leaves, mean, axis));
  return { leaves, mean, total, main };
}

/** The variance of the marginal of an axis: it changes only at the ends of boxes. */
function mainVariance(leaves: readonly Leaf[], mean: number, axis: number): number {
  const steps = leaves
    .flatMap((leaf): [number, number][] => {
      const part = (leaf.value - mean) * volumeWithout(leaf, axis, axis);
      return [
        [leaf.low[axis] ?? 0, part],
        [leaf.high[axis] ?? 0, -part],
      ];
    })
    .sort(([a], [b]) => a - b);
  let variance = 0;
  let level = 0;
  let from = 0;
  for (const [place, step] of steps) {
    variance += level * level * (place - from);
    level += step;
    from = place;
  }
  return variance;
}

function pairVariance({ leaves, mean, main }: DecomposedTree, a: number, b: number): number {
  const parts = leaves.map((leaf) => (leaf.value - mean) * volumeWithout(leaf, a, b));
  let sum = 0;
  leaves.forEach((one, i) => {
    for (let k = i; k < leaves.length; k++) {
      const other = leaves[k] as Leaf;
      const alongA = overlapOf(one, other, a);
      if (alongA === 0) continue;
      const alongB = overlapOf(one, other, b);
      sum += (k === i ? 1 : 2) * (parts[i] as number) * (parts[k] as number) * alongA * alongB;
    }
  });
  return sum - (main[a] ?? 0) - (main[b] ?? 0);
}

function overlapOf(one: Leaf, other: Leaf, axis: number): number {
  const low = Math.max(one.low[axis] as number, other.low[axis] as number);
  const high = Math.min(one.high[axis] as number, other.high[axis] as number);
  return high > low ? high - low : 0;
}
