import { formatError } from './format-error.js';

/** Aborted once nobody reads standard output any more, so that a command that only prints can end. */
const reader = new AbortController();

/** Aborted once the reader of standard output is gone (`fitfirst export ... | head`). */
export const readerGone: AbortSignal = reader.signal;

/**
 * Lets a command end quietly when the reader of its output goes away, or its terminal (EIO): later text is lost, and
 * the exit code stays what the command makes of it. An output that fails for another reason, such as a full disk, ends
 * the process with code 2.
 */
export function keepQuietOnClosedPipes({ stdout, stderr, exit }: typeof process): void {
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'EIO') reader.abort();
    else {
      stderr.write(`standard output: ${formatError(error)}\n`);
      exit(2);
    }
  });
  // There is nowhere left to say it.
  stderr.on('error', () => {});
}
