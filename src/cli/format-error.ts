import { FitfirstError } from '../campaign/fitfirst-error.js';
import { systemErrorCode } from '../platform/system-error.js';
import { errorStack } from '../text/error-message.js';
import { errorReason } from '../text/error-reason.js';
import { escapeControls } from '../text/quote.js';
import { nameSourceFiles } from './source-files.js';

/**
 * What a user reads of anything that a command threw: an expected failure in its own words, an answer of the operating
 * system with a remedy, and anything else as a bug, with its stack.
 */
export function formatError(thrown: unknown): string {
  // Names of files and columns may hold anything.
  if (thrown instanceof FitfirstError) return thrown.message.replaceAll(/[^\n\t]+/g, escapeControls);
  const code = systemErrorCode(thrown);
  if (code !== null && thrown instanceof Error) return formatSystemError(code, thrown);
  return (
    'Internal error (a bug in fitfirst). Your results folder is safe: the same command ' +
    `resumes there. Please report the bug with these lines:\n${nameSourceFiles(errorStack(thrown))}`
  );
}

function formatSystemError(code: string, error: NodeJS.ErrnoException): string {
  if (code === 'EMFILE') return formatOpenFiles();
  const { path = 'the operating system refused' } = error;
  return `${escapeControls(path)}: ${errorReason(error)}. ${remedyFor(code)}`;
}

/** Open files that any command may need while it starts, and that a worker adds, with some to spare. */
const NEEDED_FILES = { start: 128, worker: 16 };

/** The path in such an error is that of whatever file came last, often one of fitfirst's own. */
function formatOpenFiles(): string {
  const limit = openFilesLimit();
  const allowed = limit === null ? '' : `This process may open ${limit} files at once. `;
  return (
    `Too many open files (EMFILE). ${allowed}fitfirst needs up to ${NEEDED_FILES.start}, and ${NEEDED_FILES.worker} ` +
    'more for each worker. Raise the limit, for example with "ulimit -n 1024", or use fewer --workers, then run the ' +
    'same command again.'
  );
}

/** The limit of this process; null if the system does not say. To read it takes no open file. */
function openFilesLimit(): string | null {
  const report: unknown = process.report.getReport();
  const limits = field(report, 'userLimits');
  const soft = field(field(limits, 'open_files'), 'soft');
  return soft === null ? null : String(soft);
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return null;
  return new Map(Object.entries(value)).get(name) ?? null;
}

function remedyFor(code: string): string {
  switch (code) {
    case 'ENOENT':
      return 'Check the path.';
    case 'ENOTDIR':
      return 'A part of the path is a file: check the path.';
    case 'EISDIR':
      return 'This is a folder, and a file was expected.';
    case 'ENAMETOOLONG':
      return 'Use a shorter name or path.';
    case 'ELOOP':
      return 'The symbolic links lead in a circle: check the path.';
    case 'EACCES':
    case 'EPERM':
      return 'Check the permissions.';
    case 'ENFILE':
      return 'Too many files are open on this machine. Close other programs, then run the same command again.';
    case 'EAGAIN':
      return 'Raise the limit of processes (ulimit -u) or use fewer --workers, then run the same command again.';
    case 'ENOMEM':
      return 'Use fewer --workers or free some memory, then run the same command again.';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'Free some space on that disk, then run the same command again.';
    case 'EFBIG':
      return 'Raise the limit on the size of files (ulimit -f), then run the same command again.';
    case 'EROFS':
      return 'That disk is mounted read-only: use another folder.';
    default:
      return 'Check that disk or connection, then run the same command again.';
  }
}
