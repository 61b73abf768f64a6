/** A metric that the campaign needs, for trainers that can tell whether they will report it. */
export interface NeededMetric {
  /** Where the config names it: `metric.name`, or an option of the method. */
  readonly key: string;
  readonly name: string;
  /** Whether nothing in the config names it, so that it is the default. */
  readonly isDefault: boolean;
}

/** What the section `trainer` is resolved against. */
export interface TrainerResolveContext {
  /** The config's folder, an absolute path. */
  readonly folder: string;
  /** Names of the parameters in the config. */
  readonly parameters: readonly string[];
  /** Those of them that have a condition, so that they are absent from some settings; left out where none has. */
  readonly conditional?: readonly string[];
  readonly metrics: readonly NeededMetric[];
  /** How the config spells numbers that a program would print otherwise, by parameter, then by number: `0.0`. */
  readonly spellings: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Adds a diagnostic at a path of the config, such as `['trainer', 'cwd']`. */
  readonly report: (path: readonly (string | number)[], sentence: string) => void;
}
