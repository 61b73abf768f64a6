import { formatValue } from '../campaign/format-setting.js';
import type { Parameters, ParameterValue } from '../campaign/parameters.js';
import type { CampaignPlan, PlannedDepth } from '../campaign/plan.js';
import { firstSizes, magnitude } from '../campaign/space/sizes.js';
import type { TrialSpec } from '../campaign/trial.js';

/** The options of a method that grows a network. */
export interface GrowthPlan {
  readonly parameter: string;
  /** Its values, the smallest network first; of an open range the first ones. */
  readonly sizes: readonly ParameterValue[];
  /** What grows where larger sizes stop to help; left out where nothing does. */
  readonly depth?: PlannedDepth;
  /** The regularisers at their off values. */
  readonly off: Parameters;
  /** Repeats that have to fit for a size to fit. */
  readonly quorum: number;
  /** Up to how many epochs trials go on that do not fit and still learn; null if none does. */
  readonly maxEpochs: number | null;
  /** The stages in which it grows. */
  readonly stages: readonly string[];
}

/** What of a plan grows; null where nothing does. */
export function growthPlanOf({ growth, regularisers, stages }: CampaignPlan): GrowthPlan | null {
  if (growth === null) return null;
  const { parameter, quorum, depth, maxEpochs = null } = growth;
  const sizes = firstSizes(growth, MAX_SIZES);
  const off = regularisers.flatMap(({ name, off }) => (off === null ? [] : [[name, off] as const]));
  const growing = stages.filter(({ role }) => role === 'grow').map(({ name }) => name);
  return {
    parameter,
    sizes,
    ...(depth && { depth }),
    quorum,
    maxEpochs,
    off: Object.fromEntries(off),
    stages: growing,
  };
}

/** Sizes of an open range that a forecast tells apart. */
const MAX_SIZES = 16;

/** How many sizes there are at all depths together. */
export function sizesIn({ sizes, depth }: GrowthPlan): number {
  return sizes.length * (depth?.values.length ?? 1);
}

/**
 * The index of a trial's size among the sizes, or of the largest that is smaller; 0 if nothing grows. The sizes of a
 * depth follow those of the depth before.
 */
export function sizeOf(spec: TrialSpec, growing: GrowthPlan | null): number {
  if (growing === null) return 0;
  const own = magnitude(spec.parameters[growing.parameter] ?? 0);
  const { sizes, depth } = growing;
  const layers = Number(spec.parameters[depth?.parameter ?? '']);
  const before = Math.max(0, depth?.values.indexOf(layers) ?? 0) * sizes.length;
  const place = sizes.findLastIndex((size) => magnitude(size) <= own);
  return before + Math.max(0, place);
}

/** Whether every regulariser of a trial is off. */
export function isOff(spec: TrialSpec, growing: GrowthPlan | null): boolean {
  if (growing === null) return true;
  return Object.entries(growing.off).every(
    ([name, off]) => formatValue(spec.parameters[name] ?? off) === formatValue(off),
  );
}
