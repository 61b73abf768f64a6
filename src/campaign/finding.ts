import type { Metric } from './metric.js';
import type { Parameters, ParameterValue } from './parameters.js';

/** A mean over repeats; the standard error is null with one repeat. */
export interface MeanOverRepeats {
  readonly mean: number;
  readonly standardError: number | null;
  readonly repeats: number;
}

/** A mean over repeats with its 95 % interval; the bounds are null with one repeat. */
export interface MeanWithInterval {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly repeats: number;
}

/** A setting of a Pareto front, with a mean for each objective. */
export interface FrontSetting {
  readonly parameters: Parameters;
  readonly values: readonly MeanWithInterval[];
}

/** Codes of warnings, for programs. The sentence `because` is for people. */
export const warningCodes = [
  'contradicting-rows',
  'duplicates-across-parts',
  'input-dropout-high',
  'nothing-fits',
  'no-interval',
  'no-test-part',
  'dropout-does-not-help',
  'trials-failed',
  'trials-diverged',
  'test-metric-in-search',
  'class-imbalance',
  'classes-missing-in-part',
  'fixed-split',
  'many-categories',
  'missing-filled',
  'order-unknown',
  'rows-dropped',
  'unseen-categories',
  'at-edge-of-range',
  'committee-incomplete',
  'repeats-identical',
  'metric-unchanging',
  'parameters-ignored',
  'epochs-apart',
  'reports-noted',
] as const;

/** Why growth ended: a size fits, sizes stopped to improve, the list has no more, or a limit was reached. */
export const growthEndings = ['fit', 'plateau', 'list', 'cost', 'trials', 'size', 'memory'] as const;

export type GrowthEnding = (typeof growthEndings)[number];

export type WarningCode = (typeof warningCodes)[number];

/** Something that was decided or noticed, with the sentence that explains it. */
export type Finding = { readonly because: string } & (
  | {
      /** Whether one value of the grown parameter fits. */
      readonly kind: 'size';
      readonly parameter: string;
      readonly size: ParameterValue;
      /** The value of the depth parameter, where depth grows, too; left out otherwise. */
      readonly depth?: number;
      readonly fits: boolean;
      /** Of the setting that fits best: repeats that reached the target, and repeats that ran. */
      readonly repeatsFit: number;
      readonly metric: string;
      readonly training: MeanOverRepeats | null;
      /** Mean number of epochs to the fit, over the repeats that fit; null if none does. */
      readonly epochsToFit: number | null;
      /** The epochs of the longest trial, if trials of this size went on; left out otherwise. */
      readonly epochs?: number;
    }
  /** Larger sizes stopped to help, so depth grows by one value. `from` is the size with which it starts. */
  | {
      readonly kind: 'deeper';
      readonly parameter: string;
      readonly value: number;
      readonly from: ParameterValue;
    }
  /** The largest listed value of a regulariser was the best, so larger ones are tried. */
  | {
      readonly kind: 'range-extended';
      readonly parameter: string;
      readonly from: number;
      readonly values: readonly number[];
    }
  /** One setting was left of a race before its last repeat, by a paired test over these repeats. */
  | {
      readonly kind: 'race-ended';
      readonly test: 'friedman' | 'wilcoxon';
      readonly p: number;
      readonly repeats: number;
    }
  /** Why growth ended. Only for growth that is open, limited, or may end at a plateau. */
  | { readonly kind: 'growth-ended'; readonly by: GrowthEnding }
  | { readonly kind: 'fitted'; readonly parameters: Parameters | null }
  | { readonly kind: 'grown'; readonly parameters: Parameters | null }
  /** What dropout at the fitted size alone would have chosen. Its mean is left out in older journals. */
  | { readonly kind: 'strict'; readonly parameters: Parameters; readonly validation?: MeanOverRepeats }
  | {
      readonly kind: 'chosen';
      readonly parameters: Parameters;
      readonly epochs: number;
      readonly validation: MeanOverRepeats;
      /** The 95 % interval of the mean, where finalists of a search ran on fresh repeats; left out otherwise. */
      readonly interval?: { readonly low: number; readonly high: number };
    }
  | {
      readonly kind: 'baseline';
      readonly parameters: Parameters;
      readonly epochs: number;
      readonly validation: MeanOverRepeats;
    }
  /** The settings that no other dominates, the best in the first objective first. */
  | {
      readonly kind: 'front';
      readonly objectives: readonly Metric[];
      readonly settings: readonly FrontSetting[];
    }
  /** Settings that cannot be distinguished from the best, the smallest network first. */
  | { readonly kind: 'ties'; readonly settings: readonly Parameters[] }
  /** Chosen setting against baseline on fresh repeats. Positive is better. The bounds are null with one repeat. */
  | {
      readonly kind: 'gain';
      readonly mean: number;
      readonly low: number | null;
      readonly high: number | null;
      readonly repeats: number;
      /** The smallest difference that this many repeats could have shown. */
      readonly detectable: number | null;
    }
  | {
      readonly kind: 'warning';
      readonly code: WarningCode;
      readonly numbers: Readonly<Record<string, number | string>>;
    }
);
