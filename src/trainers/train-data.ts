import type { TrialSpec } from '../campaign/trial.js';
import type { Dataset } from '../data/dataset.js';
import { type Preparation, preparationOf, prepare, prepareTargets } from '../data/prepare/preparation.js';
import { partsOf, trainingAndValidation } from '../data/split/split.js';

/** Rows of one part of the data, prepared as for the built-in trainer: filled, standardised, one-hot. */
export interface TrainDataPart {
  readonly rows: number;
  /** Inputs, row by row: `rows` x `columns`. */
  readonly inputs: Float64Array;
  /** One a row: the class, counted from 0, or the standardised number. */
  readonly targets: Float64Array;
}

/** The data of a trial's repeat. */
export interface TrainData {
  readonly task: 'classification' | 'regression';
  /** Inputs of a row. */
  readonly columns: number;
  /** Names of the classes; null for regression. */
  readonly classes: readonly string[] | null;
  readonly training: TrainDataPart;
  /** Without rows where there is no validation part. */
  readonly validation: TrainDataPart;
  /** The held-out rows, for the finish alone; null in the search, so that no choice can be made by them. */
  readonly test: TrainDataPart | null;
}

/** The prepared data of a trial. The preparation is measured on the rows that it trains on. */
export function trainData(dataset: Dataset, seed: number, spec: TrialSpec): TrainData {
  const parts = partsOf(dataset, seed, spec.repeat);
  const onAll = spec.finish?.on === 'all';
  const training = onAll ? trainingAndValidation(parts) : parts.training;
  const validation = onAll ? new Int32Array() : parts.validation;
  const preparation = preparationOf(dataset, training);
  return {
    task: dataset.task,
    columns: dataset.inputs,
    classes: dataset.classes,
    training: part(dataset, preparation, training),
    validation: part(dataset, preparation, validation),
    test: spec.finish === null ? null : part(dataset, preparation, parts.test),
  };
}

function part(dataset: Dataset, preparation: Preparation, rows: Int32Array): TrainDataPart {
  return {
    rows: rows.length,
    inputs: prepare(dataset, preparation, rows),
    targets: prepareTargets(dataset, preparation, rows),
  };
}
