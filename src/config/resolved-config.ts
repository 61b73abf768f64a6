import type { Goal, Metric } from '../campaign/metric.js';
import type { Parameters, ParameterValue } from '../campaign/parameters.js';
import type { SearchSpace } from '../campaign/search-space.js';
import type { DataOptions } from '../data/options.js';
import type { ExecutorChoice } from '../execution/kinds/executor-kind.js';
import type { ResolvedTrainer } from '../trainers/resolved-trainer.js';
import type { TrainerKind } from '../trainers/trainer-kind.js';

/** A config with everything said: defaults filled in, paths absolute, parameters as domains. */
export interface ResolvedConfig {
  /** Also the name of the campaign's folder. */
  readonly name: string;
  readonly seed: number;
  /** null where a trainer of the user's own brings its data itself. */
  readonly data: DataOptions | null;
  readonly trainerKind: TrainerKind;
  readonly trainer: ResolvedTrainer;
  /** Where trials run. Results do not depend on it. */
  readonly executor: ExecutorChoice;
  readonly metric: Metric;
  /** The parameters that the config names, in its order. */
  readonly space: SearchSpace;
  /** The trainer's other parameters that results depend on, at their defaults. */
  readonly defaults: Parameters;
  /** The budget of a trial where no stage has its own: the value of the parameter `epochs`. */
  readonly epochs: number;
  readonly repeats: { readonly first: number; readonly most: number };
  readonly method: MethodChoice;
  /** Which epoch a trial is judged by: its best on validation, or its last. */
  readonly checkpoint: 'best' | 'last';
  /** The rows that the final network learns from. */
  readonly finish: { readonly on: 'training' | 'all' };
  readonly workers: number | 'auto';
  /** Where to end before the conclusion; null for no such end. */
  readonly budget: {
    /** Hours of one run. */
    readonly hours: number | null;
    /** Trials of the campaign in all. */
    readonly trials: number | null;
  };
  /** Further attempts at a trial whose failure may pass. */
  readonly retries: number;
  /** Trials that may fail in a row. */
  readonly maxFailures: number;
}

/** What searches. */
export type MethodChoice =
  | { readonly kind: 'grid' }
  | { readonly kind: 'random'; readonly trials: number }
  | FitFirstChoice;

/** The options of fit_first. */
export interface FitFirstChoice {
  readonly kind: 'fit_first';
  /** The grown parameter. */
  readonly grow: string;
  /** Its values in rising order, the smallest network first. */
  readonly sizes: readonly ParameterValue[];
  /** The regularisers that are off while the network grows. */
  readonly dropout: readonly string[];
  /** Each of them at its off value. */
  readonly off: Parameters;
  readonly fit: {
    /** A metric of the training part; null for `train_accuracy` or, where the target is a number, `train_r2`. */
    readonly metric: string | null;
    /** What is better in it; null where its name says so. */
    readonly goal: Goal | null;
    readonly reach: 'best_possible' | number;
    readonly repeats: number;
    /** The share of the repeats that have to fit; null for a majority. */
    readonly quorum: number | null;
    /** What a repeat counts as whose trial failed. */
    readonly failed: 'missing' | 'unfit';
  };
  /** How the other free parameters are searched at each size. */
  readonly search: { readonly kind: 'grid' } | { readonly kind: 'random'; readonly trials: number };
  /** null where the advice is followed to the letter. */
  readonly growOn: { readonly patience: number } | null;
  /** Parameters that are tuned again with dropout; those with one value are left out. */
  readonly retune: readonly string[];
  readonly epochs: { readonly grow: number; readonly dropout: number };
  /** Fresh repeats for the gain; 0 leaves the stage out. */
  readonly confirm: number;
  readonly ifNothingFits: 'continue' | 'stop';
}
