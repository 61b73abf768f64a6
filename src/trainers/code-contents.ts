import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { errorReason } from '../text/error-reason.js';

/**
 * SHA-256 of the contents of files, in hexadecimal, by the names under which their paths are given. Throws
 * CONFIG_INVALID for a file that cannot be read.
 */
export async function codeContents(files: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const contents: Record<string, string> = {};
  for (const [name, path] of Object.entries(files)) contents[name] = await hashOf(path);
  return contents;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk);
  } catch (error) {
    const reason = errorReason(error);
    throw new FitfirstError('CONFIG_INVALID', `${path}  the trainer's file cannot be read: ${reason}.`, {
      cause: error,
    });
  }
  return hash.digest('hex');
}
