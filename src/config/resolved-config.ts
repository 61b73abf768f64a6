import type { Metric } from '../campaign/metric.js';
import type { Parameters } from '../campaign/parameters.js';
import type { CampaignPlan } from '../campaign/plan.js';
import type { SearchSpace } from '../campaign/search-space.js';
import type { Constraint } from '../campaign/space/constraint.js';
import type { DataOptions } from '../data/options.js';
import type { ExecutorChoice } from '../execution/kinds/executor-kind.js';
import type { RaceRepeats } from '../methods/comparison.js';
import type { MethodKind } from '../methods/method-kind.js';
import type { StopEarly } from '../methods/stop-early/stop-early.js';
import type { StopRule } from '../methods/stop-rule.js';
import type { OutletChoice } from '../outlets/kinds/outlet-kind.js';
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
  /** Outlets in addition to the files that every run writes. Results do not depend on it. */
  readonly outlets: readonly OutletChoice[];
  readonly metric: Metric;
  /** Objectives in addition to the metric. */
  readonly objectives: readonly Metric[];
  /** The parameters that the config names, in its order. */
  readonly space: SearchSpace;
  /** Conditions on settings, in addition to the domains of their parameters. */
  readonly constraints: readonly Constraint[];
  /** Settings that run first. */
  readonly enqueue: readonly Parameters[];
  /** What ends the search early; null where nothing does. */
  readonly stop: StopRule | null;
  /** The trainer's other parameters that results depend on, at their defaults. */
  readonly defaults: Parameters;
  /** The budget of a trial where no stage has its own: the value of the parameter `epochs`. */
  readonly epochs: number;
  readonly repeats: RaceRepeats;
  /** What searches. */
  readonly methodKind: MethodKind;
  /** What it goes by. */
  readonly plan: CampaignPlan;
  /** When trials are stopped early; null for never. */
  readonly stopEarly: StopEarly | null;
  /** Fresh repeats on which the best settings of a search run; 0 where none do. */
  readonly confirm: number;
  /** Which epoch a trial is judged by: its best on validation, or its last. */
  readonly checkpoint: 'best' | 'last';
  readonly finish: {
    /** The rows that the final network learns from. */
    readonly on: 'training' | 'all';
    /** The number of networks that are handed over as one; left out for a single network. */
    readonly networks?: number;
  };
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
