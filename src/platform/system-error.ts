import { FitfirstError } from '../campaign/fitfirst-error.js';
import { errorReason } from '../text/error-reason.js';
import { NotRegularFile } from './regular-file.js';

/** The code of an error that the operating system answered with (`ENOSPC`), or null for any other. */
export function systemErrorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** What to throw where a campaign's folder cannot be written to; errors that are no answer of the system stay. */
export function resultsUnwritable(path: string, error: unknown): unknown {
  if (error instanceof NotRegularFile) {
    return new FitfirstError(
      'RESULTS_UNWRITABLE',
      `${path}: found ${error.found}, expected a regular file. Move it away, or choose another folder with --out.`,
      { cause: error },
    );
  }
  const code = systemErrorCode(error);
  if (code === null || !(error instanceof Error)) return error;
  return new FitfirstError(
    'RESULTS_UNWRITABLE',
    `${path}: cannot be written: ${errorReason(error)}. ${remedy(code)}`,
    { cause: error },
  );
}

/** What a person can do about an answer of the system to a write. */
export function remedy(code: string): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'Free some space on that disk, then give the same command again.';
    case 'EFBIG':
      return 'Raise the limit on the size of files (ulimit -f), then give the same command again.';
    case 'EACCES':
    case 'EPERM':
      return 'Give yourself the right to write there, or choose another folder with --out.';
    case 'EROFS':
      return 'That disk is mounted read-only: choose another folder with --out.';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'A file stands where a folder is needed: move it away, or choose another folder with --out.';
    default:
      return 'Check that disk, or choose another folder with --out.';
  }
}
