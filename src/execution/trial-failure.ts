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
