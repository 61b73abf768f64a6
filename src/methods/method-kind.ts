import type { z } from 'zod';
import type { Goal } from '../campaign/metric.js';
import type { Parameters, ParameterValue } from '../campaign/parameters.js';
import type { CampaignPlan, PlanOptions } from '../campaign/plan.js';
import type { SearchSpace } from '../campaign/search-space.js';
import type { Comparison } from './comparison.js';
import type { FinishOptions } from './finish.js';
import type { Method } from './method.js';
import type { StopRule } from './stop-rule.js';

/** Checks whether a parameter takes a value. */
interface ValueCheck {
  safeParse(value: unknown): { readonly success: boolean };
}

/** What a trainer declares of itself, as far as methods ask. */
export interface TrainerTraits {
  /**
   * The parameters that it takes, each with its values and the one at which it does nothing; null where names are
   * free.
   */
  readonly parameters: ReadonlyMap<
    string,
    { readonly off: ParameterValue | null; readonly schema: ValueCheck }
  > | null;
}

/** What the options of a method are resolved against. */
export interface PlanContext {
  readonly trainer: TrainerTraits;
  /** The search space of the config. */
  readonly space: SearchSpace;
  /** Parameters that constraints of the config name. */
  readonly constrained: readonly string[];
  /** The budget of a trial where the options say nothing else. */
  readonly epochs: number;
  /** Whether the target is a class or a number; null where that is not known yet. */
  readonly task: 'classification' | 'regression' | null;
  /** The metrics of the training part; null where the trainer reports what it likes. */
  readonly metrics: {
    /** What is wrong with a metric that an option names, as a sentence; null where nothing is. */
    problem(option: string, metric: string): string | null;
    goal(metric: string): Goal | null;
  } | null;
  /** Says that an option names a metric, so that a trainer can be checked for whether it reports it. */
  needMetric(option: string, metric: string): void;
}

/** Takes what is wrong with the options of a method. Who supplies it knows where they stand in a file. */
export interface PlanDiagnostics {
  /** Reports a problem with an option. The path starts at the options of the method; an empty one means all of them. */
  report(path: readonly (string | number)[], sentence: string, at?: 'key' | 'value'): void;
  /** Reports a problem with what the search space says of a parameter. */
  reportParameter(name: string, sentence: string): void;
  /** Whether a problem with a parameter was reported before, so that nothing follows from its absence. */
  isParameterBroken(name: string): boolean;
}

/** What a method works with: known once the data are read. */
export interface MethodContext {
  readonly space: SearchSpace;
  readonly seed: number;
  /** The budget of a trial where the plan says nothing else. */
  readonly epochs: number;
  readonly comparison: Comparison;
  readonly finish: FinishOptions;
  /** Rows of the training part on repeat 1; 0 without data. */
  readonly trainingRows: number;
  /** Settings that the config asks for first; left out where there are none. */
  readonly enqueue?: readonly Parameters[];
  /** What ends the search early; left out or null where nothing does. */
  readonly stop?: StopRule | null;
  /** Fresh repeats on which the best settings of a search run; left out or 0 where none do. */
  readonly confirm?: number;
  /** Whether the constraints of the config allow a setting; left out where there are none. */
  readonly allows?: (parameters: Parameters) => boolean;
  /** Whether the network of a setting fits into memory while it is trained; true where nobody knows. */
  readonly fitsMemory: (parameters: Parameters) => boolean;
  /** What the fit metric could reach on the training part of a repeat: accuracy, or R2. */
  readonly fitCeiling: (repeat: number) => number;
}

/**
 * How a config asks for a method: by its name alone; by a mapping, `method: {name: {options}}`; or by its name with the
 * options in a section of the same name. `missing` is a sentence that says what to write where the options are missing.
 */
export type MethodForm =
  | { readonly kind: 'name' }
  | { readonly kind: 'mapping' | 'section'; readonly missing: string };

/**
 * Keys of a config that go with some methods only: known settings that run first, an early end of the search, an early
 * end of trials, fresh repeats for the best settings of a search, several objectives (`metric.objectives`), and priors
 * (`prior` of a parameter).
 */
export const METHOD_KEYS = ['enqueue', 'stop', 'stop_early', 'confirm', 'objectives', 'prior'] as const;

export type MethodKey = (typeof METHOD_KEYS)[number];

/** One kind of method: all that configs, schemas, messages and runs need to know of it. */
export interface MethodKind<Input = unknown, Options extends PlanOptions = PlanOptions> {
  /** Its name in configs and journals: `fit_first`. */
  readonly name: string;
  /** What it does, as the end of a sentence that begins with its name. */
  readonly description: string;
  readonly form: MethodForm;
  /** Which of the keys in `METHOD_KEYS` go with it; none if left out. */
  readonly supports?: readonly MethodKey[];
  /** Describes its options in a config. */
  schema(trainer: TrainerTraits): z.ZodType<Input>;
  /**
   * The plan that follows from the options. What is wrong with them goes to the diagnostics, and the plan is then not
   * used.
   */
  resolve(input: Input, context: PlanContext, diagnostics: PlanDiagnostics): MethodPlan<Options>;
  /** What `validate` says of the plan: lines of a label and a text. */
  describe?(
    plan: MethodPlan<Options>,
    space: SearchSpace,
  ): readonly (readonly [label: string, text: string])[];
  create(plan: MethodPlan<Options>, context: MethodContext): Method;
}

/** A plan with the options of one kind of method. */
export interface MethodPlan<Options extends PlanOptions = PlanOptions> extends CampaignPlan {
  readonly options: Options;
}
