import { prepare } from '../../../src/data/prepare/preparation.js';
import type { TrialPart } from '../../../src/mlp/trial-part.js';

/** Rows as a network takes them. */
export interface Samples {
  readonly rows: number;
  /** rows x inputs, row-major. */
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
}

/** The rows of a part, prepared: a copy. */
export function samplesOf(part: TrialPart): Samples {
  const { dataset, preparation, places, targets } = part;
  return { rows: places.length, inputs: prepare(dataset, preparation, places), targets };
}
