/** Amounts of the kinds of work in a trial. Its time is a weighted sum of them. */
export type Work = readonly number[];

/** Work that was timed. */
export interface Timed {
  readonly work: Work;
  readonly seconds: number;
}

/** Seconds that work takes. */
export type CostModel = (work: Work) => number;

const ROUNDS = 1_000;
/** How often the fit is repeated with less weight on its largest errors. */
const REFITS = 8;
/** A relative error that counts as none. */
const SMALL_ERROR = 0.02;

/**
 * Fits non-negative weights to timed work by its relative errors. It uses iteratively reweighted least squares, so
 * that a time at which the machine was busy with something else has little effect, and coordinate descent from 0.
 */
export function fitCost(timed: readonly Timed[]): CostModel {
  const usable = timed.filter(({ seconds }) => seconds > 0);
  const kinds = usable[0]?.work.length ?? 0;
  const scale = Array.from(
    { length: kinds },
    (_, k) => Math.max(...usable.map(({ work, seconds }) => (work[k] ?? 0) / seconds)) || 1,
  );
  // The largest share that one kind could have of each time, at most 1.
  const rows = usable.map(({ work, seconds }) => work.map((amount, k) => amount / seconds / (scale[k] ?? 1)));
  let shares = new Array<number>(kinds).fill(0);
  let weights = rows.map(() => 1);
  for (let refit = 0; refit <= REFITS; refit++) {
    shares = descend(rows, weights, shares);
    weights = rows.map((row) => 1 / Math.max(SMALL_ERROR, Math.abs(1 - dot(row, shares))));
  }
  return (work) => work.reduce((sum, amount, k) => sum + ((shares[k] ?? 0) * amount) / (scale[k] ?? 1), 0);
}

function descend(
  rows: readonly (readonly number[])[],
  weights: readonly number[],
  from: readonly number[],
): number[] {
  const shares = [...from];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [k, share] of shares.entries()) {
      let [along, squares] = [0, 0];
      for (const [i, row] of rows.entries()) {
        const own = row[k] ?? 0;
        const weight = weights[i] ?? 0;
        along += weight * own * (1 - dot(row, shares) + share * own);
        squares += weight * own * own;
      }
      shares[k] = squares === 0 ? 0 : Math.max(0, along / squares);
    }
  }
  return shares;
}

function dot(row: readonly number[], shares: readonly number[]): number {
  let sum = 0;
  for (const [k, amount] of row.entries()) sum += amount * (shares[k] ?? 0);
  return sum;
}
