import type { RowSet } from './row-set.js';

/** Four 32-bit words that decide a stream of random numbers; words that differ anywhere give another stream. */
export type SeedWords = readonly [number, number, number, number];

/** What one epoch is made of. */
export interface EpochPlan {
  /**
   * Order of the rows: places in the set, each once (`Uint32Array`); a seed to shuffle them by; or null for
   * the set's own order.
   */
  readonly order: Uint32Array | SeedWords | null;
  /** The learning rate of all updates, or one for each of them (as many as there are batches). */
  readonly rate: number | Float64Array;
  /**
   * Seed of the epoch's masks, different for each epoch and repeat. Whether a unit is dropped depends only on this
   * seed, its layer, its own number and the sample's place in the epoch: not on the width of the network, the size of
   * the batch or anything that ran before. Null only if nothing is dropped.
   */
  readonly masks: SeedWords | null;
}

/** What a network makes of rows, with nothing dropped. */
export interface Measurement {
  /**
   * Mean of the plain loss over rows, without smoothing, weights of rows or decay, summed in double precision.
   * Not finite where a weight is not, even if no row shows it.
   */
  readonly loss: number;
  /** Rows whose class is right: the largest output, first of ties; one sigmoid output: above 0.5. 0 for numbers. */
  readonly correct: number;
}

/**
 * A network in the memory of one WebAssembly instance, with everything to train it. The same calls give the
 * same bits on any machine and any version of Node.
 *
 * Weights come and go as one flat array: layer after layer, in each the weights (inputs x outputs,
 * row-major), then its biases where it has any. Widening f32 to double loses nothing.
 */
export interface NetworkKernel<SetName extends string> {
  /** Bytes of memory that the network takes, all of it from the beginning. */
  readonly bytes: number;
  /** Starts from these weights with a fresh optimiser. */
  start(weights: Float64Array): void;
  /** Weights and biases; a copy. */
  weights(): Float64Array;
  /** Everything that training goes on from: weights and the optimiser's memory. For `restore` of equal options. */
  state(): Float64Array;
  restore(state: Float64Array): void;
  /**
   * Trains one epoch on a set. Returns the mean training objective on the way (dropped, smoothed and weighted,
   * each batch before its update; decay not included), or null where `shouldStop`, asked every few
   * milliseconds, said so: the weights are then those of no epoch. Not finite where a weight is not.
   */
  trainEpoch(set: SetName, plan: EpochPlan, shouldStop: () => boolean): number | null;
  /** Measures a set with nothing dropped; null where it was stopped. */
  measure(set: SetName, shouldStop: () => boolean): Measurement | null;
  /** The outputs (probabilities, or standardised numbers) of all rows of a set, rows x outputs; null where stopped. */
  predict(set: SetName, shouldStop: () => boolean): Float64Array | null;
  /** Lets another network have the memory. This one must not be used any more. */
  release(): void;
}

/** Sets by name, as `createNetworkKernel` takes them. */
export type RowSets<SetName extends string> = Readonly<Record<SetName, RowSet>>;
