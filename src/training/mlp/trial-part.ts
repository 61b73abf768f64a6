import type { Dataset } from '../data/dataset.js';
import { type Preparation, prepare, prepareTargets } from '../data/preparation.js';
import { type Scale, spreadOf } from '../evaluation/scores.js';

/** Rows of one part of the data: where they stand, how they are prepared, and what their scores need to know. */
export interface TrialPart {
  readonly dataset: Dataset;
  readonly preparation: Preparation;
  /** Rows of the data set. */
  readonly places: Int32Array;
  /** One a row: the class, counted from 0, or the standardised value. */
  readonly targets: Float64Array;
  readonly scale: Scale;
}

/** Rows as a network takes them. */
export interface Samples {
  readonly rows: number;
  /** rows x inputs, row-major. */
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
}

/** A part of the data; null where it has no rows. */
export function trialPart(dataset: Dataset, preparation: Preparation, places: Int32Array): TrialPart | null {
  if (places.length === 0) return null;
  const targets = prepareTargets(dataset, preparation, places);
  const rows = places.length;
  const { target } = preparation;
  const scale: Scale =
    target.kind === 'class'
      ? { kind: 'class', rows }
      : { kind: 'number', rows, spread: spreadOf(targets), deviation: target.deviation };
  return { dataset, preparation, places, targets, scale };
}

/** The rows of a part, prepared: a copy. */
export function samplesOf(part: TrialPart): Samples {
  const { dataset, preparation, places, targets } = part;
  return { rows: places.length, inputs: prepare(dataset, preparation, places), targets };
}
