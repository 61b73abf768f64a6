import type { GrowthEnding } from '../../../campaign/finding.js';
import type { Parameters, ParameterValue } from '../../../campaign/parameters.js';
import { magnitude } from '../../../campaign/space/sizes.js';
import type { Settled } from '../../../campaign/trial.js';
import { formatCount, formatNumber, formatPower } from '../../../text/number.js';
import { depthPart, type FitFirstOptions, formatSize, setting } from '../options.js';

/** What growth has taken so far. */
export interface Spent {
  readonly trials: number;
  /** Multiply-adds: weights x training rows x epochs, summed over trials. */
  readonly cost: number;
}

export const NOTHING_SPENT: Spent = { trials: 0, cost: 0 };

/** Trials that are planned: settings, each on all repeats for all epochs. */
export interface PlannedTrials {
  readonly size: ParameterValue;
  readonly settings: readonly Parameters[];
}

/** The limit that ends growth, and the sentence that says what to change. */
export interface LimitReached {
  readonly by: GrowthEnding;
  readonly because: string;
}

/** The settings that are searched at a size: those that the constraints allow. */
export function settingsAt(size: ParameterValue, options: FitFirstOptions): Parameters[] {
  const sized = { ...depthPart(options), [options.grow]: size };
  const settings = options.others.map((other) => setting(options, other, options.off, sized));
  return options.allows === undefined ? settings : settings.filter(options.allows);
}

/** What trials have taken, counted by the epochs that they ran. */
export function spend(spent: Spent, trials: readonly Settled[], options: FitFirstOptions): Spent {
  const cost = trials.reduce(
    (sum, { spec, reports }) => sum + costOf(spec.parameters, reports.last()?.epoch ?? 0, options),
    spent.cost,
  );
  return { trials: spent.trials + trials.length, cost };
}

/**
 * The limit that would be exceeded if these trials ran with all of their epochs; null if none would. The first size is
 * held against memory alone: growth always tries one.
 */
export function limitBefore(
  { size, settings }: PlannedTrials,
  spent: Spent,
  options: FitFirstOptions,
): LimitReached | null {
  const words = formatSize(options, size);
  const ends = `Growth ends before ${words}`;
  if (!settings.every(options.fitsMemory)) {
    const instead =
      spent.trials === 0
        ? 'Begin with a smaller size, or use fewer layers or a smaller batch_size.'
        : 'To go on from here, use fewer layers or a smaller batch_size, and run again with --extend.';
    const because = `${ends}: its network does not fit into the memory that a trial can have, 4 GiB. ${instead}`;
    return { by: 'memory', because };
  }
  const { until } = options;
  if (until === null || spent.trials === 0) return null;
  const goOn = 'Raise it and run again with --extend to go on from here.';
  if (until.size !== null && magnitude(size) > until.size) {
    const because = `${ends}: the largest size is ${until.size} (fit_first.grow_until.size). ${goOn}`;
    return { by: 'size', because };
  }
  const trials = spent.trials + settings.length * options.fit.repeats;
  if (until.trials !== null && trials > until.trials) {
    const because =
      `${ends}: with it, growth would take up to ${formatCount(trials, 'trial')}, and the ` +
      `limit is ${until.trials} (fit_first.grow_until.trials). ${goOn}`;
    return { by: 'trials', because };
  }
  if (until.cost === null) return null;
  const { unit, limit } = until.cost;
  const cost = spent.cost + fullCost(settings, options);
  if (!exceedsCost(cost, options)) return null;
  if (unit === 'multiply-adds') {
    const because =
      `${ends}: with it, growth would take up to ${formatPower(cost)} multiply-adds, and the ` +
      `limit is ${formatPower(limit)} (fit_first.grow_until.cost). ${goOn}`;
    return { by: 'cost', because };
  }
  const share = cost / costOfFirstSize(options);
  const because =
    `${ends}: with it, growth would take up to ${formatNumber(share)} times what the first ` +
    `size takes, and the limit is ${formatNumber(limit)}x (fit_first.grow_until.cost). ` +
    `${goOn}`;
  return { by: 'cost', because };
}

/**
 * The options for one size, if its trials may go on: they go on only as far as the limit on cost allows, even if all of
 * them do.
 */
export function withinCost(size: ParameterValue, spent: Spent, options: FitFirstOptions): FitFirstOptions {
  const { grow, maxGrow = grow } = options.epochs;
  if (maxGrow <= grow) return options;
  const each = fullCost(settingsAt(size, options), options) / grow;
  let allowed = grow;
  while (allowed < maxGrow) {
    const longer = Math.min(maxGrow, 2 * allowed);
    if (exceedsCost(spent.cost + each * longer, options)) break;
    allowed = longer;
  }
  return { ...options, epochs: { ...options.epochs, maxGrow: allowed } };
}

function exceedsCost(cost: number, options: FitFirstOptions): boolean {
  const limit = options.until?.cost ?? null;
  if (limit === null) return false;
  return cost > limit.limit * (limit.unit === 'multiply-adds' ? 1 : costOfFirstSize(options));
}

function costOfFirstSize(options: FitFirstOptions): number {
  const [first] = options.sizes;
  if (first === undefined) return Number.POSITIVE_INFINITY;
  const { layers: _, ...atFirst } = options;
  return fullCost(settingsAt(first, atFirst), options);
}

function fullCost(settings: readonly Parameters[], options: FitFirstOptions): number {
  const { repeats } = options.fit;
  return settings.reduce((sum, one) => sum + repeats * costOf(one, options.epochs.grow, options), 0);
}

function costOf(parameters: Parameters, epochs: number, options: FitFirstOptions): number {
  return options.comparison.cost(parameters) * options.trainingRows * epochs;
}
