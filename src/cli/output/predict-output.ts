import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { errorCode } from '../../text/error-message.js';
import { errorReason } from '../../text/error-reason.js';

/** Where predictions go. */
interface PredictOutput {
  /** Resolves when there is room for more; false once the reader is gone. */
  write(text: string): Promise<boolean>;
  /** Call when everything has been written. */
  finish(): Promise<void>;
  /** Call when there will be no more: what was written is incomplete. */
  discard(): Promise<void>;
}

/** Standard output. A reader that goes away is not an error. */
export function standardOutput(stream: NodeJS.WritableStream): PredictOutput {
  let isGone = false;
  const gone = new Promise<void>((resolve, reject) => {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      isGone = true;
      if (error.code === 'EPIPE') resolve();
      else reject(unwritable('standard output', error));
    });
  });
  // The write that waits throws it; without one it does not matter.
  gone.catch(() => {});
  return {
    async write(text) {
      if (!isGone && !stream.write(text)) await Promise.race([once(stream, 'drain'), gone]);
      if (isGone) await gone;
      return !isGone;
    },
    finish: async () => {},
    discard: async () => {},
  };
}

/**
 * A file that appears whole or not at all: rows go to a `.part` file, which is renamed at the end. A path that exists
 * and is not a regular file (`/dev/null`, a pipe) is written to directly. Throws RESULTS_UNWRITABLE.
 */
export async function fileOutput(path: string): Promise<PredictOutput> {
  const existing = await stat(path).catch(() => null);
  const isPlain = existing === null || existing.isFile();
  const place = isPlain ? `${path}.part` : path;
  const stream = createWriteStream(place);
  const failed = new Promise<never>((_, reject) => {
    stream.on('error', (error) => reject(unwritable(path, error)));
  });
  // The next call that waits throws it.
  failed.catch(() => {});
  await Promise.race([once(stream, 'open'), failed]);
  return {
    async write(text) {
      if (!stream.write(text)) await Promise.race([once(stream, 'drain'), failed]);
      return true;
    },
    async finish() {
      stream.end();
      await Promise.race([finished(stream), failed]);
      if (!isPlain) return;
      await rename(place, path).catch((error: Error) => {
        throw unwritable(path, error);
      });
    },
    async discard() {
      stream.destroy();
      if (isPlain) await rm(place, { force: true });
    },
  };
}

function unwritable(path: string, cause: Error): FitfirstError {
  return new FitfirstError(
    'RESULTS_UNWRITABLE',
    `${path}: cannot be written: ${errorReason(cause)}. ` +
      (errorCode(cause) === 'ENOENT'
        ? 'Make its folder first, or name another file with -o.'
        : 'Free some space, check the permissions, or name another file with -o.'),
    { cause },
  );
}
