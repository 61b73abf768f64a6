import type { Dataset } from '../data/dataset.js';
import { fillValues, type Preparation, prepareTargets } from '../data/prepare/preparation.js';
import { spreadOf, type TargetScale } from '../evaluation/scores.js';
import type { RowSet } from '../kernel/row-set.js';

/** Rows of one part of the data: where they stand, how they are prepared, and what their scores need to know. */
export interface TrialPart {
  readonly dataset: Dataset;
  readonly preparation: Preparation;
  /** Rows of the data set. */
  readonly places: Int32Array;
  /** One a row: the class, counted from 0, or the standardised value. */
  readonly targets: Float64Array;
  readonly scale: TargetScale;
}

/** A part of the data; null where it has no rows. */
export function trialPart(dataset: Dataset, preparation: Preparation, places: Int32Array): TrialPart | null {
  if (places.length === 0) return null;
  const targets = prepareTargets(dataset, preparation, places);
  const rows = places.length;
  const { target } = preparation;
  const scale: TargetScale =
    target.kind === 'class'
      ? { kind: 'class', rows }
      : { kind: 'number', rows, spread: spreadOf(targets), deviation: target.deviation };
  return { dataset, preparation, places, targets, scale };
}

/** The rows of a part as the kernel takes them: fetched from the shared data set, prepared on the way. */
export function rowSetOf({ dataset, preparation, places }: TrialPart): RowSet {
  const { mean, scale, target } = preparation;
  return {
    table: dataset.x,
    rows: places,
    preparation: { mean, scale, fill: fillValues(preparation) },
    targets:
      target.kind === 'class'
        ? { kind: 'class', values: dataset.y }
        : { kind: 'numbers', values: dataset.y, mean: target.mean, scale: 1 / target.deviation },
    weights: null,
  };
}
