import type { FailureCode } from '../campaign/outcome.js';

/** Thrown by a trainer that knows why a trial failed. Anything else that a trainer throws is an `error`. */
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

/** Thrown by a trainer if an attempt broke off through no fault of the trial. The trial gets another attempt. */
export class TrialLost extends Error {
  override readonly name = 'TrialLost';
}
