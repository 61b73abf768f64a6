/** Classes against each other: how many test rows of one were given another. */
export interface Confusion {
  readonly kind: 'confusion';
  /** Test rows of each class, in the order of the classes. */
  readonly rows: readonly number[];
  /** How many of those were given their own class. */
  readonly right: readonly number[];
  /**
   * Which class was taken for which other and in how many rows, classes counted from 0; the most frequent first, then in
   * the order of the classes. At most `mistakesUpTo` pairs, which is every pair of up to 32 classes.
   */
  readonly mistakes: readonly Mistake[];
}

export type Mistake = readonly [truth: number, answer: number, rows: number];

/** Pairs of classes that a confusion lists at most. */
export const MISTAKES_UP_TO = 1000;

/** Numbers against the truth, in the target's units: residuals are truth minus prediction. */
export interface Residuals {
  readonly kind: 'residuals';
  /** Test rows. */
  readonly rows: number;
  /** The residual that a share of the rows stays below, from share 0 to share 1. */
  readonly quantiles: readonly Quantile[];
  /** The same for the distance between truth and prediction. */
  readonly distances: readonly Quantile[];
  /** Rows by their truth, then by their prediction: all, or `pointsUpTo` of them evenly spread over that order. */
  readonly points: readonly (readonly [truth: number, predicted: number])[];
}

export type Quantile = readonly [share: number, value: number];

/** Rows that residuals show one by one at most. */
export const POINTS_UP_TO = 300;

/** How the answers to the test part differ from the truth, in bounded size. */
export type TestErrors = Confusion | Residuals;
