import { exp, log } from '../numeric/elementary.js';
import { keyedStream } from '../numeric/keyed-stream.js';
import type { ImportanceAxis } from './axis.js';

/** The share of the settings that count as good. */
const GOOD_SHARE = 0.25;
/** Cells of a continuous axis. */
const CELLS = 32;
/** Random choices of as many settings, which show what chance alone gives. */
const SHUFFLES = 64;

/**
 * PED-ANOVA (Watanabe, Bansal and Hutter 2023, "PED-ANOVA: Efficiently Quantifying Hyperparameter Importance in
 * Arbitrary Subspaces", IJCAI, arXiv 2304.10255): how much the values of each parameter among the best quarter of the
 * settings differ from its values among all settings. The measure is the Pearson divergence of the two densities
 * (equation 16). What equally large random choices of settings give on the mean is subtracted, since few settings
 * differ by chance. The shares sum to 1, or are all 0 if nothing differs more than by chance.
 *
 * @param order the settings from the best to the worst
 */
export function pedAnova(axes: readonly ImportanceAxis[], order: readonly number[], seed: string): number[] {
  const good = Math.max(1, Math.round(order.length * GOOD_SHARE));
  const random = Array.from({ length: SHUFFLES }, (_, index) => {
    const stream = keyedStream('ped-anova', seed, index);
    const rows = [...order];
    // The first places of a shuffle are a random choice.
    for (let i = 0; i < good; i++) {
      const j = i + stream.below(rows.length - i);
      [rows[i], rows[j]] = [rows[j] ?? 0, rows[i] ?? 0];
    }
    return rows.slice(0, good);
  });
  const divergences = axes.map((axis) => {
    const divergence = divergenceOn(axis, order);
    const byChance = random.reduce((sum, rows) => sum + divergence(rows), 0) / SHUFFLES;
    return Math.max(0, divergence(order.slice(0, good)) - byChance);
  });
  const total = divergences.reduce((sum, one) => sum + one, 0);
  return divergences.map((one) => (total > 0 ? one / total : 0));
}

/** The Pearson divergence of some rows from all rows along an axis. */
function divergenceOn(
  { coordinates, ends }: ImportanceAxis,
  all: readonly number[],
): (rows: readonly number[]) => number {
  const active = all.filter((row) => !Number.isNaN(coordinates[row]));
  const upper = ends ?? Float64Array.from({ length: CELLS }, (_, i) => (i + 1) / CELLS);
  const lengths = Array.from(upper, (end, i) => end - (i === 0 ? 0 : (upper[i - 1] ?? 0)));
  const spread = bandwidth(active.map((row) => coordinates[row] ?? 0));
  const kernels = new Map(
    active.map((row) => {
      const at = coordinates[row] ?? 0;
      return [row, ends === null ? gaussian(at, spread) : single(at, upper)] as const;
    }),
  );
  const density = (rows: readonly number[]): number[] => {
    // One more setting that is spread over the whole axis: no density is 0.
    const sums = [...lengths];
    let count = 1;
    for (const row of rows) {
      const kernel = kernels.get(row);
      if (kernel === undefined) continue;
      count += 1;
      for (let cell = 0; cell < sums.length; cell++) sums[cell] = (sums[cell] ?? 0) + (kernel[cell] ?? 0);
    }
    return sums.map((sum) => sum / count);
  };
  const everywhere = density(active);
  return (rows) =>
    density(rows).reduce((sum, share, cell) => {
      const whole = everywhere[cell] ?? 1;
      return sum + ((share - whole) * (share - whole)) / whole;
    }, 0);
}

/** Scott's rule, and at least half a cell. */
function bandwidth(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length;
  return Math.max(1.06 * Math.sqrt(squares) * exp(-log(values.length) / 5), 0.5 / CELLS);
}

function gaussian(at: number, spread: number): Float64Array {
  const cells = Float64Array.from({ length: CELLS }, (_, i) => {
    const away = ((i + 0.5) / CELLS - at) / spread;
    return exp(-0.5 * away * away);
  });
  const total = cells.reduce((sum, one) => sum + one, 0);
  return cells.map((one) => one / total);
}

function single(at: number, upper: Float64Array): Float64Array {
  const cells = new Float64Array(upper.length);
  cells[
    Math.max(
      0,
      upper.findIndex((end) => end > at),
    )
  ] = 1;
  return cells;
}
