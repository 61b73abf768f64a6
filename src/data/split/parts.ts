/** The row indices of each part of a data set, in rising order. */
export interface Parts {
  readonly training: Int32Array;
  readonly validation: Int32Array;
  /** Empty if nothing is held out. */
  readonly test: Int32Array;
}
