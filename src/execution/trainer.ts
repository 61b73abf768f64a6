import type { Metric } from '../campaign/metric.js';
import type { TrainedNetwork, TrialCheckpoint } from '../campaign/outcome.js';
import type { Report } from '../campaign/report.js';
import type { TrialSpec } from '../campaign/trial.js';

/** What a trainer says once, of the whole trial. */
export interface ReportedOnce {
  readonly metrics: Readonly<Record<string, number>>;
  /** Sentences for people, without a full account of one trial: equal ones are shown once. */
  readonly notes: readonly string[];
}

/** What a trainer gets in addition to the spec. */
export interface TrainerContext {
  /** The campaign's seed, from which every stream of random numbers is keyed. */
  readonly seed: number;
  /** What the campaign optimises: a trial that keeps its best epoch keeps the best by this. */
  readonly metric: Metric;
  /** True as soon as the trial is to end; to be asked every few milliseconds of work. */
  readonly shouldStop: () => boolean;
  /**
   * What `onCheckpoint` received from a trial that differs in having fewer epochs; null to train from the start. A
   * trainer that cannot go on from it, or does not know how, trains from the start too.
   */
  readonly from: TrialCheckpoint | null;
  /** To be called after the last epoch with the state from which a longer trial goes on; null if none can follow. */
  readonly onCheckpoint: ((checkpoint: TrialCheckpoint) => void) | null;
  /**
   * To be called at most once, before the trainer ends: metrics of the whole trial, which belong to no epoch, and
   * sentences about how its reports were read. Left out by a caller that has no use for them.
   */
  readonly onceReported?: ((once: ReportedOnce) => void) | undefined;
  /** The saved networks of a committee's members; left out for other trials, and if they have to be trained again. */
  readonly members?: readonly Uint8Array[] | undefined;
}

/**
 * Turns a spec into reports, epoch by epoch, and a network. Yields one report an epoch (or every
 * `report_every` epochs, and always the last) and returns the network where the spec has a `finish`, else
 * null. A report with a number that is not finite says that the trial has diverged, and one that reaches `spec.until`
 * that it fits: the caller then closes the generator. It returns null once `shouldStop()`. A trainer that goes on
 * yields the reports of the later epochs only.
 */
export interface Trainer {
  train(spec: TrialSpec, context: TrainerContext): AsyncGenerator<Report, TrainedNetwork | null, void>;
}
