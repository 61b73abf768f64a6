/** How many test rows of each class were predicted as another class. */
export interface Confusion {
  readonly kind: 'confusion';
  /** Test rows of each class, in the order of the classes. */
  readonly rows: readonly number[];
  /** How many of them were predicted correctly. */
  readonly right: readonly number[];
  /**
   * Pairs of a true and a predicted class, counted from 0, with their number of rows: the most frequent first, then
   * in the order of the classes. At most `MISTAKES_UP_TO` pairs, enough for every pair of up to 32 classes.
   */
  readonly mistakes: readonly Mistake[];
}

export type Mistake = readonly [truth: number, answer: number, rows: number];

/** The largest number of pairs that a confusion lists. */
export const MISTAKES_UP_TO = 1000;

/** Residuals, truth minus prediction, in the units of the target. */
export interface Residuals {
  readonly kind: 'residuals';
  /** Test rows. */
  readonly rows: number;
  /** Quantiles of the residuals, from share 0 to share 1. */
  readonly quantiles: readonly Quantile[];
  /** Quantiles of the absolute residuals. */
  readonly distances: readonly Quantile[];
  /** Rows ordered by truth, then by prediction: all of them, or `POINTS_UP_TO` evenly spread over that order. */
  readonly points: readonly (readonly [truth: number, predicted: number])[];
}

export type Quantile = readonly [share: number, value: number];

/** The largest number of rows that residuals list. */
export const POINTS_UP_TO = 300;

/** How predictions of the test part differ from the truth, in bounded size. */
export type TestErrors = Confusion | Residuals;
