import type { ParameterValue } from '../campaign/parameters.js';
import type { CustomMethod } from '../methods/custom-method.js';
import type { CustomExecutor, ExecutorConfig } from './custom-executor.js';
import type { DataConfig } from './data-config.js';
import type { InlineTrainerConfig } from './inline-trainer.js';
import type { MethodConfig } from './methods.js';

/** The values that one parameter may take, in the words of the config file. A bare value is a constant. */
export type ParameterConfig = number | string | boolean | (DomainConfig & ConditionConfig & PriorConfig);

/** The parameter is active only in settings in which the others have one of these values. */
interface ConditionConfig {
  readonly when?: Readonly<Record<string, ParameterValue | readonly ParameterValue[]>>;
}

/** Where good values are expected. Every second draw follows it, and the others ignore it. */
interface PriorConfig {
  readonly prior?: { readonly center: ParameterValue; readonly spread?: number };
}

type DomainConfig =
  | { readonly value: ParameterValue }
  | { readonly values: readonly ParameterValue[]; readonly probabilities?: readonly number[] }
  | {
      /** Both bounds are included. Whole bounds make whole numbers, unless `distribution` says otherwise. */
      readonly min: number;
      readonly max: number;
      readonly distribution?:
        | 'uniform'
        | 'int_uniform'
        | 'q_uniform'
        | 'log_uniform_values'
        | 'q_log_uniform_values';
      /** Values are multiples of this. */
      readonly q?: number;
    }
  /** Sizes without end, for the parameter that `fitFirst` grows. */
  | { readonly from: ParameterValue; readonly times?: number }
  | { readonly from: ParameterValue; readonly plus: number }
  | {
      readonly distribution: 'normal' | 'q_normal';
      readonly mu: number;
      readonly sigma: number;
      readonly q?: number;
      readonly min?: number;
      readonly max?: number;
    };

/** The search space: what each parameter may be. */
export type SpaceConfig = Readonly<Record<string, ParameterConfig>>;

type ValueOf<Config> = Config extends { readonly values: readonly (infer Value)[] }
  ? Value
  : Config extends { readonly value: infer Value }
    ? Value
    : Config extends object
      ? number
      : Config;

/** One setting of a space: the value of every active parameter, as a trainer gets it. */
export type Setting<Space extends SpaceConfig> = {
  readonly [Name in keyof Space]:
    | ValueOf<Space[Name]>
    | (Space[Name] extends { readonly when: object } ? undefined : never);
};

/** A trainer in a file of its own, which runs in worker threads. */
export interface ModuleTrainerConfig {
  /** Path of an ES module whose default export is the trainer, relative to the working directory. */
  readonly module: string;
  /** Further files, or patterns: if one changes, the campaign does not simply go on. */
  readonly files?: readonly string[];
  /** Counts instead of what the files hold. */
  readonly version?: string | number;
}

/** A place from which metrics of a program are read. */
type ReportSourceConfig =
  | 'file'
  | 'stdout'
  | (ReportOptionsConfig &
      (
        | { readonly pattern: string | readonly string[]; readonly from?: 'stdout' | 'stderr' }
        | {
            readonly file: string;
            readonly format?: 'csv' | 'jsonl' | 'json';
            readonly metrics?: Readonly<Record<string, string>>;
          }
        | { readonly tensorboard: string; readonly metrics?: Readonly<Record<string, string>> }
      ));

interface ReportOptionsConfig {
  readonly epoch?: string;
  readonly once?: boolean;
}

/** A config file of the program, written for each trial. */
interface ConfigFileConfig {
  readonly template?: string;
  readonly set: Readonly<Record<string, string | number | boolean | readonly (string | number | boolean)[]>>;
}

/** Any program as a trainer. `examples/README.md` describes each key. */
export interface CommandTrainerConfig {
  readonly command: readonly string[];
  readonly program?: string;
  readonly files?: readonly string[];
  readonly version?: string | number;
  readonly config_files?: Readonly<Record<string, ConfigFileConfig>>;
  readonly report?: ReportSourceConfig | readonly ReportSourceConfig[];
  readonly evaluate?:
    | readonly string[]
    | { readonly command: readonly string[]; readonly pattern?: string | readonly string[] };
  readonly timeout?: string;
  readonly max_rss?: string;
  readonly grace?: string;
  readonly env?: Readonly<Record<string, string | number | boolean>>;
  readonly cwd?: string;
  readonly keep?: { readonly checkpoints?: 'best' | 'none' | 'all'; readonly limit?: string };
  readonly resources?: Readonly<
    Record<string, number | { readonly each?: number; readonly of: number | readonly (string | number)[] }>
  >;
}

/** A trainer that a config file can name. */
export type FileTrainerConfig = 'mlp' | ModuleTrainerConfig | CommandTrainerConfig;

/** Any trainer for settings of a space. The space decides the type of the settings, never the function. */
export type TrainerConfig<Space extends SpaceConfig> =
  | FileTrainerConfig
  | InlineTrainerConfig<NoInfer<Setting<Space>>>;

/** What a campaign is: the keys of a config file, as an object. Left out, each has the default of the config file. */
export interface CampaignConfig<Space extends SpaceConfig = SpaceConfig, Trainer = TrainerConfig<Space>> {
  /** Name of the campaign and of its folder in `results`. Default: that of the data file, else `campaign`. */
  readonly name?: string;
  /** All randomness follows from it. Default: 1. */
  readonly seed?: number;
  /** Left out if the trainer brings its own data. */
  readonly data?: DataConfig;
  /**
   * What trains: a function of the program, a module in threads, or a program of its own. Default: the built-in
   * network,
   * `mlp`.
   */
  readonly trainer?: Trainer;
  readonly parameters: Space;
  /** What settings have to satisfy, as in `hidden * layers <= 1024`. */
  readonly where?: string | readonly string[];
  /** Settings that run first; parameters that they leave out are drawn. */
  readonly enqueue?: readonly Readonly<Record<string, ParameterValue>>[];
  /** Ends the search early. */
  readonly stop?: { readonly no_improvement?: number; readonly target?: number };
  /** What the campaign optimises. Default: `val_loss`. */
  readonly metric?: {
    readonly name: string;
    readonly goal?: 'minimize' | 'maximize';
    /** Further objectives: metrics, or `weights` and `multiply_adds` of the built-in network. */
    readonly objectives?: readonly { readonly name: string; readonly goal?: 'minimize' | 'maximize' }[];
  };
  /**
   * What searches: `fitFirst(...)`, `grid()`, `random(...)`, `sobol(...)`, `tpe(...)`, `halving(...)`,
   * `hyperband(...)`, or a method of the program. Default: fit_first.
   */
  readonly method?: MethodConfig | CustomMethod;
  readonly repeats?:
    | number
    | {
        readonly first?: number;
        readonly most?: number;
        /** Which settings leave the race: the worse half, or those that are worse by paired tests. Default: halving. */
        readonly eliminate?: 'halving' | 'paired';
        /** Repeats before the first paired test. Default: 5. */
        readonly first_test?: number;
      };
  /** Stops trials that fall behind, or that no longer improve for a share of their epochs. Default: off. */
  readonly stop_early?:
    | 'off'
    | 'median'
    | {
        readonly percentile?: number;
        readonly warmup?: number;
        readonly window?: number;
        readonly patience?: number;
      };
  /** Fresh repeats on which the best settings of a search run; one of them is chosen there. */
  readonly confirm?: number;
  readonly checkpoint?: 'best' | 'last';
  readonly finish?: { readonly on?: 'training' | 'all'; readonly networks?: number };
  readonly retries?: number;
  readonly max_failures?: number;
  readonly budget?: { readonly hours?: number; readonly trials?: number };
  readonly workers?: number | 'auto';
  /**
   * What runs the trials: a built-in executor by its name or with its options, or one that the program brings. Default:
   * by the trainer.
   */
  readonly executor?: ExecutorConfig | CustomExecutor;
}

/** A config of any search space. */
export type AnyCampaignConfig = CampaignConfig<SpaceConfig, unknown>;

/** Gives the config back as it is, with its types checked. */
export function defineConfig<const Space extends SpaceConfig>(
  config: CampaignConfig<Space, FileTrainerConfig>,
): CampaignConfig<Space, FileTrainerConfig>;
export function defineConfig<const Space extends SpaceConfig>(
  config: CampaignConfig<Space>,
): CampaignConfig<Space>;
export function defineConfig(config: AnyCampaignConfig): AnyCampaignConfig {
  return config;
}
