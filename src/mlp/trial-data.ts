import { FitfirstError } from '../campaign/fitfirst-error.js';
import type { Dataset } from '../data/dataset.js';
import { type Preparation, preparationOf } from '../data/prepare/preparation.js';
import { partsOf, trainingAndValidation } from '../data/split/split.js';
import { type TrialPart, trialPart } from './trial-part.js';

/** The parts of the data that a trial sees, and how they are prepared: learned from its training rows alone. */
export interface TrialData {
  readonly preparation: Preparation;
  readonly training: TrialPart;
  /** null where no row is held out for it. */
  readonly validation: TrialPart | null;
  readonly test: TrialPart | null;
}

/** What `trialDataOf` is asked by: the campaign's seed, the repeat, and whether validation rows are learned too. */
interface Asked {
  readonly seed: number;
  readonly repeat: number;
  readonly onAll: boolean;
}

/** Gives a trial its data. */
export type TrialDataSource = (asked: Asked) => TrialData;

/** Splits that are remembered: in a campaign, trials of a few repeats come again and again. */
const MAX_REMEMBERED = 8;

/**
 * The source for a data set. All trials of a repeat see the same, so that the last few answers are kept. Throws
 * FitfirstError DATA_INVALID where no row is left to train on.
 */
export function trialDataOf(dataset: Dataset): TrialDataSource {
  const remembered = new Map<string, TrialData>();
  return (asked) => {
    const key = `${asked.seed} ${asked.repeat} ${asked.onAll}`;
    const data = remembered.get(key) ?? split(dataset, asked);
    // Deleted first, so that it becomes the youngest.
    remembered.delete(key);
    remembered.set(key, data);
    for (const oldest of remembered.keys()) {
      if (remembered.size <= MAX_REMEMBERED) break;
      remembered.delete(oldest);
    }
    return data;
  };
}

function split(dataset: Dataset, { seed, repeat, onAll }: Asked): TrialData {
  const parts = partsOf(dataset, seed, repeat);
  const learned = onAll ? trainingAndValidation(parts) : parts.training;
  const preparation = preparationOf(dataset, learned);
  const training = trialPart(dataset, preparation, learned);
  if (training === null) throw new FitfirstError('DATA_INVALID', 'The training part has no rows.');
  return {
    preparation,
    training,
    validation: onAll ? null : trialPart(dataset, preparation, parts.validation),
    test: trialPart(dataset, preparation, parts.test),
  };
}
