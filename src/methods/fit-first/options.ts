import type { Goal } from '../../campaign/metric.js';
import type { Parameters, ParameterValue } from '../../campaign/parameters.js';
import type { GrowthCaps, OpenGrowth, PlannedDepth } from '../../campaign/plan.js';
import { type SearchSpace, withoutInactive } from '../../campaign/space/conditions.js';
import type { Comparison } from '../comparison.js';
import type { ChoiceRule } from '../finalists.js';
import type { FinishOptions } from '../finish.js';

/** When a network fits. */
export interface FitTarget {
  /** A metric of the training part, exact and with dropout off: `train_accuracy`, `train_r2`. */
  readonly metric: string;
  readonly goal: Goal;
  /** What it has to reach on a repeat; it differs where contradicting rows bound what can be reached. */
  readonly bound: (repeat: number) => number;
  readonly repeats: number;
  /** Repeats on which a setting runs even if it can no longer fit; 1 if left out. */
  readonly leastRepeats?: number;
  /** The share of the repeats that have to reach it; null for a majority. */
  readonly quorum: number | null;
  /** Whether a repeat whose trial failed counts as one that does not fit; else, as usual, it counts for nothing. */
  readonly failedIsUnfit?: boolean;
  /** Whether growth that ends at a plateau found the size that it looked for; else nothing fits then. */
  readonly acceptsPlateau?: boolean;
}

/** Epochs of a trial in each stage. */
export interface FitFirstEpochs {
  readonly grow: number;
  /** Up to how many epochs growing trials go on; left out, they do not. */
  readonly maxGrow?: number;
  readonly dropout: number;
  /** Whether `dropout` was raised to what growth needed; false by default. */
  readonly isRaised?: boolean;
}

/** Draws of the parameters that are searched at every size. */
export interface Draws {
  /** The index of the next draw that was not used yet. */
  readonly next: number;
  readonly at: (index: number) => Parameters;
  /** The part of a setting that is tuned again with dropout. */
  readonly retuned: (setting: Parameters) => Parameters;
}

/** All that the procedure depends on. */
export interface FitFirstOptions {
  /** Names of all parameters, in the order of the config. */
  readonly names: readonly string[];
  /** Their domains and conditions; left out where none has a condition. */
  readonly space?: SearchSpace;
  /** Whether the constraints of the config allow a setting; left out where there are none. */
  readonly allows?: (setting: Parameters) => boolean;
  /** Names of the parameters that vary anywhere, for the sentences. */
  readonly varied: readonly string[];
  /** The grown parameter. */
  readonly grow: string;
  /** Its values, the smallest network first. */
  readonly sizes: readonly ParameterValue[];
  /** How sizes go on past the last of them; null where growth ends there. */
  readonly open: OpenGrowth | null;
  /** What grows where larger sizes stop to help; left out or null where nothing does. */
  readonly depth?: PlannedDepth | null;
  /** The value of the depth parameter that growth is at; left out for the first. */
  readonly layers?: number;
  /** The limits of growth. */
  readonly until: GrowthCaps | null;
  /** Rows that a network learns from; 0 without data. */
  readonly trainingRows: number;
  /** Whether a network can be held in memory; true where nobody knows. */
  readonly fitsMemory: (parameters: Parameters) => boolean;
  /** The regularisers at their off values. */
  readonly off: Parameters;
  /** The settings of the other parameters that are searched at every size. */
  readonly others: readonly Parameters[];
  /** The settings of the regularisers that are tried, the off values among them. */
  readonly dropout: readonly Parameters[];
  /** The values of the parameters that are tuned again with dropout; `[{}]` for none. */
  readonly retune: readonly Parameters[];
  /** The dropout rate by which networks are widened in the race, too; null for none. */
  readonly widen?: string | null;
  /** What is divided by 1 - p in networks that are widened for rate p; null for nothing. */
  readonly raise?: string | null;
  /** Whether sizes between the fitted and the grown one enter the race. */
  readonly between?: boolean;
  /** Sizes above the grown one that enter the race; none if left out. */
  readonly above?: number;
  /** Listed values of regularisers, in rising order, that go on past the largest if it is the best; null for none. */
  readonly beyond?: Readonly<Record<string, readonly number[]>> | null;
  readonly fit: FitTarget;
  readonly epochs: FitFirstEpochs;
  /** How draws of the other parameters are replaced from size to size; left out or null, they stay the same. */
  readonly draws?: Draws | null;
  /**
   * Sizes without improvement on validation after which growing on ends, the size up to which all are tried, and the
   * largest size that it and `above` reach; null leaves growing on out.
   */
  readonly growOn: {
    readonly patience: number;
    readonly atLeast?: number;
    readonly atMost?: number;
  } | null;
  readonly ifNothingFits: 'continue' | 'stop';
  /** Fresh repeats that pick among the finalists, and as many again for the gain; 0 leaves both stages out. */
  readonly confirm: number;
  /** What is handed over: the winner of the search, whatever its confirmation says, or a finalist on fresh repeats. */
  readonly choose: 'search' | ChoiceRule;
  readonly comparison: Comparison;
  readonly finish: FinishOptions;
}

/** One setting out of parts, in the order of the config; later parts win. It has the active parameters alone. */
export function setting(options: FitFirstOptions, ...parts: readonly Parameters[]): Parameters {
  const all: Parameters = Object.assign({}, ...parts);
  const whole = options.names.flatMap((name) => (name in all ? [[name, all[name] ?? 0]] : []));
  return withoutInactive(options.space ?? {}, Object.fromEntries(whole));
}

/** The share of the repeats that have to fit, as a number of repeats; of those that count, where some do not. */
export function repeatsToFit(fit: Pick<FitTarget, 'repeats' | 'quorum'>, missing = 0): number {
  const repeats = fit.repeats - missing;
  return fit.quorum === null
    ? Math.floor(repeats / 2) + 1
    : Math.max(1, Math.ceil(fit.quorum * repeats - 1e-9));
}

/** The value of the depth parameter, as part of a setting; empty where depth does not grow. */
export function depthPart({ depth = null, layers = depth?.values[0] }: FitFirstOptions): Parameters {
  return depth === null || layers === undefined ? {} : { [depth.parameter]: layers };
}

/** Words for the grown parameters at a size: `hidden 32`, or `hidden 32, layers 2`. */
export function formatSize(options: FitFirstOptions, size: ParameterValue): string {
  return formatSizeOf(options, { ...depthPart(options), [options.grow]: size });
}

/** Words for the grown parameters of a setting. */
export function formatSizeOf({ grow, depth = null }: FitFirstOptions, parameters: Parameters): string {
  const size = parameters[grow] ?? 0;
  const words = `${grow} ${Array.isArray(size) ? size.join('-') : String(size)}`;
  return depth === null ? words : `${words}, ${depth.parameter} ${String(parameters[depth.parameter])}`;
}
