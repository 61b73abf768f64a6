import { createReadStream, fstatSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { NotRegularFile, openUserFile } from '../platform/regular-file.js';
import { errorCode } from '../text/error-message.js';
import { errorReason } from '../text/error-reason.js';
import { nearestName } from '../text/nearest-name.js';
import { escapeControls } from '../text/quote.js';

const FOLDER_FOUND = 'this is a folder; expected a config file in YAML or JSON.';

/** Bytes that no config comes near. */
const MAX_BYTES = 1_048_576;

function unreadable(path: string, sentence: string, cause?: unknown): FitfirstError {
  return new FitfirstError('CONFIG_INVALID', `${escapeControls(path)}  ${sentence}`, { cause });
}

/** A config as it was written. */
export interface ConfigText {
  readonly text: string;
  /** What messages call it. Relative paths in the config start at the folder of this name. */
  readonly name: string;
}

/**
 * Reads the text of a config file. The standard input and other pipes of this process (`/dev/stdin`, `/dev/fd/63`) are
 * read to their end; their relative paths start at the working directory. Throws CONFIG_INVALID if it cannot be read,
 * is too large, or is no text, and for devices and FIFOs.
 */
export async function readConfigText(path: string): Promise<ConfigText> {
  const pipe = pipeAt(path);
  const name = pipe === 0 ? 'stdin' : pipe === null ? path : `fd ${pipe}`;
  return { text: await textOf(path, pipe), name };
}

/** Whether this is what messages call a pipe. */
export function isPipeName(name: string): boolean {
  return /^(?:stdin|fd \d+)$/.test(name);
}

/** The descriptor that a path stands for, if it is a pipe; null for any other path. */
function pipeAt(path: string): number | null {
  const found = /^(?:\/dev\/stdin|(?:\/dev|\/proc\/self)\/fd\/(\d+))$/.exec(path);
  if (found === null) return null;
  const descriptor = Number(found[1] ?? 0);
  try {
    const stats = fstatSync(descriptor);
    return stats.isFIFO() || stats.isSocket() ? descriptor : null;
  } catch {
    return null; // It is not open.
  }
}

async function textOf(path: string, pipe: number | null): Promise<string> {
  let bytes: Buffer;
  try {
    bytes =
      pipe === null ? await readFileBounded(path) : await readBounded(createReadStream('', { fd: pipe }));
  } catch (error) {
    throw error instanceof FitfirstError ? error : unreadable(path, await whyUnreadable(path, error), error);
  }
  if (bytes.length > MAX_BYTES) throw unreadable(path, tooLarge(`more than ${MAX_BYTES}`));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw unreadable(path, 'the file is not text in UTF-8; configs are YAML or JSON.', error);
  }
}

/** The bytes of a file. A file that is too large is read only far enough to notice that. */
async function readFileBounded(path: string): Promise<Buffer> {
  await using file = await openUserFile(path);
  const { size } = await file.stat();
  if (size > MAX_BYTES) throw unreadable(path, tooLarge(String(size)));
  return await readBounded(file.createReadStream({ autoClose: false, start: 0 }));
}

/** The bytes of a stream, and at least one too many if it has too many. */
async function readBounded(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stream) {
    pieces.push(piece);
    size += piece.length;
    if (size > MAX_BYTES) break;
  }
  return Buffer.concat(pieces);
}

function tooLarge(bytes: string): string {
  return `the file has ${bytes} bytes, too many for a config. Is it the data?`;
}

async function whyUnreadable(path: string, error: unknown): Promise<string> {
  if (error instanceof NotRegularFile && error.found !== 'a folder')
    return `found ${error.found}, expected a regular file: a campaign reads its config again when it resumes.`;
  const code = errorCode(error);
  if (error instanceof NotRegularFile) return FOLDER_FOUND;
  switch (code) {
    case 'EISDIR':
      return FOLDER_FOUND;
    case 'EACCES':
    case 'EPERM':
      return 'the file may not be read. Check its permissions.';
    case 'ENOENT':
    case 'ENOTDIR': {
      const near = await fileNear(path);
      return `there is no such file.${near === null ? '' : ` Did you mean ${escapeControls(near)}?`}`;
    }
    default:
      return `the file cannot be read: ${errorReason(error)}.`;
  }
}

/** The config in the same folder whose name is nearest. */
async function fileNear(path: string): Promise<string | null> {
  try {
    const names = await readdir(dirname(path));
    const near = nearestName(
      basename(path),
      names.filter((name) => /\.(ya?ml|json)$/i.test(name)),
    );
    return near === null ? null : join(dirname(path), near);
  } catch {
    return null; // Without the folder there is nothing to suggest.
  }
}
