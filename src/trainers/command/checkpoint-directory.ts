import { constants } from 'node:fs';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrialCheckpoint } from '../../campaign/outcome.js';
import type { TrialSpec } from '../../campaign/trial.js';
import { checkpointName, checkpointsFolder } from '../../execution/checkpoint-path.js';
import type { EpochCount } from '../../execution/epoch-count.js';
import type { RunOptions } from '../../execution/executor.js';
import type { TrialPlaces } from '../../execution/trial-directory.js';

/** Where the program of one attempt finds what a shorter trial left, and leaves something for a longer one. */
export interface CheckpointDirectory {
  readonly path: string;
  /** What the shorter trial left; null if the program finds the directory empty. */
  readonly from: TrialCheckpoint | null;
  /** The checkpoint of the trial that has ended; null if the program left nothing. */
  checkpoint(epochCount: EpochCount): Promise<TrialCheckpoint | null>;
}

/**
 * Makes the directory of an attempt; null if no shorter trial went before and no longer one can follow. Each attempt
 * gets a copy of what the shorter trial left. So an attempt that is interrupted, or runs at the same time, cannot
 * change what the next one finds, and no two programs share a directory.
 */
export async function createCheckpointDirectory(
  places: TrialPlaces,
  spec: TrialSpec,
  { from = null, keepCheckpoint = false }: Pick<RunOptions, 'from' | 'keepCheckpoint'>,
): Promise<CheckpointDirectory | null> {
  if (from === null && !keepCheckpoint) return null;
  const pathOf = (one: TrialSpec): string =>
    join(checkpointsFolder(places.folder), checkpointName(places.identity, one));
  const path = pathOf(spec);
  await rm(path, { recursive: true, force: true });
  const isFilled = from !== null && (await copy(pathOf({ ...spec, epochs: from.epochs }), path));
  await mkdir(path, { recursive: true });
  return {
    path,
    from: isFilled ? from : null,
    async checkpoint(epochCount) {
      if ((await readdir(path)).length === 0) return null;
      return { epochs: spec.epochs, reportsUpTo: spec.epochs, state: Uint8Array.of(epochCount.offset) };
    },
  };
}

async function copy(from: string, to: string): Promise<boolean> {
  try {
    await cp(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE });
    return true;
  } catch {
    await rm(to, { recursive: true, force: true });
    return false;
  }
}
