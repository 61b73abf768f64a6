import type { ParameterValue } from '../campaign/parameters.js';

/** Options of the method `fit_first`, in the words of the config file. */
export interface FitFirstConfig {
  /** The parameter that grows, usually `hidden`. */
  readonly grow: string;
  /** Parameters that are off while the network grows and are tuned afterwards. */
  readonly dropout: readonly string[];
  readonly fit?: {
    readonly metric?: string;
    readonly goal?: 'minimize' | 'maximize';
    readonly reach?: 'best_possible' | 'plateau' | number;
    readonly repeats?: number;
    readonly least_repeats?: number;
    readonly failed?: 'missing' | 'unfit';
  };
  readonly quorum?: number;
  readonly search?:
    | 'grid'
    | { readonly method: 'grid' }
    | { readonly method: 'random' | 'sobol'; readonly trials: number };
  readonly grow_on?: { readonly patience?: number; readonly at_least?: number; readonly at_most?: number };
  /** Whether a list of sizes goes on past its end. */
  readonly beyond?: boolean;
  readonly resolution?: number;
  readonly grow_until?: { readonly cost?: string | number; readonly trials?: number; readonly size?: number };
  /** A dropout rate that networks are widened with, usually `dropout`. */
  readonly widen?: string;
  readonly between?: boolean;
  /** Sizes above the grown one in the race over dropout. */
  readonly above?: number;
  readonly strict?: boolean;
  readonly retune?: readonly string[];
  /** `auto` lets trials that still learn go on, up to `most` (such as `8x`) of their epochs. */
  readonly epochs?: { readonly grow?: number | 'auto'; readonly most?: string; readonly dropout?: number };
  readonly confirm?: number;
  readonly if_nothing_fits?: 'continue' | 'stop';
  /** The value at which a parameter under `dropout` is off, if that is not 0; for external trainers. */
  readonly off?: Readonly<Record<string, ParameterValue>>;
}

/** Options of the method `tpe`, in the words of the config file. */
export interface TpeConfig {
  /** Settings to propose. */
  readonly trials: number;
  /** Settings at the start that fill the search space evenly. Default: 8. */
  readonly start?: number;
  /** A proposal knows the results of all settings but the last `window` - 1. Default: 8. */
  readonly window?: number;
}

/** Options of the method `halving`, in the words of the config file. */
export interface HalvingConfig {
  /** Settings to start with. */
  readonly trials: number;
  /** From rung to rung, the best 1 / `eta` of the settings go on, with `eta` times the epochs. Default: 3. */
  readonly eta?: number;
  /** The fewest epochs after which settings are compared. Default: 1. */
  readonly min_epochs?: number;
  /** The epochs of the last rung. Default: the parameter `epochs`. */
  readonly max_epochs?: number;
  /** Where settings are from. Default: random for `halving`, tpe for `hyperband`. */
  readonly sampler?: 'random' | 'sobol' | 'tpe';
}

/** Options of the method `hyperband`, in the words of the config file. */
export interface HyperbandConfig extends Omit<HalvingConfig, 'trials'> {
  /** How often all brackets run, with new settings. Default: 1. */
  readonly rounds?: number;
  /** A bracket begins when fewer trials than this are open. Default: 8. */
  readonly window?: number;
}

/** The keys of a config that say what searches. */
export interface MethodConfig {
  readonly method:
    | 'fit_first'
    | 'grid'
    | { readonly random: { readonly trials: number } }
    | { readonly sobol: { readonly trials: number } }
    | { readonly tpe: TpeConfig }
    | { readonly halving: HalvingConfig }
    | { readonly hyperband: HyperbandConfig };
  readonly fit_first?: FitFirstConfig;
}

/** Grow the network without dropout until it fits, then tune dropout. `docs/procedure.md` describes each option. */
export function fitFirst(options: FitFirstConfig): MethodConfig {
  return { method: 'fit_first', fit_first: options };
}

/** Every combination of the listed values. */
export function grid(): MethodConfig {
  return { method: 'grid' };
}

/** Settings drawn at random. */
export function random(options: { readonly trials: number }): MethodConfig {
  return { method: { random: { trials: options.trials } } };
}

/** Settings that fill the search space evenly. */
export function sobol(options: { readonly trials: number }): MethodConfig {
  return { method: { sobol: { trials: options.trials } } };
}

/** Settings that earlier results suggest, by a tree-structured Parzen estimator. */
export function tpe(options: TpeConfig): MethodConfig {
  return { method: { tpe: options } };
}

/** Many settings with few epochs, of which the best go on with more. */
export function halving(options: HalvingConfig): MethodConfig {
  return { method: { halving: options } };
}

/** Successive halving from different numbers of epochs. */
export function hyperband(options: HyperbandConfig = {}): MethodConfig {
  return { method: { hyperband: options } };
}
