/** The settings of a rung and their epochs, after which the best settings go on. */
export interface Rung {
  readonly settings: number;
  readonly epochs: number;
}

/** The rungs that a group of settings goes through, the one with the fewest epochs first. */
export type Bracket = readonly Rung[];

/** The epochs between which trials are compared. `eta` is by how much epochs grow and settings shrink, rung by rung. */
export interface EpochRange {
  readonly minEpochs: number;
  readonly maxEpochs: number;
  readonly eta: number;
}

/** The epochs of the rungs, in rising order: the maximum over powers of eta, rounded, as far as the minimum allows. */
export function rungEpochs({ minEpochs, maxEpochs, eta }: EpochRange): number[] {
  const epochs: number[] = [];
  for (let parts = 1; maxEpochs / parts >= minEpochs; parts *= eta)
    epochs.unshift(Math.round(maxEpochs / parts));
  return epochs;
}

/**
 * The bracket of successive halving. With fewer settings than the rungs need, the first rung has more epochs, so that
 * at least one setting reaches the last.
 *
 * Source: Jamieson and Talwalkar 2016, "Non-stochastic best arm identification and hyperparameter optimization".
 */
export function halvingBracket(settings: number, range: EpochRange): Bracket {
  const all = rungEpochs(range);
  let count = 1;
  while (count < all.length && settings >= power(range.eta, count)) count += 1;
  return rungsOf(settings, all.slice(all.length - count), range.eta);
}

/**
 * The brackets of hyperband, the one with the most settings first. Each has about the same number of epochs in all.
 *
 * Source: Li et al. 2018, "Hyperband: A novel bandit-based approach to hyperparameter optimization", algorithm 1.
 */
export function hyperbandBrackets(range: EpochRange): Bracket[] {
  const all = rungEpochs(range);
  return all.map((_, skipped) => {
    const epochs = all.slice(skipped);
    const settings = Math.ceil((all.length * power(range.eta, epochs.length - 1)) / epochs.length);
    return rungsOf(settings, epochs, range.eta);
  });
}

function rungsOf(settings: number, epochs: readonly number[], eta: number): Bracket {
  return epochs.map((each, rung) => ({ settings: Math.floor(settings / power(eta, rung)), epochs: each }));
}

/** A whole number to a whole power. */
function power(base: number, exponent: number): number {
  let product = 1;
  for (let i = 0; i < exponent; i++) product *= base;
  return product;
}

/** The number of settings that brackets start with together. */
export function settingsIn(brackets: readonly Bracket[]): number {
  return brackets.reduce((sum, bracket) => sum + (bracket[0]?.settings ?? 0), 0);
}
