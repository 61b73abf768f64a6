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
  /** Whether a longer trial may follow, so that the checkpoint of this one should be saved. */
  wants(spec: TrialSpec): boolean;
  save(spec: TrialSpec, checkpoint: TrialCheckpoint): Promise<void>;
  /** The number of epochs of each trial that differs in having fewer and has a checkpoint, the longest first. */
  shorterThan(spec: TrialSpec): Promise<readonly number[]>;
  /** Null if the checkpoint is not there or is damaged. */
  read(spec: TrialSpec): Promise<TrialCheckpoint | null>;
}

/** Keeps nothing. */
export const noCheckpoints: CheckpointStore = {
  retain: async () => {},
  wants: () => false,
  save: async () => {},
  shorterThan: async () => [],
  read: async () => null,
};
