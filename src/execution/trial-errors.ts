import type { FailureCode } from '../campaign/outcome.js';

/** Thrown by a trainer that knows why a trial failed; whatever else a trainer throws is an `error`. */
export class TrialFailure extends Error {
  override readonly name = 'TrialFailure';

  constructor(
    readonly code: FailureCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Thrown by a trainer where an attempt broke off by no fault of the trial's, which is to be tried again. */
export class TrialLost extends Error {
  override readonly name = 'TrialLost';
}
