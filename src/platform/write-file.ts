import { chmod, type FileHandle, stat, writeFile as writeBytes } from 'node:fs/promises';
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
    // The library calls the system once, which accepts a part of the bytes where the disk becomes full.
    const tmpfileCreated = (temporary: string): Promise<void> => writeWhole(temporary, contents);
    await writeFileAtomic(path, '', mode === undefined ? { tmpfileCreated } : { mode, tmpfileCreated });
  } catch (error) {
    throw unwritable(path, error);
  }
}

async function writeWhole(temporary: string, contents: string | Uint8Array): Promise<void> {
  // It has the permissions of the file that it replaces, which may be read-only.
  const { mode } = await stat(temporary);
  if ((mode & OWNER_WRITES) === 0) await chmod(temporary, mode | OWNER_WRITES);
  await writeBytes(temporary, contents, { flag: 'r+' });
}

const OWNER_WRITES = 0o200;

/** Writes all of these bytes at a position, or at the current one. The system may accept only a part at once. */
export async function writeAll(file: FileHandle, bytes: Uint8Array, position?: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const at = position === undefined ? null : position + written;
    written += (await file.write(bytes, written, bytes.length - written, at)).bytesWritten;
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
