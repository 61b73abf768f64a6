/** Thrown by a trainer where an attempt broke off by no fault of the trial's, which is to be tried again. */
export class TrialLost extends Error {
  override readonly name = 'TrialLost';
}
