import { stat } from 'node:fs/promises';
import { systemErrorCode } from '../platform/system-error.js';

/** What tells a file or folder from every other one on this machine while it is open; see stat(2). */
export interface FileIdentity {
  readonly dev: bigint;
  readonly ino: bigint;
}

/** Whether both are the same file; null stands for a file that does not exist. */
export function isSameFile(a: FileIdentity, b: FileIdentity | null): boolean {
  return b !== null && a.ino === b.ino && a.dev === b.dev;
}

/** The file that is at a path now, and its length in bytes; null if there is none. */
export async function fileAt(path: string): Promise<(FileIdentity & { readonly size: bigint }) | null> {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}
