/** What a network answers to the rows of a part. */
export interface Predictions {
  /** rows x width: the probabilities of the classes (one: that of the second of two), or standardised numbers. */
  readonly outputs: Float64Array;
  readonly width: number;
  /** One a row: the class, counted from 0, or the standardised number. */
  readonly targets: Float64Array;
  /** One standard deviation in the target's units. */
  readonly deviation: number;
}

/** A score of rows, each of which counts as often as it says: all 1 for the part itself. */
export type WeightedScore = (counts: Uint32Array) => number;
