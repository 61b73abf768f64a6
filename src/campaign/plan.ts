import type { Json } from './canonical-json.js';
import type { Goal } from './metric.js';
import type { ParameterValue } from './parameters.js';

/**
 * What a stage is for. `search` compares settings of the whole space; `grow` goes from size to size; `race` compares
 * settings that earlier stages lead to; `select` picks one of the finalists on fresh repeats; `confirm` runs the
 * choice and its baseline on fresh repeats; `finish` trains the networks that are handed over.
 */
export const stageRoles = ['search', 'grow', 'race', 'select', 'confirm', 'finish'] as const;

export type StageRole = (typeof stageRoles)[number];

/** A stage of a plan. */
export interface PlannedStage {
  readonly name: string;
  readonly role: StageRole;
}

/** What grows, and when a size fits. */
export interface PlannedGrowth {
  /** The grown parameter. */
  readonly parameter: string;
  /** Its values, the smallest network first. */
  readonly sizes: readonly ParameterValue[];
  /** What grows where larger sizes stop improving the training metric; left out where nothing does. */
  readonly depth?: PlannedDepth;
  /** The metric that has to reach a target, and which values of it are better. */
  readonly metric: string;
  readonly goal: Goal;
  /** Repeats of a setting at a size, and how many of them have to reach the target. */
  readonly repeats: number;
  readonly quorum: number;
  /** Up to how many epochs trials go on that do not fit and still learn; left out, none does. */
  readonly maxEpochs?: number;
  /** How growth goes on past the listed sizes; null where it ends with them. */
  readonly open: OpenGrowth | null;
  /** What ends growth besides a fit, a plateau and the last size; null where nothing does. */
  readonly until: GrowthCaps | null;
}

/** A second parameter that grows, usually the number of layers. */
export interface PlannedDepth {
  readonly parameter: string;
  /** Its values in rising order. */
  readonly values: readonly number[];
}

/** How a size follows from the one before. */
export interface SizeStep {
  readonly kind: 'times' | 'plus';
  readonly by: number;
}

/** Growth without a last size. */
export interface OpenGrowth {
  readonly step: SizeStep;
  /**
   * Where a size fits, sizes between it and the largest that does not fit are tried until their ratio is at most this;
   * null where no sizes between are tried.
   */
  readonly resolution: number | null;
}

/** Limits of growth; null where there is no such limit. Growth ends before the first size that would exceed one. */
export interface GrowthCaps {
  /** In multiply-adds of training (weights x training rows x epochs), or as a multiple of what the first size takes. */
  readonly cost: { readonly unit: 'multiply-adds' | 'first-size'; readonly limit: number } | null;
  /** Trials of all sizes together. */
  readonly trials: number | null;
  /** The largest size; of a list of widths their sum. */
  readonly size: number | null;
}

/** A parameter that can be switched off. */
export interface Regulariser {
  readonly name: string;
  /** The value at which it does nothing; null where version 0.1.0 began the campaign, which did not record it. */
  readonly off: ParameterValue | null;
}

/**
 * What a method goes by, worked out before the first trial, as plain JSON. The first event of a campaign holds it.
 * Views read it, and a campaign goes on only under an equal one, so equal plans have to give equal canonical JSON.
 */
export interface CampaignPlan {
  /** The stages that the method goes through, in order. */
  readonly stages: readonly PlannedStage[];
  /** null for methods that grow nothing. */
  readonly growth: PlannedGrowth | null;
  /** Settings that have all of these off are baselines; empty for methods without a baseline. */
  readonly regularisers: readonly Regulariser[];
  /** The method's own options with their defaults, in the words of the config file. */
  readonly options: PlanOptions;
}

export type PlanOptions = { readonly [name: string]: Json };
