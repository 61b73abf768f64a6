import type { z } from 'zod';
import type { Goal } from '../campaign/metric.js';
import type { Parameters, ParameterValue } from '../campaign/parameters.js';
import type { ProgramForm } from '../execution/trainer-program.js';
import type { TrainerResolveContext } from './resolve-context.js';
import type { ResolvedTrainer } from './resolved-trainer.js';

/** What the target asks for: a class or a number. */
export type Task = 'classification' | 'regression';

/** A parameter that a trainer declares. */
export interface DeclaredParameter {
  /** The values that it takes. */
  readonly schema: z.ZodType<ParameterValue>;
  /** What it is where a config does not name it; null where it then has no value. */
  readonly initial: ParameterValue | null;
  /** The value at which it does nothing; null for a parameter that cannot be switched off. */
  readonly off: ParameterValue | null;
  readonly description: string;
}

/** The scores that a trainer reports of each part of the data, and which values of them are better. */
export type MetricCatalog = Readonly<Record<Task, Readonly<Record<string, Goal>>>>;

/** One kind of trainer. A config names it under `trainer`; everything that differs between kinds is asked here. */
export interface TrainerKind<Schema extends z.ZodType = z.ZodType> {
  /** The word under `trainer` where `isMapping` is false, else the key of the mapping by which it is chosen. */
  readonly kind: string;
  readonly isMapping: boolean;
  /** A short value under `trainer`, for messages: `{module: ./train.js}`. */
  readonly example: string;
  /** Keys at the root of a config that belong to this kind, as a sweep of W&B's has them. */
  readonly rootKeys: readonly string[];
  /** The whole value under `trainer`. */
  readonly schema: Schema;
  /** How its programs are started, which decides the executors that run them. */
  readonly form: ProgramForm;
  /** What a sentence calls the user's own part: `your module`; null where the trainer is fitfirst's own. */
  readonly label: string | null;
  /** Whether a config needs the section `data`. */
  readonly needsData: boolean;
  /** Whether trials are cheap: settings then repeat by default, and a dry run times trials without being asked. */
  readonly isCheap: boolean;
  /** The parameters that it takes; null where names and values are free. */
  readonly parameters: ReadonlyMap<string, DeclaredParameter> | null;
  /** The metrics that it reports; null where it reports what it likes. */
  readonly metrics: MetricCatalog | null;
  /** The parameters that a config does not name and that results depend on, each at its default. */
  fixedParameters(named: readonly string[]): Parameters;
  /**
   * What a task forbids among some parameters of a config, one sentence for each problem; nothing where all is well.
   */
  taskProblems(parameters: Parameters, task: Task): readonly string[];
  /** The trainer with defaults and absolute paths. Reports what is wrong to the context and goes on. */
  resolve(input: z.output<Schema>, context: TrainerResolveContext): ResolvedTrainer;
}

/** Gives the kind back as it is, with its types checked. */
export function defineTrainerKind<Schema extends z.ZodType>(kind: TrainerKind<Schema>): TrainerKind<Schema> {
  return kind;
}
