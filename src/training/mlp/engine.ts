import type { StreamKey } from '../../numeric/keyed-stream.js';
import type { NetworkShape } from './network-shape.js';

/** How weights follow the gradient. */
export type Optimizer =
  | { readonly kind: 'sgd'; readonly momentum: number; readonly nesterov: boolean }
  /** Kingma and Ba 2015, beta 0.9 and 0.999, epsilon 1e-8 outside of the root, bias-corrected. */
  | { readonly kind: 'adam' }
  /** Loshchilov and Hutter 2019: adam, and the weight decay times the rate taken off the weight first. */
  | { readonly kind: 'adamw' };

/** What an engine is built for: nothing in here changes while a trial runs. */
export interface EngineOptions {
  readonly shape: NetworkShape;
  /** Rows of an update; the last of an epoch has what is left. */
  readonly batchSize: number;
  readonly optimizer: Optimizer;
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

/** Rows that an engine trains on or measures. */
export interface Samples {
  readonly rows: number;
  /** rows x inputs, row-major. */
  readonly inputs: Float64Array;
  /** One a row: the class, counted from 0, or the standardised value. */
  readonly targets: Float64Array;
}

/** What one epoch is made of. */
export interface EpochPlan {
  /** Rows of the samples in the order of training. */
  readonly order: Uint32Array;
  /** The learning rate of each update; as many as there are batches. */
  readonly rates: Float64Array;
  /**
   * Key of the epoch's masks. Layer l (0 the inputs, 1 the first hidden layer, ...) draws from a stream of
   * its own, keyed by this and l: one 32-bit number a unit, sample by sample in the order of training; it
   * is dropped where the number is below its share of 2^32.
   */
  readonly maskKey: StreamKey;
}

/** What a network makes of rows, with nothing dropped. */
export interface Measurement {
  /** The plain loss, without smoothing, weights of classes or decay: the mean over rows. */
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
   * One epoch. Returns the mean training objective on the way (dropped, smoothed and weighted, each batch
   * before its update), or null where `shouldStop`, asked every few milliseconds, said so: its weights are
   * then those of no epoch.
   */
  trainEpoch(samples: Samples, plan: EpochPlan, shouldStop: () => boolean): number | null;
  /** Measures rows with nothing dropped; null where it was stopped. */
  measure(samples: Samples, shouldStop: () => boolean): Measurement | null;
}

/** Builds an engine. Throws FitfirstError NETWORK_TOO_LARGE where it has no room. */
export type EngineFactory = (options: EngineOptions) => Engine;
