import type { TestErrors } from './test-errors.js';

/** A number with its 95 % interval. The bounds are null if there is no interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** Measured once, in the finish stage, on the final network. */
export interface Evaluation {
  /** Scores on the held-out test part by name without prefix (`accuracy`, `loss`, ...); null without one. */
  readonly test: Readonly<Record<string, Estimate>> | null;
  /** The errors on the test part; null without one, and in journals of older versions. */
  readonly errors: TestErrors | null;
  /**
   * How alike the hidden units are: the mean absolute correlation between the activations of two units of
   * the first hidden layer over the training rows, from 0 to 1; null with fewer than two units.
   */
  readonly redundancy: number | null;
  /** What goes on inside; left out for committees, and in journals of older versions. */
  readonly health?: NetworkHealth;
  /** Only for a committee. */
  readonly committee?: CommitteeEvaluation;
}

/** What was measured inside a built-in network when it was done, on at most 500 of its training rows. */
export interface NetworkHealth {
  /** From the inputs on. */
  readonly layers: readonly LayerHealth[];
  /** The largest and the smallest root mean square of an input that is not constant, as the network sees it. */
  readonly inputs: { readonly largest: number; readonly smallest: number };
  /** The mean loss of the network with the weights that it started from; null for outputs without cross-entropy. */
  readonly firstLoss: number | null;
}

/** What the units of a hidden layer do, with nothing dropped. */
export interface LayerHealth {
  readonly units: number;
  /** Units of relu that are 0 on every row. */
  readonly dead: number;
  /** Units of tanh or sigmoid that are within 1 % of a limit on at least 95 % of the rows. */
  readonly saturated: number;
  /**
   * How many directions the activations vary in: n² / sum of the squared correlations of n units, which is the
   * effective rank of the correlation matrix by the Renyi entropy of order 2. From 1 to the number of units that vary.
   */
  readonly effectiveRank: number;
  /** The share of pairs of units whose correlation is above 0.95 or below -0.95; null with fewer than two units. */
  readonly alikePairs: number | null;
}

/** A committee and its first member, which is the network that would be handed over without it. */
export interface CommitteeEvaluation {
  /** The number of members. */
  readonly networks: number;
  /**
   * How much better the committee is than its first member on the same test rows, by score: positive is better. Null
   * without a test part.
   */
  readonly gain: Readonly<Record<string, Estimate>> | null;
}

/** A network as bytes, and its evaluation. */
export interface TrainedNetwork {
  readonly bytes: Uint8Array;
  readonly evaluation: Evaluation;
}

/** The state of a trial after its last epoch, with which a trial that differs in having more epochs goes on. */
export interface TrialCheckpoint {
  /** The epochs of the trial. */
  readonly epochs: number;
  /**
   * The longer trial gives the reports up to this epoch too. It can be less than `epochs`: a trainer that reports every
   * ten epochs also reports after its last one.
   */
  readonly reportsUpTo: number;
  /** The state in the form of the trainer that wrote it; empty if the trainer keeps it in files. */
  readonly state: Uint8Array;
}

/**
 * Why a trial finished: it did all of its epochs, reached its target, fell behind its bounds, or had nothing better for
 * as long as its patience.
 */
export const finishReasons = ['complete', 'fit', 'stopped-early', 'patience'] as const;

export type FinishReason = (typeof finishReasons)[number];

/** How an attempt at a trial ended. A failure is an outcome; only a broken executor throws. */
export type Outcome =
  | {
      readonly kind: 'finished';
      readonly reason: FinishReason;
      readonly network: TrainedNetwork | null;
      /** Only if the executor was asked for it, and the trial has done all of its epochs. */
      readonly checkpoint?: TrialCheckpoint;
      /** Metrics that the trainer reported once, for the whole trial; left out if there are none. */
      readonly final?: Readonly<Record<string, number>>;
      /** Sentences about how its reports were read; left out if there are none. */
      readonly notes?: readonly string[];
    }
  /** Ended from outside, by the signal. */
  | { readonly kind: 'stopped' }
  /** The loss or another metric was not a finite number after this epoch. */
  | { readonly kind: 'diverged'; readonly epoch: number }
  | { readonly kind: 'failed'; readonly code: FailureCode; readonly message: string }
  /** The worker died under the trial, through no fault of the trial. */
  | { readonly kind: 'lost'; readonly message: string; readonly shortage?: Shortage };

/** Memory that an attempt could not get. */
export interface Shortage {
  /** Bytes that the trial needs; null if unknown. */
  readonly bytes: number | null;
  /** True if no other trial ran at the same time, so that fewer workers cannot help. */
  readonly wasAlone: boolean;
}

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
