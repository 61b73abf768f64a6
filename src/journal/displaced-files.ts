import { dirname } from 'node:path';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { shellWord } from '../text/shell-word.js';
import { type FileIdentity, fileAt, isSameFile } from './file-identity.js';
import type { FolderLock } from './lock/lock.js';

/** The files that a run has open in its results folder, as they were when it opened them. */
export interface OpenFiles {
  /** The path of the journal. */
  readonly path: string;
  readonly journal: FileIdentity;
  readonly lock: FolderLock;
}

/**
 * The error that ends a run whose files are no longer at their paths, or null if they are. What is written to a deleted
 * file is lost when the run ends, and without the file `lock` a run on another machine could begin. `bytes` is the
 * length that the journal must have; null while a write is under way.
 */
export async function findDisplaced(
  { path, journal, lock }: OpenFiles,
  bytes: number | null,
): Promise<FitfirstError | null> {
  const folder = dirname(path);
  const [found, isLockInPlace] = await Promise.all([fileAt(path), lock.isInPlace()]);
  if (!isSameFile(journal, found)) {
    const [what, whatToRestore] = (await fileAt(folder)) === null ? [folder, 'folder'] : [path, 'file'];
    return displaced(
      `${what}: was deleted, moved or replaced while a run was writing to it, so the run has stopped. To resume, put ` +
        `the ${whatToRestore} back and run the same command again; if it is gone for good, the campaign starts over.`,
    );
  }
  if (!isLockInPlace) {
    return displaced(
      `${folder}/lock: was deleted or replaced while a run held it, so the run has stopped: two runs at once would ` +
        'destroy the journal. To resume, run the same command again. To follow a campaign while it runs: ' +
        `fitfirst watch ${shellWord(folder)}`,
    );
  }
  if (found !== null && bytes !== null && found.size !== BigInt(bytes)) {
    return displaced(
      `${path}: has ${found.size} bytes where ${bytes} were expected: another program changed it while a run was ` +
        'writing to it, so the run has stopped. Run the same command again: it resumes, or names the first line ' +
        'that is damaged.',
    );
  }
  return null;
}

function displaced(message: string): FitfirstError {
  return new FitfirstError('CAMPAIGN_MISSING', message);
}
