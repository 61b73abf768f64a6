import type { SeedWords } from '../kernel/network-kernel.js';
import type { Optimizer, RateFactors } from '../kernel/network-options.js';
import type { NetworkShape, Precision } from './network-shape.js';
import type { TrialPart } from './trial-part.js';

/** What an engine is built for: nothing in here changes while a trial runs. */
export interface EngineOptions {
  readonly shape: NetworkShape;
  readonly precision: Precision;
  /** Rows of an update; the last of an epoch has what is left. */
  readonly batchSize: number;
  readonly optimizer: Optimizer;
  /** Factors of the learning rate of each layer, the outputs last; undefined: all 1. */
  readonly rateFactors: readonly RateFactors[] | undefined;
  /** 0 is off; never on biases. */
  readonly weightDecay: number;
  /** Bound on the length of a hidden unit's incoming weights (without bias) after each update; 0 is off. */
  readonly maxNorm: number;
  /** Shares of the units and inputs that are dropped in training. */
  readonly dropout: number;
  readonly inputDropout: number;
  /** Whether a batch's gradient is the mean over its rows (their number, whatever they weigh) or the sum. */
  readonly reduction: 'mean' | 'sum';
  /** t becomes (1 - s) t + s / classes; for one sigmoid output, classes is 2. Training only. */
  readonly labelSmoothing: number;
  /** What a row of each class counts in training; null: all alike. */
  readonly classWeights: Float64Array | null;
}

/** The sets of rows that an engine may know: it trains on the first. */
export type SetName = 'train' | 'val' | 'test';

/** What one epoch is made of. */
export interface EngineEpoch {
  /** Places in the training set, each once, in the order of training; null for the set's own order. */
  readonly order: Uint32Array | null;
  /** The learning rate of each update; as many as there are batches. */
  readonly rates: Float64Array;
  /**
   * Seed of the epoch's masks: what is dropped depends on it, the layer, and the place of the sample in the
   * epoch. How an engine draws them is its own affair, and part of its version.
   */
  readonly masks: SeedWords;
}

/** What a network makes of rows, with nothing dropped. */
export interface EngineMeasurement {
  /**
   * The plain loss, without smoothing, weights of classes or decay: the mean over rows. Not finite where a
   * weight is not, even if no row shows it.
   */
  readonly loss: number;
  /** Rows whose class is right: the largest output, first of ties; one sigmoid output: above 0.5. 0 for numbers. */
  readonly correct: number;
}

/**
 * The arithmetic of training: a network, its optimiser, and passes over rows. What a trial is (schedules,
 * seeds, reports, early ends) is decided outside. The same calls give the same bits.
 */
export interface Engine {
  /** Weights in the order of `layerPlaces`; a copy. */
  weights(): Float64Array;
  /** Starts from these weights with a fresh optimiser. */
  start(weights: Float64Array): void;
  /** Weights and optimiser as numbers, to be given to `restore` of an engine of equal options. */
  state(): Float64Array;
  restore(state: Float64Array): void;
  /**
   * One epoch on the training set. Returns the mean training objective on the way (dropped, smoothed and weighted,
   * each batch before its update), or null where `shouldStop`, asked every few milliseconds, said so: its weights are
   * then those of no epoch.
   */
  trainEpoch(plan: EngineEpoch, shouldStop: () => boolean): number | null;
  /** Measures a set with nothing dropped; null where it was stopped. Throws RangeError on a set it does not have. */
  measure(set: SetName, shouldStop: () => boolean): EngineMeasurement | null;
  /**
   * What the network answers to the rows of a set with nothing dropped, rows x outputs: probabilities, sigmoids or
   * standardised numbers; null where it was stopped. Throws RangeError on a set it does not have.
   */
  answers(set: SetName, shouldStop: () => boolean): Float64Array | null;
  /** Lets the next engine have the memory. This one must not be used any more. */
  release(): void;
}

/** What an engine is built to work on; the training part is always there. */
export type EngineParts = Readonly<{ train: TrialPart } & Partial<Record<SetName, TrialPart>>>;

/** Builds an engine. Throws FitfirstError NETWORK_TOO_LARGE where it has no room. */
export type EngineFactory = (options: EngineOptions, parts: EngineParts) => Engine;
