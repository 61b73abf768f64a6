import type { TestErrors } from './test-errors.js';

/** A number with its 95 % interval; the bounds are null where no interval can be given. */
export interface Estimate {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** What is measured once, at the finish, on the network that is handed over. */
export interface Evaluation {
  /** Scores on the held-out test part by name without prefix (`accuracy`, `loss`, ...); null without one. */
  readonly test: Readonly<Record<string, Estimate>> | null;
  /** Where the answers to the test part went wrong; null without one, and where an older version did not record it. */
  readonly errors: TestErrors | null;
  /**
   * How alike the hidden units are: the mean absolute correlation between the activations of two units of
   * the first hidden layer over the training rows, from 0 to 1; null with fewer than two units.
   */
  readonly redundancy: number | null;
}

/** A network as bytes, for the trials whose network is kept. */
export interface TrainedNetwork {
  readonly bytes: Uint8Array;
  readonly evaluation: Evaluation;
}

/** How one attempt at a trial ended. A failed trial is an outcome; only a broken executor throws. */
export type Outcome =
  | {
      readonly kind: 'finished';
      readonly reason: 'complete' | 'fit';
      readonly network: TrainedNetwork | null;
    }
  /** Ended from outside, by the signal. */
  | { readonly kind: 'stopped' }
  /** The loss or another metric was not a finite number after this epoch. */
  | { readonly kind: 'diverged'; readonly epoch: number }
  | { readonly kind: 'failed'; readonly code: FailureCode; readonly message: string }
  /** The worker died under the trial, which is no fault of the trial's. */
  | { readonly kind: 'lost'; readonly message: string };

/** Why a trial failed. */
export type FailureCode =
  | 'error'
  | 'crash'
  | 'exit'
  | 'timeout'
  | 'memory'
  | 'signal'
  | 'no-metric'
  | 'bad-report';
