import type { Dataset } from '../data/dataset.js';
import { type Preparation, prepare, prepareTargets } from '../data/preparation.js';
import { type Scale, spreadOf } from '../evaluation/scores.js';
import type { Samples } from './engine.js';

/** Rows of one part of the data as a network takes them, and what its scores need to know. */
export interface TrialPart extends Samples {
  readonly scale: Scale;
}

/** A part, prepared; null where it has no rows. */
export function trialPart(dataset: Dataset, preparation: Preparation, rows: Int32Array): TrialPart | null {
  if (rows.length === 0) return null;
  const targets = prepareTargets(dataset, preparation, rows);
  const { target } = preparation;
  return {
    rows: rows.length,
    inputs: prepare(dataset, preparation, rows),
    targets,
    scale:
      target.kind === 'class'
        ? { kind: 'class', rows: rows.length }
        : { kind: 'number', rows: rows.length, spread: spreadOf(targets), deviation: target.deviation },
  };
}
