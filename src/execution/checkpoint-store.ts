import type { TrialCheckpoint } from '../campaign/outcome.js';
import type { TrialSpec } from '../campaign/trial.js';

/**
 * Keeps checkpoints for as long as they may be used. Nothing depends on them but time: a trial whose checkpoint is not
 * there trains from the start. So a store may lose them, and must not fail.
 */
export interface CheckpointStore {
  /**
   * Trials that may be asked for with up to this many epochs. Checkpoints of trials that do not differ from them in
   * epochs alone are deleted.
   */
  retain(trials: readonly TrialSpec[], maxEpochs: number | null): Promise<void>;
  /** Called when the campaign has ended. What is not to stay is deleted. */
  conclude(chosen: TrialSpec | null): Promise<void>;
  /** Whether a longer trial may follow, or the checkpoint of this one is to stay, so that it should be saved. */
  wants(spec: TrialSpec): boolean;
  save(spec: TrialSpec, checkpoint: TrialCheckpoint): Promise<void>;
  /** Deletes what a trial left that has no checkpoint. */
  discard(spec: TrialSpec): Promise<void>;
  /** The number of epochs of each trial that differs in having fewer and has a checkpoint, the longest first. */
  shorterThan(spec: TrialSpec): Promise<readonly number[]>;
  /** Null if the checkpoint is not there or is damaged. */
  read(spec: TrialSpec): Promise<TrialCheckpoint | null>;
}

/** Keeps nothing. */
export const noCheckpoints: CheckpointStore = {
  retain: async () => {},
  conclude: async () => {},
  wants: () => false,
  save: async () => {},
  discard: async () => {},
  shorterThan: async () => [],
  read: async () => null,
};

/** Which checkpoint directories of programs stay in the results folder. */
export interface KeptCheckpoints {
  /** That of the final trial of the chosen setting, those of all trials that trained all of their epochs, or none. */
  readonly which: 'best' | 'none' | 'all';
  /** Bytes that the checkpoints of a campaign may take, also while it runs. */
  readonly limit: number;
}

/** By default none stay, and those from which trials may go on take 2 GiB at most. */
export const DEFAULT_KEPT_CHECKPOINTS: KeptCheckpoints = { which: 'none', limit: 2 * 1024 * 1024 * 1024 };
