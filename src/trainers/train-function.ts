import type { Parameters } from '../campaign/parameters.js';
import type { TrainData } from './train-data.js';

/** What a train function receives besides the parameters. */
export interface TrainContext {
  /** The campaign's seed. Together with `repeat` it should decide every random number. */
  readonly seed: number;
  /** Which repeat of the setting this is, from 1. Another repeat has another initialisation and another shuffle. */
  readonly repeat: number;
  /** How many epochs to train: one report each. */
  readonly epochs: number;
  /** Aborted when the trial is no longer wanted: pass it to whatever can be cancelled. */
  readonly signal: AbortSignal;
  /** `finish` for the last training of the chosen setting, whose model is kept; otherwise `search`. */
  readonly stage: 'search' | 'finish';
  /** Absolute path of a directory for this trial alone, the same for all of its attempts. */
  readonly directory: string;
  /** The prepared data of this repeat; null if the config has no `data`. */
  readonly data: TrainData | null;
  /** For trials that go on where a shorter one ended. A function that does not use it is trained from the start. */
  readonly checkpoint: TrainCheckpoint;
}

/**
 * Lets a trial go on where a shorter trial of the same parameters and repeat ended. It must give the same reports as a
 * trial that is trained in one go. So the state has to hold everything that training depends on: weights, the state of
 * the optimizer, and the state of random generators that are not derived from the epoch.
 */
export interface TrainCheckpoint {
  /**
   * What the shorter trial saved, and its number of epochs; null to train from the start. A function that calls it goes
   * on: its next report is that of the following epoch.
   */
  load(): { readonly epoch: number; readonly state: unknown } | null;
  /**
   * To be called after the last epoch. Keeps a copy of the state, which may be anything that `structuredClone` can
   * copy. Does nothing if no longer trial can follow.
   */
  save(state: unknown): void;
}

/**
 * What a train function yields after an epoch: numbers by name, such as `{ train_loss: 0.2, val_accuracy: 0.9 }`.
 * Epochs are counted automatically; `epoch` is only needed if some epochs are not reported. It counts from 1, or from 0
 * if the first report says 0.
 */
export type TrainReport = Readonly<Record<string, number>>;

/**
 * A trainer as a function: the default export of a module, or a function of the running program. An async generator
 * yields a report after each epoch. An async function returns one report, that of its last epoch.
 */
export type TrainFunction<P> = (
  parameters: P,
  context: TrainContext,
) => AsyncIterable<TrainReport> | Promise<TrainReport>;

/** Returns the function unchanged, with its types checked: for authors of modules. */
export function defineTrainer<P = Parameters>(
  train: (parameters: P, context: TrainContext) => AsyncIterable<TrainReport>,
): (parameters: P, context: TrainContext) => AsyncIterable<TrainReport>;
export function defineTrainer<P = Parameters>(
  train: (parameters: P, context: TrainContext) => Promise<TrainReport>,
): (parameters: P, context: TrainContext) => Promise<TrainReport>;
export function defineTrainer<P>(train: TrainFunction<P>): TrainFunction<P> {
  return train;
}

/** Only the form can be seen from outside; reports are checked one by one when they come. */
export function isTrainFunction(value: unknown): value is TrainFunction<Parameters> {
  return typeof value === 'function';
}
