import writeFileAtomic from 'write-file-atomic';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { errorReason } from '../text/error-reason.js';

/**
 * Writes a file whole: readers see the old contents or the new, and a crash leaves one of the two. Its folder must
 * exist: a results folder that was deleted must not come back without its journal. `mode` has the permissions; without
 * it they stay as they are, or follow the user's mask. Throws `RESULTS_UNWRITABLE`, with the path and the system's
 * reason.
 */
export async function writeFile(path: string, contents: string | Uint8Array, mode?: number): Promise<void> {
  try {
    const bytes = typeof contents === 'string' ? contents : Buffer.from(contents);
    await writeFileAtomic(path, bytes, mode === undefined ? {} : { mode });
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** The failure to write below a results folder, in words. */
export function unwritable(path: string, cause: unknown): FitfirstError {
  return new FitfirstError(
    'RESULTS_UNWRITABLE',
    `${path}: cannot be written: ${errorReason(cause)}. Free some space, check the ` +
      'permissions, or name another folder with --out; what the journal holds is safe.',
    { cause },
  );
}
